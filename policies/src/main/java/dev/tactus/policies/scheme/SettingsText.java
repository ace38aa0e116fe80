package dev.tactus.policies.scheme;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Writes options as {@link Settings} reads them, only what differs from the standard. */
final class SettingsText {
    private final String name;
    private final List<String> pairs = new ArrayList<>();

    SettingsText(String name) {
        this.name = name;
    }

    SettingsText add(String key, Object value, Object standard) {
        if (!Objects.equals(value, standard)) {
            pairs.add(key + "=" + written(value));
        }
        return this;
    }

    private static String written(Object value) {
        return switch (value) {
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining("/"));
            case Optional<?> some -> written(some.orElseThrow());
            case OptionalInt whole -> Integer.toString(whole.getAsInt());
            case OptionalDouble number -> Double.toString(number.getAsDouble());
            case SamplerChoice.Implicit implicit -> Integer.toString(implicit.steps());
            default -> value.toString();
        };
    }

    @Override
    public String toString() {
        return pairs.isEmpty() ? name : name + ":" + String.join(",", pairs);
    }
}
