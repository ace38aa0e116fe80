package dev.tactus.control.process;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.hardware.HardwareException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a policy's process and a controller's agree on: it stands in words at the head of their {@link PolicyPort}.
 *
 * @param robot the robot's name
 * @param action what the rows of a chunk command
 * @param settings how the controller reads and follows chunks
 * @param chunkRows the most rows of a chunk
 * @param actionSize elements of a row
 * @param observation what the controller observes at the beginning of every policy tick
 * @param observationSize elements of an observation
 */
public record PolicyTerms(
        String robot,
        Action action,
        ChunkSettings settings,
        int chunkRows,
        int actionSize,
        Observation observation,
        int observationSize) {
    /** What the rows of a chunk command. */
    public enum Action {
        /** Poses of the tool frame. */
        END_EFFECTOR_POSE,
        /** Positions of all joints. */
        JOINT_POSITION
    }

    /** What an observation consists of. */
    public enum Observation {
        /** What the robot's side perceives, as it is in the {@link RobotPort}. */
        PERCEIVED,
        /** Joint positions in rad, then joint velocities in rad/s, in the robot's joint order. */
        JOINTS
    }

    /** The terms in words, a line each. */
    String text() {
        return "policy\nrobot " + robot
                + "\naction " + word(action)
                + "\nperiod_ns " + settings.controlPeriodNs()
                + "\nelements "
                + settings.elements().stream().map(String::valueOf).collect(Collectors.joining(" "))
                + "\ngripper "
                + (settings.gripperElement().isPresent()
                        ? settings.gripperElement().getAsInt()
                        : "none")
                + "\nreference_speed " + settings.referenceSpeed()
                + "\nleast_replan_ns " + settings.leastReplanNs()
                + "\nsmoothing_s " + settings.smoothingS()
                + "\nchunk_rows " + chunkRows
                + "\naction_size " + actionSize
                + "\nobservation " + word(observation)
                + "\nobservation_size " + observationSize;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The terms that a text says. */
    static PolicyTerms parse(String text) {
        Map<String, String> lines = new HashMap<>();
        for (String line : text.split("\n")) {
            String[] words = line.split(" ", 2);
            lines.put(words[0], words.length == 2 ? words[1] : "");
        }
        try {
            String gripper = lines.get("gripper");
            List<Integer> elements = Arrays.stream(lines.get("elements").split(" "))
                    .map(Integer::valueOf)
                    .toList();
            ChunkSettings settings = new ChunkSettings(
                    Long.parseLong(lines.get("period_ns")),
                    elements,
                    gripper.equals("none") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(gripper)),
                    Double.parseDouble(lines.get("reference_speed")),
                    Long.parseLong(lines.get("least_replan_ns")),
                    Double.parseDouble(lines.get("smoothing_s")));
            return new PolicyTerms(
                    lines.get("robot"),
                    Action.valueOf(lines.get("action").toUpperCase(Locale.ROOT)),
                    settings,
                    Integer.parseInt(lines.get("chunk_rows")),
                    Integer.parseInt(lines.get("action_size")),
                    Observation.valueOf(lines.get("observation").toUpperCase(Locale.ROOT)),
                    Integer.parseInt(lines.get("observation_size")));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new HardwareException(
                    "a port says '" + text.replace('\n', ' ') + "', which are no terms of a policy."
                            + " Run both ends with the same Tactus.",
                    e);
        }
    }
}
