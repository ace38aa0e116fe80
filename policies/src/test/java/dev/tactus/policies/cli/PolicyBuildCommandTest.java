package dev.tactus.policies.cli;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.fixture.TinyBundle;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PolicyBuildCommandTest {
    @TempDir
    private Path folder;

    private static Exception failure(TactusCommand command, String... words) {
        Exception[] seen = new Exception[1];
        new CommandLine(command)
                .setExecutionExceptionHandler((exception, line, parsed) -> {
                    seen[0] = exception;
                    return 1;
                })
                .execute(words);
        return seen[0];
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "tensorrt,cuda", "rocm", ""})
    void onlyOneProviderForWhichSomethingCanBeBuiltIsAllowed(String provider) {
        TinyBundle.write(folder.resolve("b"));
        Exception failure = failure(
                new PolicyBuildCommand(), folder.resolve("b").toString(), "--allow-unsigned", "--provider", provider);
        assertInstanceOf(BadInputException.class, failure);
        assertTrue(failure.getMessage().contains("tensorrt"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tensorrt", "cuda"})
    void aMachineWithoutTheProviderLacksSomethingAndIsToldWhat(String provider) {
        TinyBundle.write(folder.resolve("b"));
        Exception failure = failure(
                new PolicyBuildCommand(), folder.resolve("b").toString(), "--allow-unsigned", "--provider", provider);
        assertInstanceOf(MissingPartException.class, failure);
        assertTrue(failure.getMessage().contains("onnxruntime.native.path"), failure.getMessage());
    }

    @Test
    void theGpuCheckLooksAtOneProviderOnly() {
        assertInstanceOf(BadInputException.class, failure(new PolicyGpuCheckCommand(), "--provider", "cuda,cpu"));
        assertInstanceOf(BadInputException.class, failure(new PolicyGpuCheckCommand(), "--provider", "tensorrt"));
        Exception failure = failure(new PolicyGpuCheckCommand(), "--provider", "cuda", "--quick");
        assertInstanceOf(MissingPartException.class, failure);
        assertTrue(failure.getMessage().contains("cuda: "), failure.getMessage());
    }
}
