package dev.tactus.policies.config;

/** The units that a configuration may state. A quantity is written with its unit: {@code 2.62 rad/s}. */
public enum Unit {
    /** Metre. */
    METRE("m"),
    /** Metre per second. */
    METRE_PER_S("m/s"),
    /** Metre per second squared. */
    METRE_PER_S2("m/s^2"),
    /** Radian. */
    RADIAN("rad"),
    /** Radian per second. */
    RADIAN_PER_S("rad/s"),
    /** Radian per second squared. */
    RADIAN_PER_S2("rad/s^2"),
    /** Radian per second cubed. */
    RADIAN_PER_S3("rad/s^3"),
    /** Newton. */
    NEWTON("N"),
    /** Newton metre. */
    NEWTON_METRE("Nm"),
    /** Newton metre per second. */
    NEWTON_METRE_PER_S("Nm/s"),
    /** Newton metre per radian. */
    NEWTON_METRE_PER_RADIAN("Nm/rad"),
    /** Newton metre second per radian. */
    NEWTON_METRE_S_PER_RADIAN("Nms/rad"),
    /** Hertz. */
    HERTZ("Hz"),
    /** Second. */
    SECOND("s"),
    /** Millisecond. */
    MILLISECOND("ms"),
    /** Kilogram. */
    KILOGRAM("kg");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /**
     * The symbol as it is written in a configuration.
     *
     * @return for example {@code rad/s}
     */
    public String symbol() {
        return symbol;
    }
}
