package dev.tactus.control.replay;

import dev.tactus.control.hardware.JointCommand;
import java.util.Arrays;

/**
 * How far commands are from those that were recorded: for each joint the greatest and the root mean square difference of
 * the numbers that the command's mode is about (efforts, positions or velocities; for {@code JOINT_PD} positions, and
 * gains and efforts in {@link #others}). Owned by the control thread; adding allocates nothing.
 */
public final class CommandDifference {
    private final double[] greatest;
    private final double[] squares;
    private double others;
    private long compared;
    private long otherModes;

    CommandDifference(int joints) {
        greatest = new double[joints];
        squares = new double[joints];
    }

    void reset() {
        Arrays.fill(greatest, 0);
        Arrays.fill(squares, 0);
        others = 0;
        compared = 0;
        otherModes = 0;
    }

    void add(JointCommand then, JointCommand now) {
        compared++;
        if (then.mode() != now.mode()) {
            otherModes++;
            return;
        }
        switch (now.mode()) {
            case EFFORT -> main(then.effort(), now.effort());
            case VELOCITY -> main(then.velocity(), now.velocity());
            case POSITION -> {
                main(then.position(), now.position());
                other(then.velocity(), now.velocity());
            }
            case JOINT_PD -> {
                main(then.position(), now.position());
                other(then.velocity(), now.velocity());
                other(then.effort(), now.effort());
                other(then.stiffness(), now.stiffness());
                other(then.damping(), now.damping());
            }
        }
        others = Math.max(others, Math.abs(then.gripperOpening() - now.gripperOpening()));
    }

    private void main(double[] then, double[] now) {
        for (int joint = 0; joint < greatest.length; joint++) {
            double difference = Math.abs(then[joint] - now[joint]);
            greatest[joint] = Math.max(greatest[joint], difference);
            squares[joint] += difference * difference;
        }
    }

    private void other(double[] then, double[] now) {
        for (int joint = 0; joint < greatest.length; joint++) {
            others = Math.max(others, Math.abs(then[joint] - now[joint]));
        }
    }

    /**
     * Commands that were compared.
     *
     * @return commands
     */
    public long compared() {
        return compared;
    }

    /**
     * Commands whose mode was another one than in the recording; they count in no other figure.
     *
     * @return commands
     */
    public long otherModes() {
        return otherModes;
    }

    /**
     * The greatest difference of a joint.
     *
     * @param joint index in the robot's order
     * @return Nm, rad or rad/s as the mode has it
     */
    public double greatest(int joint) {
        return greatest[joint];
    }

    /**
     * The root mean square difference of a joint.
     *
     * @param joint index in the robot's order
     * @return Nm, rad or rad/s as the mode has it; 0 if nothing was compared
     */
    public double rootMeanSquare(int joint) {
        long counted = compared - otherModes;
        return counted == 0 ? 0 : Math.sqrt(squares[joint] / counted);
    }

    /**
     * The greatest difference of any number beside those: gripper, feed-forward, gains.
     *
     * @return in its own unit
     */
    public double others() {
        return others;
    }
}
