package dev.tactus.control.model;

/**
 * When a robot is stopped although nobody asks for it. None of these has a default.
 *
 * @param staleObservationNs ns; the observation behind a command is older than this when it is actuated: stop
 * @param policySilenceNs ns; no new action chunk for longer than this: stop
 * @param missedDeadlines so many control deadlines missed in a row: stop
 * @param failedReads so many failed reads of the robot in a row: emergency stop
 * @param watchdogTimeoutNs ns; where the controller is a process of its own, no heartbeat for longer than this: the
 *     watchdog stops the robot
 */
public record Supervision(
        long staleObservationNs, long policySilenceNs, int missedDeadlines, int failedReads, long watchdogTimeoutNs) {}
