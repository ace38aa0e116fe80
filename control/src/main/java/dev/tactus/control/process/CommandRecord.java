package dev.tactus.control.process;

import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.model.CommandInterface;

/**
 * A numbered {@link JointCommand} in shared memory: {@code number stamp_ns mode gripper position velocity effort stiffness
 * damping}, eight bytes each. Neither end allocates, locks or throws.
 */
final class CommandRecord {
    /** What {@link #get} answers if there is no whole command. */
    static final long NONE = -1;

    private static final int VERSION = 1;
    private static final int MOST_TRIES = 16;
    private static final int HEADER = 32;
    private static final CommandInterface[] MODES = CommandInterface.values();

    private final SharedRecord record;
    private final int joints;

    CommandRecord(PortFile file, int joints) {
        this.joints = joints;
        record = file.record(VERSION, HEADER + 8L * 5 * joints);
    }

    private long array(int index) {
        return HEADER + 8L * joints * index;
    }

    /** The number of the last command; 0 if there is none. */
    long last() {
        return record.beginRead() == 0 ? 0 : record.getLong(0);
    }

    void put(JointCommand command, long number, long nowNs) {
        record.beginWrite();
        record.putLong(0, number);
        record.putLong(8, nowNs);
        record.putLong(16, command.mode().ordinal());
        record.putDouble(24, command.gripperOpening());
        record.put(array(0), command.position());
        record.put(array(1), command.velocity());
        record.put(array(2), command.effort());
        record.put(array(3), command.stiffness());
        record.put(array(4), command.damping());
        record.endWrite();
    }

    /** Copies the newest command; its number, or NONE. */
    long get(JointCommand command) {
        for (int i = 0; i < MOST_TRIES; i++) {
            long began = record.beginRead();
            if (began == 0) {
                return NONE;
            }
            long number = record.getLong(0);
            int mode = (int) record.getLong(16);
            command.gripperOpening(record.getDouble(24));
            record.get(array(0), command.position());
            record.get(array(1), command.velocity());
            record.get(array(2), command.effort());
            record.get(array(3), command.stiffness());
            record.get(array(4), command.damping());
            if (record.endRead(began) && mode >= 0 && mode < MODES.length) {
                command.mode(MODES[mode]);
                return number;
            }
            Thread.onSpinWait();
        }
        return NONE;
    }
}
