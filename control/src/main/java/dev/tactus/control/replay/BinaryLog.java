package dev.tactus.control.replay;

import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A recording in one file that says itself what is in it. It begins with lines of text:
 *
 * <pre>
 * tactus-log 1
 * robot franka_fr3
 * joints fr3_joint1 fr3_joint2 ...
 * record number:i64 stamp_ns:i64 position[7] velocity[7] effort[7] ... command_gripper (little-endian, f64 where unsaid)
 * end
 * </pre>
 *
 * <p>padded with spaces to a whole multiple of {@value #ALIGNMENT} bytes; then records of one size follow. A record's
 * number is its index plus one, so a file that lost its end (a crash, a full disk) is read up to its last whole record.
 */
public final class BinaryLog implements RecordedLog {
    private static final int VERSION = 1;
    private static final String MAGIC = "tactus-log";
    private static final int ALIGNMENT = 4096;
    private static final int LONGEST_HEADER = 16 * ALIGNMENT;
    private static final int IMU = 10;
    private static final CommandInterface[] MODES = CommandInterface.values();

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena;
    private final MemorySegment file;
    private final String robot;
    private final List<String> joints;
    private final Layout layout;
    private final int cycles;

    /** Where things are in a record, bytes from its start. */
    private record Layout(int joints) {
        private static final int NUMBER = 0;
        private static final int STAMP = 8;
        private static final int ARRAYS = 16;
        private static final int STATE_ARRAYS = 3;
        private static final int COMMAND_ARRAYS = 5;

        long array(int index) {
            return ARRAYS + 8L * joints * index;
        }

        long imu() {
            return array(STATE_ARRAYS + COMMAND_ARRAYS);
        }

        long hasImu() {
            return imu() + 8 * IMU;
        }

        long stateGripper() {
            return hasImu() + 8;
        }

        long mode() {
            return stateGripper() + 8;
        }

        long commandGripper() {
            return mode() + 8;
        }

        long size() {
            return commandGripper() + 8;
        }

        String words() {
            String n = "[" + joints + "]";
            return "number:i64 stamp_ns:i64 position" + n + " velocity" + n + " effort" + n + " command_position" + n
                    + " command_velocity" + n + " command_effort" + n + " command_stiffness" + n + " command_damping"
                    + n + " base_orientation_xyzw[4] base_angular_velocity[3] base_linear_acceleration[3]"
                    + " has_imu:i64 gripper command_mode:i64 command_gripper (little-endian, f64 where unsaid)";
        }
    }

    private BinaryLog(
            Arena arena, MemorySegment file, String robot, List<String> joints, Layout layout, long headerBytes) {
        this.arena = arena;
        this.file = file.asSlice(headerBytes);
        this.robot = robot;
        this.joints = joints;
        this.layout = layout;
        this.cycles = wholeRecords();
    }

    /**
     * Opens a recording.
     *
     * @param path the file
     * @return the recording; close it
     * @throws BadInputException if the file is missing, none of this format or version, or without a whole record
     */
    public static BinaryLog open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new BadInputException("there is no recording " + path + ". Name a file that a recorder wrote.");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            BinaryLog log = parse(path, arena, file);
            if (log.cycles == 0) {
                throw new BadInputException(path + ": the recording holds no whole cycle. Record again.");
            }
            return log;
        } catch (IOException e) {
            arena.close();
            throw new BadInputException(path + ": cannot be read (" + e + ")", e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static BinaryLog parse(Path path, Arena arena, MemorySegment file) {
        int most = (int) Math.min(file.byteSize(), LONGEST_HEADER);
        String text = new String(file.asSlice(0, most).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
        if (!text.startsWith(MAGIC + " ")) {
            throw new BadInputException(
                    path + ": is no recording of Tactus (it does not begin with '" + MAGIC + "'). Name another file.");
        }
        int end = text.indexOf("\nend\n");
        String[] lines = text.substring(0, Math.max(end, 0)).split("\n");
        if (lines.length != 4) {
            throw new BadInputException(path + ": its header is damaged. Record again.");
        }
        if (!lines[0].equals(MAGIC + " " + VERSION)) {
            throw new BadInputException(path + ": its format is '" + lines[0] + "'; this Tactus reads '" + MAGIC + " "
                    + VERSION + "'. Record again, or read it with the Tactus that wrote it.");
        }
        List<String> joints = List.of(value(path, lines[2], "joints").split(" "));
        Layout layout = new Layout(joints.size());
        if (!value(path, lines[3], "record").equals(layout.words())) {
            throw new BadInputException(path + ": its records are '" + lines[3] + "'; version " + VERSION + " has '"
                    + layout.words() + "'.");
        }
        long header = Math.ceilDiv(end + 5L, ALIGNMENT) * ALIGNMENT;
        if (file.byteSize() < header) {
            throw new BadInputException(path + ": its header is damaged. Record again.");
        }
        return new BinaryLog(arena, file, value(path, lines[1], "robot"), joints, layout, header);
    }

    private static String value(Path path, String line, String key) {
        if (!line.startsWith(key + " ")) {
            throw new BadInputException(path + ": its header says '" + line + "' where '" + key + " ...' belongs.");
        }
        return line.substring(key.length() + 1);
    }

    private int wholeRecords() {
        long most = file.byteSize() / layout.size();
        int whole = 0;
        while (whole < most && file.get(LONG, whole * layout.size() + Layout.NUMBER) == whole + 1) {
            whole++;
        }
        return whole;
    }

    @Override
    public String robot() {
        return robot;
    }

    @Override
    public List<String> joints() {
        return joints;
    }

    @Override
    public int cycles() {
        return cycles;
    }

    @Override
    public long stampNs(int cycle) {
        return file.get(LONG, cycle * layout.size() + Layout.STAMP);
    }

    @Override
    public void copyState(int cycle, RobotState state) {
        long at = cycle * layout.size();
        state.stampNs(stampNs(cycle));
        get(at + layout.array(0), state.position());
        get(at + layout.array(1), state.velocity());
        get(at + layout.array(2), state.effort());
        get(at + layout.imu(), state.baseOrientation());
        get(at + layout.imu() + 8 * 4, state.baseAngularVelocity());
        get(at + layout.imu() + 8 * 7, state.baseLinearAcceleration());
        state.hasImu(file.get(LONG, at + layout.hasImu()) != 0);
        state.gripperOpening(file.get(DOUBLE, at + layout.stateGripper()));
    }

    @Override
    public void copyCommand(int cycle, JointCommand command) {
        long at = cycle * layout.size();
        get(at + layout.array(3), command.position());
        get(at + layout.array(4), command.velocity());
        get(at + layout.array(5), command.effort());
        get(at + layout.array(6), command.stiffness());
        get(at + layout.array(7), command.damping());
        command.mode(MODES[Math.clamp(file.get(LONG, at + layout.mode()), 0, MODES.length - 1)]);
        command.gripperOpening(file.get(DOUBLE, at + layout.commandGripper()));
    }

    private void get(long at, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = file.get(DOUBLE, at + 8L * i);
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    /**
     * Begins a recording. Room for all cycles is mapped at once, so that adding one never asks the system for memory; what
     * stays empty is cut off at the end.
     *
     * @param path the file; replaced if it exists
     * @param robot the robot's name
     * @param joints its joints, the order of every array
     * @param mostCycles how many cycles there is room for
     * @return the writer; close it
     * @throws BadInputException if the file cannot be written
     */
    public static RecordedLog.Writer writer(Path path, String robot, List<String> joints, int mostCycles) {
        return new Writer(path, robot, joints, mostCycles);
    }

    private static final class Writer implements RecordedLog.Writer {
        private final Path path;
        private final Layout layout;
        private final Arena arena = Arena.ofShared();
        private final MemorySegment records;
        private final long headerBytes;
        private final int mostCycles;
        private int cycles;
        private long dropped;
        private boolean closed;

        private Writer(Path path, String robot, List<String> joints, int mostCycles) {
            this.path = path;
            this.mostCycles = mostCycles;
            layout = new Layout(joints.size());
            String text = MAGIC + " " + VERSION + "\nrobot " + robot + "\njoints " + String.join(" ", joints)
                    + "\nrecord " + layout.words() + "\nend\n";
            headerBytes = Math.ceilDiv(text.length(), ALIGNMENT) * (long) ALIGNMENT;
            byte[] header = (text + " ".repeat((int) headerBytes - text.length())).getBytes(StandardCharsets.US_ASCII);
            try (FileChannel channel = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                MemorySegment file =
                        channel.map(FileChannel.MapMode.READ_WRITE, 0, headerBytes + mostCycles * layout.size(), arena);
                MemorySegment.copy(header, 0, file, ValueLayout.JAVA_BYTE, 0, header.length);
                records = file.asSlice(headerBytes);
            } catch (IOException e) {
                arena.close();
                throw new BadInputException(
                        path + ": cannot be written (" + e + "). Name a file in a folder that"
                                + " exists and may be written.",
                        e);
            }
        }

        @Override
        public boolean append(RobotState state, JointCommand command) {
            if (closed || cycles == mostCycles) {
                dropped++;
                return false;
            }
            long at = cycles * layout.size();
            records.set(LONG, at + Layout.STAMP, state.stampNs());
            put(at + layout.array(0), state.position());
            put(at + layout.array(1), state.velocity());
            put(at + layout.array(2), state.effort());
            put(at + layout.array(3), command.position());
            put(at + layout.array(4), command.velocity());
            put(at + layout.array(5), command.effort());
            put(at + layout.array(6), command.stiffness());
            put(at + layout.array(7), command.damping());
            put(at + layout.imu(), state.baseOrientation());
            put(at + layout.imu() + 8 * 4, state.baseAngularVelocity());
            put(at + layout.imu() + 8 * 7, state.baseLinearAcceleration());
            records.set(LONG, at + layout.hasImu(), state.hasImu() ? 1 : 0);
            records.set(DOUBLE, at + layout.stateGripper(), state.gripperOpening());
            records.set(LONG, at + layout.mode(), command.mode().ordinal());
            records.set(DOUBLE, at + layout.commandGripper(), command.gripperOpening());
            records.set(LONG, at + Layout.NUMBER, ++cycles); // last: what lies before it is whole
            return true;
        }

        private void put(long at, double[] values) {
            for (int i = 0; i < values.length; i++) {
                records.set(DOUBLE, at + 8L * i, values[i]);
            }
        }

        @Override
        public long dropped() {
            return dropped;
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            arena.close();
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(headerBytes + cycles * layout.size());
            } catch (IOException e) {
                throw new BadInputException(path + ": cannot be completed (" + e + ")", e);
            }
        }
    }
}
