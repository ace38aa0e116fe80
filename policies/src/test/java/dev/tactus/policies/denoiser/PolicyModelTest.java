package dev.tactus.policies.denoiser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.fixture.TinyBundle;
import dev.tactus.policies.onnx.GraphOptions;
import dev.tactus.policies.onnx.Provider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build's ONNX Runtime is the one without GPU providers, so asking for one always fails here. */
class PolicyModelTest {
    @TempDir
    private Path folder;

    private static GraphOptions on(String providers) {
        return new GraphOptions(Provider.list(providers), 1, false);
    }

    @Test
    void aProviderThatIsNotThereIsExplainedAndTheNextIsTaken() {
        PolicyBundle bundle = TinyBundle.write(folder.resolve("b"));
        List<String> said = new ArrayList<>();
        try (Denoiser denoiser = PolicyModel.of(bundle, on("tensorrt,cuda,cpu"), said::add)
                .source()
                .open(1)) {
            assertEquals(1, denoiser.batch());
        }
        assertEquals(2, said.size(), said.toString());
        assertTrue(said.get(0).startsWith("tensorrt: ") && said.get(1).startsWith("cuda: "), said.toString());
        assertTrue(said.stream().noneMatch(line -> line.contains("\n")), said.toString());
    }

    @Test
    void aListThatEndsIsNotGoneBeyond() {
        PolicyBundle bundle = TinyBundle.write(folder.resolve("b"));
        DenoiserSource source = PolicyModel.of(bundle, on("cuda"), line -> {}).source();
        String message =
                assertThrows(MissingPartException.class, () -> source.open(1)).getMessage();
        assertTrue(message.contains("cuda") && message.contains("Add cpu to the list"), message);
    }
}
