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
}
