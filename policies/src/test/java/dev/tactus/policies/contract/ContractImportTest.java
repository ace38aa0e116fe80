package dev.tactus.policies.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.tactus.policies.bundle.Golden;
import dev.tactus.policies.bundle.NetworkSpec.Layout;
import dev.tactus.policies.bundle.NetworkSpec.State;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.TermKind;
import dev.tactus.policies.bundle.Trust;
import dev.tactus.policies.cli.PolicyImportCommand;
import dev.tactus.policies.cli.PolicyVerifyCommand;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.contract.ContractImport.Identity;
import dev.tactus.policies.fixture.LeggedPolicy;
import dev.tactus.policies.onnx.GraphBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ContractImportTest {
    private static final Identity NOBODY = new Identity("walk", "", "", List.of(), Optional.empty());
    private static final int J = LeggedPolicy.JOINTS;

    @TempDir
    private Path folder;

    private final LeggedPolicy policy = LeggedPolicy.random(3);
    private Path contract;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        contract = Files.writeString(folder.resolve("deploy.yaml"), LeggedPolicy.CONTRACT);
        out = folder.resolve("walk");
    }

    private static int run(TactusCommand command, Object... words) {
        return new CommandLine(command)
                .setExecutionExceptionHandler((exception, line, parsed) -> {
                    throw exception;
                })
                .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }

    private PolicySpec imported(Path model) {
        new ContractImport(contract, model, NOBODY).write(out);
        return PolicyBundle.load(out, Trust.any()).spec();
    }

    private void assertRefused(Path model, String... parts) {
        String message = assertThrows(
                        BadInputException.class, () -> new ContractImport(contract, model, NOBODY).write(out))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
        assertTrue(Files.notExists(out), "nothing is left behind");
    }

    @Test
    void aPolicyWithHistoryAndExternalWeightsIsImportedAndVerified() throws IOException {
        Path model = policy.writeWithExternalData(folder);
        assertEquals(0, run(new PolicyImportCommand(), contract, model, "--out", out));
        assertTrue(Files.exists(out.resolve("policy.onnx.data")));
        assertEquals(0, run(new PolicyVerifyCommand(), out));
        byte[] weights = Files.readAllBytes(out.resolve("policy.onnx.data"));
        weights[5] ^= 1;
        Files.write(out.resolve("policy.onnx.data"), weights);
        assertThrows(BadInputException.class, () -> PolicyBundle.load(out, Trust.any()));
    }

    @Test
    void jointsAreNamedInBothOrders() throws IOException {
        PolicySpec spec = imported(policy.writeWithExternalData(folder));
        assertEquals(List.of("hip_left", "hip_right", "knee_left", "knee_right"), spec.joints());
        List<String> inPolicy = List.of("hip_left", "knee_left", "hip_right", "knee_right");
        assertEquals(inPolicy, spec.actions().getFirst().joints());
        assertEquals(inPolicy, spec.observation("joint_pos_rel").joints());
        assertArrayEquals(new double[] {25, 25, 30, 30}, spec.gains().stiffness(), "in the order of the motors");
        assertEquals(20_000_000L, spec.controlPeriodNs());
        assertEquals(TermKind.PREVIOUS_ACTION, spec.observation("last_action").kind());
        assertEquals(Layout.TERM_MAJOR, spec.network().conditions().getFirst().layout());
    }

    /** The framework's own arithmetic, term by term, against the recorded answers. */
    @Test
    void answersAreThoseOfTheFrameworksArithmetic() throws IOException {
        imported(policy.writeWithExternalData(folder));
        double[] defaults = {0.1, -1.5, -0.1, -1.4};
        double[] actionScale = {0.25, 0.5, 0.25, 0.5};
        double[][] actionClip = {{-0.5, 0.5}, {-2, 0}, {-0.5, 0.5}, {-2, 0}};
        for (Golden.Case one : PolicyBundle.load(out, Trust.any()).golden().cases()) {
            List<Double> input = new ArrayList<>();
            for (int term = 0, from = 0; term < 6; term++) {
                int size = term < 3 ? 3 : J;
                for (int step = 0; step < LeggedPolicy.HISTORY; step++) {
                    for (int i = 0; i < size; i++) {
                        double value = one.observation()[step * LeggedPolicy.FRAME + from + i];
                        input.add(
                                switch (term) {
                                    case 0 -> Math.clamp(value, -100, 100) * 0.2;
                                    case 2 -> Math.clamp(value, -0.8, 0.8);
                                    case 3 -> Math.clamp(value - defaults[i], -1.0, 1.0);
                                    case 4 -> value * 0.05;
                                    case 5 -> (value - defaults[i]) / actionScale[i];
                                    default -> value;
                                });
                    }
                }
                from += size;
            }
            double[] raw = policy.answer(
                    input.stream().mapToDouble(Double::doubleValue).toArray());
            for (int i = 0; i < J; i++) {
                double expected = Math.clamp(raw[i] * actionScale[i] + defaults[i], actionClip[i][0], actionClip[i][1]);
                assertEquals(expected, one.action()[i], 1e-5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 13, 17, 21})
    void oldAndNewOperatorSetsAreRead(int opset) throws IOException {
        Path model = policy.writeWhole(folder, opset);
        assertEquals(0, run(new PolicyImportCommand(), contract, model, "--out", out));
        assertEquals(0, run(new PolicyVerifyCommand(), out));
    }

    @Test
    void whatTheContractDoesNotSayIsSaid() throws IOException {
        Files.writeString(contract, LeggedPolicy.CONTRACT.replace("    offset: [0.1, -1.5, -0.1, -1.4]\n", ""));
        String notes = String.join(
                "\n", new ContractImport(contract, policy.writeWithExternalData(folder), NOBODY).write(out));
        for (String part :
                List.of("robot: the contract", "task: the contract", "no offset", "commands:", "golden.json")) {
            assertTrue(notes.contains(part), part + " in " + notes);
        }
        assertThrows(
                BadInputException.class,
                () -> PolicyBundle.load(out, Trust.any())
                        .requireFits("go2", List.of("hip_left", "hip_right", "knee_left", "knee_right"), 20_000_000L));
    }

    @Test
    void severalInputsAreGroupsOfTheirName() throws IOException {
        String scale = "1.0, ".repeat(LeggedPolicy.FRAME - 2) + "1.0";
        String grouped = LeggedPolicy.CONTRACT.replaceAll(
                "(?s)observations:.*",
                "observations:\n  obs:\n    use_gym_history: true\n    phase: {scale: [2.0], history_length: 3}\n"
                        + "    everything: {scale: [" + scale + "], clip: null, history_length: 3}\n");
        Files.writeString(contract, grouped);
        PolicySpec spec = imported(policy.writeWithExternalData(folder));
        assertEquals(Layout.TIME_MAJOR, spec.network().conditions().getFirst().layout());
        assertEquals(3, spec.windowSteps());
        assertEquals(TermKind.CUSTOM, spec.observation("phase").kind());
        Files.writeString(contract, grouped.replace("  obs:\n", "  policy:\n"));
        String message = assertThrows(
                        BadInputException.class,
                        () -> new ContractImport(contract, folder.resolve("policy.onnx"), NOBODY).write(out))
                .getMessage();
        assertTrue(message.contains("observations.policy") && message.contains("[obs]"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "joint_ids_map: [0, 2, 1, 3]|joint_ids_map: [0, 2, 2, 3]|each motor once",
                "joint_ids_map: [0, 2, 1, 3]|joint_ids_map: [0, 2, 1, 4]|in [0, 3]",
                "default_joint_pos: [0.1, -1.5, -0.1, -1.4]|default_joint_pos: [0.1]|1 numbers for 4 joints",
                "stiffness: [25.0, 25.0, 30.0, 30.0]|stiffness: [25.0]|1 numbers for 4 motors",
                "step_dt: 0.02|step: 0.02|'step_dt' is missing",
                "step_dt: 0.02|step_dt: 0.02\\nstep: 1|unknown key",
                "JointPositionAction|DifferentialAction|no action that is known",
                "scale: [0.25, 0.5, 0.25, 0.5]|scale: [0.25, 0.0, 0.25, 0.5]|erases",
                "joint_ids: null|joint_ids: [0, 1, 2]|4 numbers for 3 joints",
                "clip: [-0.8, 0.8]|clip: [0.8, -0.8]|[least, greatest]",
                "history_length: 3}|history_length: 2}|'obs' has the shape",
                "scale: [0.2, 0.2, 0.2]|scale: [0.2, 0.2]|has 3 here",
                "joint_names: [hip_left, hip_right, knee_left, knee_right]|# |names no joints",
                "joint_names: [hip_left, hip_right, |joint_names: [knee_left, hip_right, |stands twice",
            })
    void everyMistakeOfAContractIsNamed(String what, String instead, String message) throws IOException {
        assertTrue(LeggedPolicy.CONTRACT.contains(what), what);
        Files.writeString(contract, LeggedPolicy.CONTRACT.replace(what, instead.replace("\\n", "\n")));
        assertRefused(policy.writeWithExternalData(folder), "deploy.yaml", message);
    }

    /** A recurrent export: the state has its batch axis in the middle, the action is one of two outputs. */
    @Test
    void recurrentStatesAreCarriedAndTheActionIsNamed() throws IOException {
        GraphBuilder graph = new GraphBuilder("recurrent");
        graph.input("obs", TensorProto.DataType.FLOAT, LeggedPolicy.INPUT);
        graph.constant("w", new float[LeggedPolicy.INPUT * J], LeggedPolicy.INPUT, J);
        graph.constant("one", new float[] {1.0f}, 1);
        graph.node("h_out", "Add", List.of("h_in", "one"));
        graph.constant("flat", -1, J);
        String seen = graph.node("seen", "MatMul", List.of("obs", "w"));
        graph.node("actions", "Add", List.of(seen, graph.node("row", "Reshape", List.of("h_out", "flat"))));
        graph.node("doubled", "Add", List.of("actions", "actions"));
        graph.output("actions", TensorProto.DataType.FLOAT, J);
        graph.output("doubled", TensorProto.DataType.FLOAT, J);
        ModelProto model = ModelProto.parseFrom(graph.bytes());
        GraphProto recurrent = model.getGraph().toBuilder()
                .addInput(state("h_in"))
                .addOutput(state("h_out"))
                .build();
        Path file = Files.write(
                folder.resolve("r.onnx"),
                model.toBuilder().setGraph(recurrent).build().toByteArray());
        assertRefused(file, "[actions, doubled]", "--action");
        assertEquals(0, run(new PolicyImportCommand(), contract, file, "--out", out, "--action", "actions"));
        PolicyBundle bundle = PolicyBundle.load(out, Trust.any());
        assertEquals(
                List.of(new State("h_in", "h_out", List.of(1, State.BATCH, J), Optional.empty())),
                bundle.spec().network().states());
        for (Golden.Case one : bundle.golden().cases()) { // raw 1 from the zero state: 0.1 + 0.25, clipped knees
            assertArrayEquals(new double[] {0.35, -1.0, 0.15, -0.9}, one.action(), 1e-6);
        }
        assertEquals(0, run(new PolicyVerifyCommand(), out));
    }

    private static ValueInfoProto state(String name) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int size : new int[] {1, 1, J}) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }

    @Test
    void weightsThatAreNotThereAreNamed() throws IOException {
        Path model = policy.writeWithExternalData(folder);
        Files.delete(folder.resolve("policy.onnx.data"));
        assertRefused(model, "policy.onnx.data");
    }

    @Test
    void somethingThatIsNoNetworkIsSaid() throws IOException {
        assertRefused(
                Files.writeString(folder.resolve("x.onnx"), "hello"), "x.onnx", "cannot be read as an ONNX model");
        assertRefused(folder.resolve("nothing.onnx"), "nothing.onnx", "cannot be read");
    }
}
