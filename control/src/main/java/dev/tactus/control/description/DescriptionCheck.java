package dev.tactus.control.description;

import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import java.util.List;

/** Compares one more description of a robot with its URDF and {@code robot.yaml}. Found by ServiceLoader. */
public interface DescriptionCheck {

    /**
     * Compares names, order, limits, masses, inertias and poses.
     *
     * @param robot what {@code robot.yaml} says; names the description's file
     * @param tree what the URDF says
     * @return what was found
     * @throws dev.tactus.policies.command.BadInputException if the description cannot be read at all
     * @throws dev.tactus.policies.command.MissingPartException if this machine lacks what reads it
     */
    Comparison compare(RobotConfig robot, KinematicTree tree);

    /**
     * What was found.
     *
     * @param file the description's file name
     * @param differences one line each, naming both figures; empty if they agree
     * @param poses how many random configurations the poses of links were compared at
     * @param position m, the greatest deviation of a coordinate of a link's origin
     * @param rotation the greatest deviation of an element of a link's rotation matrix
     */
    record Comparison(String file, List<String> differences, int poses, double position, double rotation) {

        /**
         * Makes the comparison.
         *
         * @param file the description's file name
         * @param differences one line each, copied
         * @param poses how many random configurations
         * @param position m
         * @param rotation of an element of a rotation matrix
         */
        public Comparison {
            differences = List.copyOf(differences);
        }
    }
}
