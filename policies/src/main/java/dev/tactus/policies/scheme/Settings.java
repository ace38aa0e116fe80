package dev.tactus.policies.scheme;

import dev.tactus.policies.command.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A scheme as one writes it on a command line: {@code name} or {@code name:key=value,key=value}, lists with slashes. */
final class Settings {
    private final String text;
    private final String name;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    Settings(String text) {
        this.text = text;
        int colon = text.indexOf(':');
        this.name = colon < 0 ? text : text.substring(0, colon);
        if (colon < 0) {
            return;
        }
        for (String pair : text.substring(colon + 1).split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new BadInputException("scheme '" + text + "': '" + pair
                        + "' is no key=value; write for example rtc:beta=8,mask=linear");
            }
            if (values.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new BadInputException(
                        "scheme '" + text + "': '" + pair.substring(0, equals) + "' stands twice; leave one out");
            }
        }
    }

    String name() {
        return name;
    }

    Optional<String> text(String key) {
        known.add(key);
        return Optional.ofNullable(values.remove(key));
    }

    OptionalInt whole(String key) {
        Optional<String> value = text(key);
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(whole(key, value.get()));
    }

    private int whole(String key, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw wrong(key, value, "a whole number", e);
        }
    }

    OptionalDouble number(String key) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(value.get()));
        } catch (NumberFormatException e) {
            throw wrong(key, value.get(), "a number", e);
        }
    }

    List<Integer> wholes(String key) {
        List<Integer> list = new ArrayList<>();
        text(key).ifPresent(value -> {
            for (String part : value.split("/", -1)) {
                list.add(whole(key, part));
            }
        });
        return List.copyOf(list);
    }

    boolean flag(String key, boolean otherwise) {
        String value = text(key).orElse(Boolean.toString(otherwise));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(key, value, "true or false", null);
        };
    }

    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        Optional<String> value = text(key);
        List<String> allowed = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (value.isPresent() && word.equals(value.get())) {
                return Optional.of(constant);
            }
            allowed.add(word);
        }
        if (value.isPresent()) {
            throw wrong(key, value.get(), "one of " + String.join(", ", allowed), null);
        }
        return Optional.empty();
    }

    /** Refuses what nobody asked for. */
    void requireNothingLeft() {
        if (!values.isEmpty()) {
            String key = values.keySet().iterator().next();
            throw new BadInputException("scheme '" + text + "': '" + key + "' is no setting of " + name
                    + "; allowed is one of " + String.join(", ", known));
        }
    }

    private BadInputException wrong(String key, String value, String allowed, Throwable cause) {
        return new BadInputException(
                "scheme '" + text + "': " + key + " '" + value + "'; allowed is " + allowed, cause);
    }
}
