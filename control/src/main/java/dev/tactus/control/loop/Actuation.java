package dev.tactus.control.loop;

import dev.tactus.control.controller.EffortLaw;
import dev.tactus.control.controller.JointImpedance;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.DriveTorqueBound;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.control.safety.TorqueLimiter;
import java.util.Arrays;

/**
 * From what the safety filter issued to what the robot's command interface takes. Owned by the control thread; allocates
 * nothing after construction, never throws.
 */
sealed interface Actuation {

    /** Forgets what was sent before. */
    default void reset() {}

    /** Fills the command that follows a reference. */
    void follow(JointReference reference, RobotState state, JointCommand command, double seconds);

    /** Fills the command for a cycle in which the robot could not be read. */
    void followBlind(JointReference reference, JointCommand command, double seconds);

    /** Fills the command that only damps; answers false where the interface has no such thing. */
    default boolean damp(RobotState state, JointCommand command, double seconds) {
        return false;
    }

    /** By effort, after a law of the caller's choice. */
    static Actuation of(RobotConfig robot, EffortLaw law, InterventionCounters counters) {
        robot.require(CommandInterface.EFFORT, law.getClass().getSimpleName());
        return new ByEffort(robot, law, counters);
    }

    /** The actuation of a robot: by effort if it takes that, else by the drives' own loop, else by position. */
    static Actuation of(RobotConfig robot, InterventionCounters counters) {
        var interfaces = robot.commandInterfaces();
        if (interfaces.contains(CommandInterface.EFFORT)) {
            return of(robot, new JointImpedance(robot.joints()), counters);
        }
        if (interfaces.contains(CommandInterface.JOINT_PD)) {
            return new ByDrives(robot, counters);
        }
        robot.require(CommandInterface.POSITION, "the control cycle");
        return new ByPosition();
    }

    /** An impedance here, torques to the robot. */
    final class ByEffort implements Actuation {
        private final EffortLaw law;
        private final TorqueLimiter limiter;

        private ByEffort(RobotConfig robot, EffortLaw law, InterventionCounters counters) {
            this.law = law;
            limiter = new TorqueLimiter(robot.joints(), counters);
        }

        @Override
        public void reset() {
            limiter.reset();
        }

        @Override
        public void follow(JointReference reference, RobotState state, JointCommand command, double seconds) {
            command.mode(CommandInterface.EFFORT);
            law.compute(reference, state, command.effort());
            limiter.limit(command.effort(), seconds);
        }

        /** A torque without a measurement would be blind: it fades to zero as fast as its rate limit allows. */
        @Override
        public void followBlind(JointReference reference, JointCommand command, double seconds) {
            command.mode(CommandInterface.EFFORT);
            Arrays.fill(command.effort(), 0);
            limiter.limit(command.effort(), seconds);
        }
    }

    /** Positions, velocities and gains to drives that close the loop themselves; what they will produce is bounded. */
    final class ByDrives implements Actuation {
        private final DriveTorqueBound bound;
        private final RobotState last;

        private ByDrives(RobotConfig robot, InterventionCounters counters) {
            bound = new DriveTorqueBound(robot, counters);
            last = new RobotState(robot.joints().size());
        }

        @Override
        public void follow(JointReference reference, RobotState state, JointCommand command, double seconds) {
            System.arraycopy(state.position(), 0, last.position(), 0, last.joints());
            System.arraycopy(state.velocity(), 0, last.velocity(), 0, last.joints());
            followBlind(reference, command, seconds);
        }

        @Override
        public void followBlind(JointReference reference, JointCommand command, double seconds) {
            int joints = last.joints();
            command.mode(CommandInterface.JOINT_PD);
            System.arraycopy(reference.position(), 0, command.position(), 0, joints);
            System.arraycopy(reference.velocity(), 0, command.velocity(), 0, joints);
            System.arraycopy(reference.stiffness(), 0, command.stiffness(), 0, joints);
            System.arraycopy(reference.damping(), 0, command.damping(), 0, joints);
            Arrays.fill(command.effort(), 0);
            bound.limit(command, last, seconds);
        }

        @Override
        public boolean damp(RobotState state, JointCommand command, double seconds) {
            command.mode(CommandInterface.JOINT_PD);
            bound.damp(command);
            bound.limit(command, state, seconds);
            return true;
        }
    }

    /** Positions to a robot that servos them. */
    final class ByPosition implements Actuation {
        @Override
        public void follow(JointReference reference, RobotState state, JointCommand command, double seconds) {
            followBlind(reference, command, seconds);
        }

        @Override
        public void followBlind(JointReference reference, JointCommand command, double seconds) {
            command.mode(CommandInterface.POSITION);
            System.arraycopy(reference.position(), 0, command.position(), 0, command.joints());
            System.arraycopy(reference.velocity(), 0, command.velocity(), 0, command.joints());
        }
    }
}
