package dev.tactus.policies.denoiser;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.bundle.NetworkSpec.LevelType;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import java.util.Map;
import java.util.Set;

/** Compares a network's inputs and output with what {@code policy.yaml} says of them: names, types, ranks, sizes. */
final class NetworkCheck {
    private final String file;
    private final String[] axes;
    private final long[] sizes;

    private NetworkCheck(String file, String[] axes, long[] sizes) {
        this.file = file;
        this.axes = axes;
        this.sizes = sizes;
    }

    static void check(OrtSession session, PolicySpec spec, String file, int batch) throws OrtException {
        NetworkSpec network = spec.network();
        String latent = network.latent().orElseThrow();
        NetworkSpec.Level level = network.level().orElseThrow();
        String condition = network.conditions().getFirst().name();
        String output = network.prediction().orElseThrow();
        Map<String, NodeInfo> inputs = session.getInputInfo();
        Set<String> expected = Set.of(latent, level.name(), condition);
        if (!inputs.keySet().equals(expected)) {
            throw new BadInputException(file + ": has the inputs " + inputs.keySet() + "; policy.yaml (network) says "
                    + expected + ". Correct policy.yaml, or export the network again.");
        }
        NodeInfo prediction = session.getOutputInfo().get(output);
        if (prediction == null) {
            throw new BadInputException(file + ": has the outputs "
                    + session.getOutputInfo().keySet() + "; policy.yaml (network.prediction) says "
                    + output + ". Correct policy.yaml, or export the network again.");
        }
        NetworkCheck chunk = new NetworkCheck(file, new String[] {"batch", "horizon", "action size"}, new long[] {
            batch, spec.horizon(), spec.actionSize()
        });
        chunk.compare(latent, inputs.get(latent), OnnxJavaType.FLOAT);
        chunk.compare(output, prediction, OnnxJavaType.FLOAT);
        new NetworkCheck(file, new String[] {"batch"}, new long[] {batch})
                .compare(
                        level.name(),
                        inputs.get(level.name()),
                        level.type() == LevelType.INT64 ? OnnxJavaType.INT64 : OnnxJavaType.FLOAT);
        new NetworkCheck(file, new String[] {"batch", "condition size"}, new long[] {batch, spec.conditionSize()})
                .compare(condition, inputs.get(condition), OnnxJavaType.FLOAT);
    }

    private void compare(String name, NodeInfo node, OnnxJavaType type) {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            throw new BadInputException(file + ": '" + name + "' is no tensor. Export the network again.");
        }
        if (tensor.type != type) {
            throw new BadInputException(file + ": '" + name + "' is of type " + tensor.type + "; policy.yaml asks for "
                    + type + ". Correct policy.yaml (network.level_type), or export the network again.");
        }
        long[] shape = tensor.getShape();
        if (shape.length != axes.length) {
            throw new BadInputException(file + ": '" + name + "' has " + shape.length + " axes; " + axes.length + " ("
                    + String.join(", ", axes) + ") are expected. Export the network again.");
        }
        for (int i = 0; i < axes.length; i++) {
            if (shape[i] != -1 && shape[i] != sizes[i]) {
                throw new BadInputException(file + ": '" + name + "' has the " + axes[i] + " " + shape[i]
                        + ", but policy.yaml says " + sizes[i] + ". Correct policy.yaml, or export the network again.");
            }
        }
    }
}
