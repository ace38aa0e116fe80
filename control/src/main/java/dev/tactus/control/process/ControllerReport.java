package dev.tactus.control.process;

import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.safety.EmergencyStop;
import dev.tactus.control.safety.Intervention;
import java.util.Map;
import java.util.Optional;

/**
 * What a controller's process says of itself once a control cycle.
 *
 * @param answered the number of the last order that it followed or refused
 * @param running whether it commands the robot
 * @param status how the last cycle went
 * @param startNs when the episode began, ns
 * @param tick the policy tick
 * @param cycles control cycles since the process began
 * @param missedDeadlines control deadlines that passed before the cycle before them had ended
 * @param stopCause why its e-stop is latched
 * @param refusal the limit that the robot's first state was outside of, if it was not started for that
 * @param interventions what was changed, by kind
 */
public record ControllerReport(
        long answered,
        boolean running,
        CycleStatus status,
        long startNs,
        long tick,
        long cycles,
        long missedDeadlines,
        EmergencyStop.Cause stopCause,
        Optional<Intervention> refusal,
        Map<Intervention, Long> interventions) {}
