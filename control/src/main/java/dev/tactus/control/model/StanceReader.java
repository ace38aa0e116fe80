package dev.tactus.control.model;

import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.config.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the stance of a legged robot's {@code robot.yaml}; every vector is in joint order. */
final class StanceReader {
    private final FigureReader figures;
    private final List<JointConfig> joints;

    StanceReader(FigureReader figures, List<JointConfig> joints) {
        this.figures = figures;
        this.joints = joints;
    }

    Optional<Stance> stance(ConfigMap robot) {
        Optional<ConfigMap> found = robot.optionalMap("stance");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ConfigMap map = found.get();
        figures.source(map);
        double[] damping = FigureReader.notNegative(map, "damping", Unit.NEWTON_METRE_S_PER_RADIAN, joints.size());
        Map<String, Posture> postures = new LinkedHashMap<>();
        ConfigMap named = map.map("postures");
        for (String name : named.keys()) {
            postures.put(name, posture(name, named.map(name)));
        }
        if (postures.isEmpty()) {
            throw map.error("postures", "name at least one posture, in the order of standing up");
        }
        map.rejectUnknownKeys();
        return Optional.of(new Stance(postures, damping));
    }

    private Posture posture(String name, ConfigMap map) {
        double[] position = map.quantities("position", Unit.RADIAN, joints.size());
        for (int i = 0; i < position.length; i++) {
            JointLimits limits = joints.get(i).limits();
            if (position[i] < limits.positionMin() || position[i] > limits.positionMax()) {
                throw map.error(
                        "position",
                        position[i] + " rad is outside the position limits [" + limits.positionMin() + ", "
                                + limits.positionMax() + "] rad of "
                                + joints.get(i).name());
            }
        }
        Posture posture = new Posture(
                name,
                position,
                FigureReader.notNegative(map, "stiffness", Unit.NEWTON_METRE_PER_RADIAN, position.length),
                FigureReader.notNegative(map, "damping", Unit.NEWTON_METRE_S_PER_RADIAN, position.length),
                FigureReader.nanoseconds(map, "duration", Unit.SECOND));
        map.rejectUnknownKeys();
        return posture;
    }
}
