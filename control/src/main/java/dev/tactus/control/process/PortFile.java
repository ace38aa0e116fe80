package dev.tactus.control.process;

import dev.tactus.control.hardware.HardwareException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A memory-mapped file that processes meet in: a header of {@value #HEADER} bytes that says what it is, then records and
 * words one after the other, each on cache lines of its own. It appears under its name only when it is complete. Put it on
 * a file system in memory ({@code /dev/shm}), so that nobody ever waits for a disk.
 *
 * <pre>magic:i64 byte_order_mark:i32 version:i32 file_length:i64 text_length:i32 text (kind, robot, joints; UTF-8)</pre>
 *
 * <p>Both ends lay it out by the same calls in the same order; what does not fit is refused.
 */
public final class PortFile implements AutoCloseable {
    private static final long MAGIC = 0x54_41_43_54_50_4f_52_54L; // "TACTPORT"
    private static final int MARK = 0x01020304;
    private static final int VERSION = 1;
    private static final int HEADER = 8192;
    private static final long GREATEST = 1 << 22;
    private static final int LINE = 128; // two cache lines, because processors prefetch pairs
    private static final int VERSION_AT = 12;
    private static final int MARK_AT = 8;
    private static final int LENGTH_AT = 16;
    private static final int TEXT_LENGTH_AT = 24;
    private static final int TEXT_AT = 28;

    private final Path path;
    private final Arena arena;
    private final MemorySegment file;
    private final boolean creating;
    private long at = HEADER;

    private PortFile(Path path, Arena arena, MemorySegment file, boolean creating) {
        this.path = path;
        this.arena = arena;
        this.file = file;
        this.creating = creating;
    }

    /**
     * What a port file contains, laid out in the order of the calls.
     *
     * @param <T> what the records and words make up
     */
    @FunctionalInterface
    public interface Layout<T> {
        /**
         * Lays out the records and words.
         *
         * @param file gives them
         * @return what they make up
         */
        T in(PortFile file);
    }

    /**
     * A port file and what lies in it.
     *
     * @param file to be closed in the end
     * @param content its records and words
     * @param <T> what they make up
     */
    public record Opened<T>(PortFile file, T content) {}

    /**
     * Makes a file, replacing one of that name; whoever has the old one open keeps the old one.
     *
     * @param path the file
     * @param text what it is, in words
     * @param layout what is in it
     * @param <T> what that makes up
     * @return the file, complete
     * @throws HardwareException if it cannot be made
     */
    public static <T> Opened<T> create(Path path, String text, Layout<T> layout) {
        Path making = path.resolveSibling(
                path.getFileName() + ".making-" + ProcessHandle.current().pid());
        long bytes = measure(layout);
        Arena arena = Arena.ofShared();
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            PortFile file;
            try (FileChannel channel = FileChannel.open(
                    making,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                file = new PortFile(path, arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena), true);
            }
            T content = layout.in(file);
            file.writeHeader(text);
            moveInPlace(making, path);
            return new Opened<>(file, content);
        } catch (IOException e) {
            arena.close();
            throw new HardwareException(
                    path + " cannot be made (" + e + "). Name a folder that may be written, best under /dev/shm.", e);
        }
    }

    private static void moveInPlace(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static long measure(Layout<?> layout) {
        try (Arena arena = Arena.ofConfined()) {
            PortFile sizing = new PortFile(Path.of(""), arena, arena.allocate(GREATEST), true);
            layout.in(sizing);
            return sizing.at;
        }
    }

    private void writeHeader(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > HEADER - TEXT_AT) {
            throw new IllegalArgumentException(
                    "a header of " + bytes.length + " bytes; there is room for " + (HEADER - TEXT_AT));
        }
        file.set(ValueLayout.JAVA_INT, VERSION_AT, VERSION);
        file.set(ValueLayout.JAVA_INT, MARK_AT, MARK);
        file.set(ValueLayout.JAVA_LONG, LENGTH_AT, file.byteSize());
        file.set(ValueLayout.JAVA_INT, TEXT_LENGTH_AT, bytes.length);
        MemorySegment.copy(bytes, 0, file, ValueLayout.JAVA_BYTE, TEXT_AT, bytes.length);
        file.set(ValueLayout.JAVA_LONG, 0, MAGIC);
    }

    /** The text of an existing file; refuses what is no port file. */
    static String text(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            return map(path, arena).text();
        }
    }

    /**
     * Opens a file that another process made.
     *
     * @param path the file
     * @param text what it must be
     * @param layout what must be in it
     * @param <T> what that makes up
     * @return the file
     * @throws HardwareException if there is none, it is foreign, of another version, torn, or its text is another
     */
    public static <T> Opened<T> open(Path path, String text, Layout<T> layout) {
        Arena arena = Arena.ofShared();
        try {
            PortFile file = map(path, arena);
            if (!file.text().equals(text)) {
                throw new HardwareException(
                        path + " is the port '" + file.text().replace('\n', ' ') + "'; wanted is '"
                                + text.replace('\n', ' ') + "'. Give both ends the same robot and the same task.");
            }
            T content = layout.in(file);
            if (file.at != file.file.byteSize()) {
                throw file.torn("is " + file.file.byteSize() + " bytes long where " + file.at + " belong");
            }
            return new Opened<>(file, content);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static PortFile map(Path path, Arena arena) {
        if (!Files.isRegularFile(path)) {
            throw new HardwareException("there is no port " + path + ". Start the robot's process ('./tactus robot"
                    + " simulate NAME --port FOLDER' is one), or name the folder that was given to it.");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            PortFile file =
                    new PortFile(path, arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena), false);
            if (size < HEADER || file.file.get(ValueLayout.JAVA_LONG, 0) != MAGIC) {
                throw new HardwareException(path + " is no port of Tactus. Name another folder, or remove the file.");
            }
            if (file.file.get(ValueLayout.JAVA_INT, MARK_AT) != MARK
                    || file.file.get(ValueLayout.JAVA_INT, VERSION_AT) != VERSION) {
                throw new HardwareException(path + " is a port of version "
                        + file.file.get(ValueLayout.JAVA_INT, VERSION_AT)
                        + " or of another byte order; this process has"
                        + " version " + VERSION + ", " + ByteOrder.nativeOrder() + ". Run both ends with the same"
                        + " Tactus.");
            }
            if (file.file.get(ValueLayout.JAVA_LONG, LENGTH_AT) != size) {
                throw file.torn(
                        "is " + size + " bytes long and says " + file.file.get(ValueLayout.JAVA_LONG, LENGTH_AT));
            }
            return file;
        } catch (IOException e) {
            throw new HardwareException(path + " cannot be opened (" + e + "). Check its permissions.", e);
        }
    }

    private HardwareException torn(String how) {
        return new HardwareException(path + " is damaged: it " + how + ". Restart the process that makes it.");
    }

    private String text() {
        int length = file.get(ValueLayout.JAVA_INT, TEXT_LENGTH_AT);
        if (length < 0 || length > HEADER - TEXT_AT) {
            throw torn("says that its text has " + length + " bytes");
        }
        byte[] bytes = file.asSlice(TEXT_AT, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The next record.
     *
     * @param version of its layout
     * @param bytes of its payload
     * @return the record
     * @throws HardwareException if an existing file has another one in this place
     */
    public SharedRecord record(int version, long bytes) {
        SharedRecord record = new SharedRecord(slice(SharedRecord.bytes(bytes)));
        if (creating) {
            record.format(version);
        } else if (!record.isFormatted(version)) {
            throw torn("has a record of another version or length than this process would write");
        }
        return record;
    }

    /**
     * The next run of eight-byte words, each written and read on its own.
     *
     * @param count how many
     * @return the words
     */
    public SharedWords words(int count) {
        return new SharedWords(slice(8L * count));
    }

    /**
     * Several records alike.
     *
     * @param count how many
     * @param version of their layout
     * @param bytes of each payload
     * @return the records
     */
    public List<SharedRecord> records(int count, int version, long bytes) {
        List<SharedRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(record(version, bytes));
        }
        return records;
    }

    private MemorySegment slice(long bytes) {
        long room = Math.ceilDiv(bytes, LINE) * (long) LINE;
        if (at + room > file.byteSize()) {
            throw torn("ends before its records do");
        }
        MemorySegment slice = file.asSlice(at, bytes);
        at += room;
        return slice;
    }

    /** Unmaps the file; it stays where it is for the others. */
    @Override
    public void close() {
        arena.close();
    }
}
