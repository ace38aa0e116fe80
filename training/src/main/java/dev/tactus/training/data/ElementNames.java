package dev.tactus.training.data;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.ObservationTerm;
import dev.tactus.policies.bundle.Rotation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A name for every element of a term, as a dataset's features list them: {@code cube_pose.x}. */
final class ElementNames {
    private static final List<String> POSITION = List.of("x", "y", "z");
    private static final List<String> COLUMNS =
            List.of("x_axis_x", "x_axis_y", "x_axis_z", "y_axis_x", "y_axis_y", "y_axis_z");
    private static final List<String> QUATERNION = List.of("qx", "qy", "qz", "qw");

    private ElementNames() {}

    static List<String> of(ObservationTerm term) {
        return of(term.name(), term.size(), term.joints(), term.rotation());
    }

    static List<String> of(ActionTerm term) {
        return of(term.name(), term.size(), term.joints(), term.rotation());
    }

    private static List<String> of(String name, int size, List<String> joints, Rotation rotation) {
        if (joints.size() == size) {
            return joints.stream().map(joint -> name + "." + joint).toList();
        }
        List<String> pose = new ArrayList<>(POSITION);
        switch (rotation) {
            case COLUMNS_6D -> pose.addAll(COLUMNS);
            case QUATERNION_XYZW -> pose.addAll(QUATERNION);
            case NONE -> {}
        }
        if (pose.size() == size) {
            return pose.stream().map(element -> name + "." + element).toList();
        }
        return size == 1
                ? List.of(name)
                : IntStream.range(0, size).mapToObj(i -> name + "." + i).toList();
    }
}
