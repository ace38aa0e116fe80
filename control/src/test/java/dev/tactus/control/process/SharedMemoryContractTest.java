package dev.tactus.control.process;

import dev.tactus.control.hardware.HardwareContractTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SharedMemoryContractTest extends HardwareContractTest {
    @TempDir
    private Path folder;

    @Override
    protected Rig open() {
        return new PortRig(folder, false);
    }
}
