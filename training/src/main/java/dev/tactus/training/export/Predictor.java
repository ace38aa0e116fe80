package dev.tactus.training.export;

import dev.tactus.training.nn.Parameters;
import dev.tactus.training.nn.ResidualMlp;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Evaluates the trained network in libtorch on plain arrays: the reference that an export is held against. */
final class Predictor {
    private final ResidualMlp network;

    Predictor(ResidualMlp network) {
        this.network = network;
    }

    float[] predict(float[] latents, long[] levels, float[] conditions) {
        ResidualMlp.Shape shape = network.shape();
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor latent = torch.zeros(levels.length, shape.chunk());
            Tensor condition = torch.zeros(levels.length, shape.condition());
            Tensor level = torch.zeros(new long[] {levels.length}, new TensorOptions(ScalarType.Long));
            Parameters.write(latent, latents);
            Parameters.write(condition, conditions);
            try (LongPointer data = level.data_ptr_long()) {
                data.put(levels);
            }
            return Parameters.read(network.forward(latent, level, condition));
        }
    }
}
