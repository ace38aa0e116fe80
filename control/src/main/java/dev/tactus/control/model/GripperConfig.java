package dev.tactus.control.model;

import java.util.List;

/**
 * A gripper whose fingers move together.
 *
 * @param name the gripper's name
 * @param joints its finger joints by name; each takes an equal share of the opening
 * @param openingMin m, the sum over all fingers when closed
 * @param openingMax m, the sum over all fingers when open
 * @param speed m/s, the greatest of one finger
 * @param force N, what each finger presses with when it closes
 */
public record GripperConfig(
        String name, List<String> joints, double openingMin, double openingMax, double speed, double force) {

    /**
     * Makes the gripper.
     *
     * @param name the gripper's name
     * @param joints its finger joints by name, copied
     * @param openingMin m, when closed
     * @param openingMax m, when open
     * @param speed m/s, of one finger
     * @param force N, of each finger
     */
    public GripperConfig {
        joints = List.copyOf(joints);
    }
}
