package dev.tactus.sim.hardware;

import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.BaseType;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.sim.mujoco.ModelArray;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoObject;
import java.util.Optional;

/**
 * The simulated IMU of a robot with a floating base: MuJoCo's sensors whose names end in {@code imu_orientation}, {@code
 * imu_angular_velocity} and {@code imu_linear_acceleration}.
 */
final class InertialSensors {
    private final MujocoData data;
    private final int orientation;
    private final int gyroscope;
    private final int accelerometer;

    private InertialSensors(MujocoData data, int orientation, int gyroscope, int accelerometer) {
        this.data = data;
        this.orientation = orientation;
        this.gyroscope = gyroscope;
        this.accelerometer = accelerometer;
    }

    /** The IMU of a robot, if its base floats. */
    static Optional<InertialSensors> of(MujocoModel model, MujocoData data, RobotConfig robot) {
        if (robot.base() == BaseType.FIXED) {
            return Optional.empty();
        }
        return Optional.of(new InertialSensors(
                data,
                address(model, "imu_orientation"),
                address(model, "imu_angular_velocity"),
                address(model, "imu_linear_acceleration")));
    }

    private static int address(MujocoModel model, String ending) {
        String sensor = model.names(MujocoObject.SENSOR).stream()
                .filter(name -> name.endsWith(ending))
                .findFirst()
                .orElseThrow(() -> new BadInputException(model.file() + " has no sensor whose name ends in '" + ending
                        + "', which the IMU of a robot with a floating base needs. Add it under <sensor> at the IMU's"
                        + " site."));
        return model.integer(ModelArray.SENSOR_ADR, model.id(MujocoObject.SENSOR, sensor));
    }

    /** Reads the sensors; MuJoCo's quaternion is w, x, y, z. */
    void read(RobotState state) {
        for (int i = 0; i < 3; i++) {
            state.baseOrientation()[i] = data.sensordata(orientation + 1 + i);
            state.baseAngularVelocity()[i] = data.sensordata(gyroscope + i);
            state.baseLinearAcceleration()[i] = data.sensordata(accelerometer + i);
        }
        state.baseOrientation()[3] = data.sensordata(orientation);
        state.hasImu(true);
    }
}
