package dev.tactus.policies.config;

import dev.tactus.policies.command.BadInputException;
import java.util.function.Function;

/** Numbers as a configuration writes them, with a unit where the schema asks for one. */
final class ConfigNumber {
    private ConfigNumber() {}

    static double plain(String text, String expected, Function<String, BadInputException> error) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw error.apply("'" + text + "' is not allowed; " + expected + " is expected, finite");
    }

    static double quantity(String text, Unit unit, Function<String, BadInputException> error) {
        int space = text.indexOf(' ');
        String symbol = space < 0 ? "" : text.substring(space + 1).trim();
        if (!symbol.equals(unit.symbol())) {
            throw error.apply("'" + text + "' has " + (symbol.isEmpty() ? "no unit" : "the unit '" + symbol + "'")
                    + "; write a number and '" + unit.symbol() + "', for example '1.5 " + unit.symbol() + "'");
        }
        return plain(text.substring(0, space), "a number before '" + unit.symbol() + "'", error);
    }

    static double[] quantities(String text, Unit unit, int size, Function<String, BadInputException> error) {
        String[] words = text.trim().split("\\s+");
        if (words.length != size + 1 || !words[size].equals(unit.symbol())) {
            throw error.apply("'" + text + "' is not allowed; write " + size + " numbers and '" + unit.symbol()
                    + "', with spaces between them");
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = plain(words[i], "a number in front of '" + unit.symbol() + "'", error);
        }
        return values;
    }
}
