package dev.tactus.control.process;

import dev.tactus.control.hardware.RobotState;

/**
 * A {@link RobotState} in shared memory: {@code stamp_ns has_imu gripper reserved position velocity effort orientation
 * angular_velocity linear_acceleration}, eight bytes each. Neither end allocates, locks or throws.
 */
final class StateRecord {
    private static final int VERSION = 1;
    private static final int MOST_TRIES = 16;
    private static final int HEADER = 32;
    private static final int IMU = 10;

    private final SharedRecord record;
    private final int joints;

    StateRecord(PortFile file, int joints) {
        this.joints = joints;
        record = file.record(VERSION, HEADER + 8L * (3 * joints + IMU));
    }

    private long array(int index) {
        return HEADER + 8L * joints * index;
    }

    void put(RobotState state) {
        record.beginWrite();
        record.putLong(0, state.stampNs());
        record.putLong(8, state.hasImu() ? 1 : 0);
        record.putDouble(16, state.gripperOpening());
        record.put(array(0), state.position());
        record.put(array(1), state.velocity());
        record.put(array(2), state.effort());
        record.put(array(3), state.baseOrientation());
        record.put(array(3) + 8 * 4, state.baseAngularVelocity());
        record.put(array(3) + 8 * 7, state.baseLinearAcceleration());
        record.endWrite();
    }

    /** Copies the newest state; whether there was one that is whole. */
    boolean get(RobotState state) {
        for (int i = 0; i < MOST_TRIES; i++) {
            long began = record.beginRead();
            if (began == 0) {
                return false;
            }
            state.stampNs(record.getLong(0));
            state.hasImu(record.getLong(8) != 0);
            state.gripperOpening(record.getDouble(16));
            record.get(array(0), state.position());
            record.get(array(1), state.velocity());
            record.get(array(2), state.effort());
            record.get(array(3), state.baseOrientation());
            record.get(array(3) + 8 * 4, state.baseAngularVelocity());
            record.get(array(3) + 8 * 7, state.baseLinearAcceleration());
            if (record.endRead(began)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }
}
