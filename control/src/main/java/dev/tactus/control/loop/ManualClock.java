package dev.tactus.control.loop;

/** A clock that stands still until it is moved: simulated time. One thread moves it, any thread reads it. */
public final class ManualClock implements Clock {
    private volatile long nowNs;

    /**
     * Makes the clock.
     *
     * @param nowNs the first time, ns
     */
    public ManualClock(long nowNs) {
        this.nowNs = nowNs;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    /**
     * Moves the clock on.
     *
     * @param byNs how far, ns, not negative
     */
    public void advance(long byNs) {
        if (byNs < 0) {
            throw new IllegalArgumentException("a clock cannot go back: " + byNs + " ns; allowed is 0 or more");
        }
        nowNs = Math.addExact(nowNs, byNs);
    }

    /**
     * Moves the clock as no clock should, for whoever studies what happens then.
     *
     * @param byNs how far, ns; negative for back
     */
    public void jump(long byNs) {
        nowNs = Math.addExact(nowNs, byNs);
    }
}
