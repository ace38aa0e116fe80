package dev.tactus.policies.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.scheme.SchemeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a peer that speaks torch_peer.py's language and computes nothing, since PyTorch is a gigabyte. */
class PeerFiguresTest {
    private static final double CALL_NS = 50_000_000;

    @TempDir
    private Path folder;

    private TorchPeer peer(float[] prediction) throws IOException {
        Path script = folder.resolve("peer.py");
        Files.writeString(script, """
                import json, sys
                for line in sys.stdin:
                    q = json.loads(line)
                    if q["ask"] == "open":
                        a = {"unknown": "another graph"} if q["file"].endswith("other.onnx") else {"torch": "none"}
                    elif q["ask"] == "answer":
                        a = {"prediction": %s}
                    else:
                        a = {"ns": [%d] * q["calls"]}
                    print(json.dumps(a), flush=True)
                """.formatted(Arrays.toString(prediction), (long) CALL_NS));
        return new TorchPeer(List.of("python3", script.toString()));
    }

    private static BenchSubject subject() {
        BenchNetwork network = BenchNetwork.MLP_4X64;
        return BenchSubject.of(network, network.onnx(1), SchemeOptions.named("rti"));
    }

    @Test
    void aPeerThatAnswersTheSameIsComparedInTime() throws IOException {
        try (BenchSubject subject = subject();
                TorchPeer peer = peer(subject.example().prediction())) {
            assertEquals(Optional.empty(), peer.open(Path.of("network.onnx")));
            PeerFigures figures = PeerFigures.compare(subject, peer, 3);
            assertTrue(figures.same());
            assertEquals(CALL_NS / 1e3, figures.torchUs());
            assertEquals(figures.torchUs() / figures.networkUs(), figures.ratioToTorch(), 1e-9);
        }
    }

    @Test
    void aPeerThatAnswersSomethingElseIsNotTheSameNetwork() throws IOException {
        try (BenchSubject subject = subject()) {
            float[] other = subject.example().prediction();
            other[5] += 1e-3f * Math.abs(other[5]) + 1e-3f;
            try (TorchPeer peer = peer(other)) {
                assertFalse(PeerFigures.compare(subject, peer, 1).same());
            }
            try (TorchPeer peer = peer(Arrays.copyOf(other, 3))) {
                assertFalse(PeerFigures.compare(subject, peer, 1).same(), "it answers with too few elements");
            }
        }
    }

    @Test
    void aGraphThatThePeerDoesNotKnowIsSaid() throws IOException {
        try (TorchPeer peer = peer(new float[1])) {
            assertEquals(Optional.of("another graph"), peer.open(Path.of("other.onnx")));
        }
    }
}
