package dev.tactus.control.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private final List<String> calls = new ArrayList<>();
    private final Map<String, RuntimeException> failing = new HashMap<>();
    private final Lifecycle lifecycle = new Lifecycle("test robot", new Lifecycle.Transitions() {
        @Override
        public void onConfigure() {
            called("configure");
        }

        @Override
        public void onActivate() {
            called("activate");
        }

        @Override
        public void onDeactivate() {
            called("deactivate");
        }

        @Override
        public void onCleanup() {
            called("cleanup");
        }

        @Override
        public void onError() {
            called("error");
        }

        @Override
        public void onEmergencyStop(StopKind kind) {
            called("stop " + kind);
        }

        @Override
        public void onRelease() {
            called("release");
        }
    });

    private void called(String which) {
        calls.add(which);
        if (failing.containsKey(which)) {
            throw failing.get(which);
        }
    }

    @Test
    void goesThroughAllStatesAndBackAgain() {
        assertEquals(LifecycleState.UNCONFIGURED, lifecycle.state());
        lifecycle.configure();
        assertEquals(LifecycleState.INACTIVE, lifecycle.state());
        assertTrue(lifecycle.connected());
        lifecycle.activate();
        assertTrue(lifecycle.active());
        lifecycle.deactivate();
        assertEquals(LifecycleState.INACTIVE, lifecycle.state());
        lifecycle.cleanup();
        assertEquals(LifecycleState.UNCONFIGURED, lifecycle.state());
        assertFalse(lifecycle.connected());
        lifecycle.configure();
        lifecycle.activate();
        lifecycle.close();
        assertEquals(LifecycleState.FINALIZED, lifecycle.state());
        assertEquals(
                List.of(
                        "configure",
                        "activate",
                        "deactivate",
                        "cleanup",
                        "configure",
                        "activate",
                        "deactivate",
                        "cleanup"),
                calls);
    }

    @Test
    void aTransitionFromTheWrongStateSaysBothStates() {
        var thrown = assertThrows(IllegalStateException.class, lifecycle::activate);
        assertEquals("activate of test robot, which is UNCONFIGURED; allowed is INACTIVE only", thrown.getMessage());
        assertThrows(IllegalStateException.class, lifecycle::cleanup);
        lifecycle.configure();
        assertThrows(IllegalStateException.class, lifecycle::configure);
        lifecycle.activate();
        assertThrows(IllegalStateException.class, lifecycle::cleanup);
        lifecycle.close();
        assertThrows(IllegalStateException.class, lifecycle::configure);
        assertThrows(IllegalStateException.class, lifecycle::activate);
    }

    @Test
    void aRefusalLeavesTheStateWhatItWas() {
        failing.put("configure", new HardwareException("no cable"));
        assertThrows(HardwareException.class, lifecycle::configure);
        assertEquals(LifecycleState.UNCONFIGURED, lifecycle.state());
        failing.clear();
        lifecycle.configure();
        failing.put("activate", new HardwareException("brakes locked"));
        assertThrows(HardwareException.class, lifecycle::activate);
        assertEquals(LifecycleState.INACTIVE, lifecycle.state());
        assertFalse(calls.contains("error"));
    }

    @Test
    void anErrorIsCleanedUpAndThenEverythingCanBeginAgain() {
        lifecycle.configure();
        RuntimeException broken = new IllegalArgumentException("broken");
        failing.put("activate", broken);
        assertSame(broken, assertThrows(IllegalArgumentException.class, lifecycle::activate));
        assertEquals(LifecycleState.UNCONFIGURED, lifecycle.state());
        assertEquals(List.of("configure", "activate", "error"), calls);
        failing.clear();
        lifecycle.configure();
        lifecycle.activate();
        assertTrue(lifecycle.active());
    }

    @Test
    void anErrorThatCannotBeCleanedUpIsTheEnd() {
        RuntimeException first = new IllegalArgumentException("first");
        RuntimeException second = new IllegalArgumentException("second");
        failing.put("configure", first);
        failing.put("error", second);
        assertSame(first, assertThrows(IllegalArgumentException.class, lifecycle::configure));
        assertSame(second, first.getSuppressed()[0]);
        assertEquals(LifecycleState.FINALIZED, lifecycle.state());
    }

    @Test
    void aLostConnectionEndsActiveAndTheDriverIsToldOutsideTheControlThread() {
        lifecycle.configure();
        lifecycle.activate();
        lifecycle.lose();
        assertEquals(LifecycleState.INACTIVE, lifecycle.state());
        assertFalse(lifecycle.connected());
        assertFalse(calls.contains("deactivate"));
        var refused = assertThrows(HardwareException.class, lifecycle::activate);
        assertTrue(refused.getMessage().contains("connection was lost"), refused.getMessage());
        assertEquals(List.of("configure", "activate", "deactivate"), calls);
        lifecycle.cleanup();
        lifecycle.configure();
        lifecycle.activate();
        assertTrue(lifecycle.active() && lifecycle.connected());
    }

    @Test
    void anEmergencyStopEndsActiveAndStaysLatchedUntilItIsReleased() {
        lifecycle.configure();
        lifecycle.activate();
        lifecycle.emergencyStop(StopKind.DAMP);
        lifecycle.emergencyStop(StopKind.HOLD); // the first one counts
        assertEquals(LifecycleState.INACTIVE, lifecycle.state());
        assertTrue(lifecycle.connected());
        var refused = assertThrows(HardwareException.class, lifecycle::activate);
        assertTrue(refused.getMessage().contains("DAMP"), refused.getMessage());
        lifecycle.cleanup();
        lifecycle.configure();
        assertThrows(HardwareException.class, lifecycle::activate); // reconnecting does not release it
        lifecycle.releaseEmergencyStop();
        assertEquals(LifecycleState.INACTIVE, lifecycle.state());
        lifecycle.activate();
        assertEquals(1, calls.stream().filter(call -> call.startsWith("stop")).count());
        assertEquals(1, calls.stream().filter(call -> call.equals("release")).count());
    }

    @Test
    void anEmergencyStopWhileActivatingIsNotOverlooked() {
        Lifecycle[] own = new Lifecycle[1];
        own[0] = new Lifecycle("test robot", new Lifecycle.Transitions() {
            @Override
            public void onActivate() {
                own[0].emergencyStop(StopKind.HOLD);
            }
        });
        own[0].configure();
        own[0].activate();
        assertEquals(LifecycleState.INACTIVE, own[0].state());
    }

    @Test
    void closingTwiceIsClosingOnce() {
        lifecycle.configure();
        lifecycle.close();
        lifecycle.close();
        assertEquals(List.of("configure", "cleanup"), calls);
    }
}
