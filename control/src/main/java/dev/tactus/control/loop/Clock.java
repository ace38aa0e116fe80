package dev.tactus.control.loop;

/** Where time comes from. Safe to ask from any thread. */
@FunctionalInterface
public interface Clock {
    /**
     * The time now.
     *
     * @return ns since an origin of the clock's own, never running backwards
     */
    long nowNs();
}
