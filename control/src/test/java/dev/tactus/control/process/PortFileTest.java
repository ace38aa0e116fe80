package dev.tactus.control.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.HardwareException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortFileTest {
    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("test.port");
    }

    @Test
    void whatOneEndWritesTheOtherReads() {
        try (var one = PortFile.create(path(), "test", file -> file.record(1, 16))
                        .file();
                var other = PortFile.open(path(), "test", file -> file.record(1, 16))
                        .file()) {
            assertTrue(Files.exists(path()));
        }
        var one = PortFile.create(path(), "test", file -> file.record(1, 16));
        var other = PortFile.open(path(), "test", file -> file.record(1, 16));
        assertEquals(0, other.content().beginRead());
        one.content().beginWrite();
        one.content().putDouble(8, 2.5);
        assertFalse(other.content().endRead(other.content().beginRead()), "being written");
        one.content().endWrite();
        long began = other.content().beginRead();
        assertEquals(2.5, other.content().getDouble(8));
        assertTrue(other.content().endRead(began));
        one.content().beginWrite();
        one.content().putDouble(8, 77);
        assertTrue(other.content().endRead(began), "what is being written next is another slot");
        assertEquals(1, other.content().beginRead());
        assertEquals(2.5, other.content().getDouble(8), "its writer may die now");
        one.content().endWrite();
        assertEquals(2, other.content().beginRead());
        assertEquals(77, other.content().getDouble(8));
        began = other.content().beginRead();
        for (int i = 0; i < SharedRecord.SLOTS; i++) {
            one.content().beginWrite();
            one.content().endWrite();
        }
        assertFalse(other.content().endRead(began), "the writer came round");
        one.file().close();
        other.file().close();
    }

    @Test
    void whatIsNoPortIsRefusedWithWhatItIs() throws IOException {
        assertTrue(refusal().contains("there is no port"));
        Files.writeString(path(), "hello");
        assertTrue(refusal().contains("is no port of Tactus"));
        Files.write(path(), new byte[100_000]);
        assertTrue(refusal().contains("is no port of Tactus"));
    }

    @Test
    void aTornFileIsRefused() throws IOException {
        PortFile.create(path(), "test", file -> file.record(1, 16)).file().close();
        byte[] whole = Files.readAllBytes(path());
        Files.write(path(), Arrays.copyOf(whole, whole.length - 8));
        assertTrue(refusal().contains("is damaged"), refusal());
        Files.write(path(), Arrays.copyOf(whole, whole.length + 64));
        assertTrue(refusal().contains("is damaged"), refusal());
        ByteBuffer damaged = ByteBuffer.wrap(whole.clone()).order(ByteOrder.nativeOrder());
        damaged.putInt(24, 1 << 30);
        Files.write(path(), damaged.array());
        assertTrue(refusal().contains("is damaged"), refusal());
    }

    @Test
    void anotherVersionContentOrRecordIsRefused() throws IOException {
        PortFile.create(path(), "other", file -> file.record(1, 16)).file().close();
        assertTrue(refusal().contains("is the port 'other'; wanted is 'test'"), refusal());
        PortFile.create(path(), "test", file -> file.record(2, 16)).file().close();
        assertTrue(refusal().contains("a record of another version or length"), refusal());
        PortFile.create(path(), "test", file -> file.record(1, 24)).file().close();
        assertTrue(refusal().contains("a record of another version or length"), refusal());
        PortFile.create(path(), "test", file -> file.records(2, 1, 16)).file().close();
        assertTrue(refusal().contains("bytes long where"), refusal());
        ByteBuffer old = ByteBuffer.wrap(Files.readAllBytes(path())).order(ByteOrder.nativeOrder());
        old.putInt(12, 9);
        Files.write(path(), old.array());
        assertTrue(refusal().contains("is a port of version 9"), refusal());
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaid() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        var refused = assertThrows(
                HardwareException.class,
                () -> PortFile.create(folder.resolve("file/test.port"), "test", file -> file.words(1)));
        assertTrue(refused.getMessage().contains("cannot be made"), refused.getMessage());
    }

    private String refusal() {
        return assertThrows(HardwareException.class, () -> PortFile.open(path(), "test", file -> file.record(1, 16)))
                .getMessage();
    }
}
