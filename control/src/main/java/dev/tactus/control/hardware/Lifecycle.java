package dev.tactus.control.hardware;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The life cycle that every driver shares, with the states and transitions of ros2_control's hardware components:
 *
 * <pre>
 * UNCONFIGURED --configure--&gt; INACTIVE --activate--&gt; ACTIVE
 *      ^----------cleanup---------'  ^----deactivate---'         any --close--&gt; FINALIZED
 * </pre>
 *
 * <p>A driver gives its part of each transition as {@link Transitions}. If that throws a {@link HardwareException}, the
 * state stays what it was; if it throws anything else, {@link Transitions#onError} is to bring the driver back to
 * UNCONFIGURED, and if that throws too, it is FINALIZED. Either way the caller gets the first exception.
 *
 * <p>Transitions come from any thread but the control thread and exclude each other. The control thread, in read and
 * write, asks {@link #active} and {@link #connected} and may call {@link #lose}; these neither lock nor allocate. {@link
 * #emergencyStop} may come from any thread.
 */
public final class Lifecycle {
    /** A driver's part of the transitions; what it does not override does nothing. */
    public interface Transitions {
        /** Takes up the connection and checks that the robot is the one that was meant. Nothing moves. */
        default void onConfigure() {}

        /** Lets commands through to the drives. */
        default void onActivate() {}

        /** Stops the drives. Called after the state has left ACTIVE, also where the connection was lost. */
        default void onDeactivate() {}

        /** Lets go of the connection. */
        default void onCleanup() {}

        /** Lets go of whatever there still is after a transition failed half-way. */
        default void onError() {
            onCleanup();
        }

        /**
         * Tells the drives to stop by themselves. Called on the thread of whoever stops; neither blocks nor allocates.
         *
         * @param kind how
         */
        default void onEmergencyStop(StopKind kind) {}

        /** Tells the drives that they may be activated again; they stay stopped until they are. */
        default void onRelease() {}
    }

    private final String what;
    private final Transitions driver;
    private final AtomicReference<LifecycleState> state = new AtomicReference<>(LifecycleState.UNCONFIGURED);
    private final AtomicReference<StopKind> stop = new AtomicReference<>();
    private volatile boolean connected;
    private volatile boolean dropped;

    /**
     * Makes an unconfigured life cycle.
     *
     * @param what the hardware, for messages, for example {@code "simulated franka_fr3"}
     * @param driver its part of the transitions
     */
    public Lifecycle(String what, Transitions driver) {
        this.what = what;
        this.driver = driver;
    }

    /**
     * Where the life cycle is. Any thread.
     *
     * @return the state
     */
    public LifecycleState state() {
        return state.get();
    }

    /**
     * Whether commands reach the drives. Any thread; neither locks nor allocates.
     *
     * @return whether the state is ACTIVE
     */
    public boolean active() {
        return state.get() == LifecycleState.ACTIVE;
    }

    /**
     * Whether measurements can be read. Any thread; neither locks nor allocates.
     *
     * @return whether the state is INACTIVE or ACTIVE and the connection was not lost
     */
    public boolean connected() {
        return connected;
    }

    /** UNCONFIGURED to INACTIVE. */
    public synchronized void configure() {
        expect(LifecycleState.UNCONFIGURED, "configure");
        attempt(driver::onConfigure);
        connected = true;
        state.set(LifecycleState.INACTIVE);
    }

    /** INACTIVE to ACTIVE; refused while the emergency stop is latched or the connection is lost. */
    public synchronized void activate() {
        expect(LifecycleState.INACTIVE, "activate");
        settle();
        if (stop.get() != null) {
            throw new HardwareException(what + " is not activated: its emergency stop (" + stop.get()
                    + ") is latched. See to what caused it, then release the stop and activate again.");
        }
        if (!connected) {
            throw new HardwareException(what + " is not activated: its connection was lost. Clean up and configure it"
                    + " again to reconnect.");
        }
        attempt(driver::onActivate);
        state.set(LifecycleState.ACTIVE);
        if (stop.get() != null || !connected) { // came in between, and found nothing active to end
            drop();
            settle();
        }
    }

    /** ACTIVE to INACTIVE. Does nothing if the hardware is not active. */
    public synchronized void deactivate() {
        drop();
        settle();
    }

    /** INACTIVE to UNCONFIGURED. */
    public synchronized void cleanup() {
        expect(LifecycleState.INACTIVE, "cleanup");
        settle();
        connected = false;
        attempt(driver::onCleanup);
        state.set(LifecycleState.UNCONFIGURED);
    }

    /** Deactivates, cleans up and finalizes. Closing twice does nothing. */
    public synchronized void close() {
        if (state() == LifecycleState.FINALIZED) {
            return;
        }
        drop();
        try {
            settle();
            if (state() == LifecycleState.INACTIVE) {
                connected = false;
                driver.onCleanup();
            }
        } finally {
            connected = false;
            state.set(LifecycleState.FINALIZED);
        }
    }

    /** The driver found its connection gone: ends ACTIVE. Control thread; neither locks, allocates nor blocks. */
    public void lose() {
        connected = false;
        drop();
    }

    /** The drives left the active state by themselves. Control thread; neither locks, allocates nor blocks. */
    public void drop() {
        if (state.compareAndSet(LifecycleState.ACTIVE, LifecycleState.INACTIVE)) {
            dropped = true;
        }
    }

    /**
     * Stops the drives now and latches: commands have no effect until somebody releases the stop and activates again. Any
     * thread; neither locks, allocates nor blocks. The first kind stays until the stop is released.
     *
     * @param kind how
     */
    public void emergencyStop(StopKind kind) {
        if (stop.compareAndSet(null, kind)) {
            driver.onEmergencyStop(kind);
        }
        drop();
    }

    /**
     * Whether the emergency stop is latched. Any thread.
     *
     * @return whether it is
     */
    public boolean emergencyStopped() {
        return stop.get() != null;
    }

    /**
     * How the drives stop now. Any thread; neither locks nor allocates.
     *
     * @param otherwise the answer while no emergency stop is latched
     * @return the kind of the latched stop, or {@code otherwise}
     */
    public StopKind stopKind(StopKind otherwise) {
        StopKind latched = stop.get();
        return latched == null ? otherwise : latched;
    }

    /** Releases a latched emergency stop. The hardware is INACTIVE, or what it was if it was not active. */
    public synchronized void releaseEmergencyStop() {
        settle();
        if (stop.get() != null) {
            driver.onRelease();
            stop.set(null);
        }
    }

    private void settle() {
        if (dropped) {
            dropped = false;
            attempt(driver::onDeactivate);
        }
    }

    private void attempt(Runnable transition) {
        try {
            transition.run();
        } catch (HardwareException refused) {
            throw refused;
        } catch (RuntimeException failed) {
            connected = false;
            state.set(LifecycleState.UNCONFIGURED);
            try {
                driver.onError();
            } catch (RuntimeException again) {
                failed.addSuppressed(again);
                state.set(LifecycleState.FINALIZED);
            }
            throw failed;
        }
    }

    private void expect(LifecycleState wanted, String call) {
        if (state() != wanted) {
            throw new IllegalStateException(
                    call + " of " + what + ", which is " + state() + "; allowed is " + wanted + " only");
        }
    }
}
