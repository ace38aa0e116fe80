package dev.tactus.training.service;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.training.algo.DiffusionImitation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ArchiveWriter;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The state of a run in one libtorch archive: parameters, their average, AdamW's moments, the number of steps done, and
 * the loss curve. Random numbers and the order of the data are functions of the seed and the step, so these numbers are
 * all that a run needs to go on to the bit. A fingerprint of the recipe and the data keeps a run from going on as another.
 */
final class Checkpoint {
    private static final int FINGERPRINT_LONGS = 4;

    private Checkpoint() {}

    static void save(Path file, DiffusionImitation run, LossCurve curve, String fingerprint) throws IOException {
        byte[] content = archive(run, curve, fingerprint);
        AtomicFile.replace(file, partial -> Files.write(partial, content));
    }

    /** In memory: libtorch's own file writer aborts the process when the disk is full. */
    private static byte[] archive(DiffusionImitation run, LossCurve curve, String fingerprint) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard();
                ArchiveWriter writer = new ArchiveWriter() {
                    @Override
                    public long call(Pointer data, long size) {
                        byte[] part = new byte[Math.toIntExact(size)];
                        new BytePointer(data).get(part);
                        bytes.writeBytes(part);
                        return size;
                    }
                }) {
            OutputArchive archive = new OutputArchive();
            archive.write("parameters", run.network().parameters().values());
            archive.write("average", run.ema().average());
            archive.write("first_moment", run.optimiser().firstMoment());
            archive.write("second_moment", run.optimiser().secondMoment());
            archive.write("progress", progress(run.steps(), fingerprint));
            archive.write("curve", doubles(curve.state()));
            archive.save_to(writer);
        }
        return bytes.toByteArray();
    }

    static void load(Path file, DiffusionImitation run, LossCurve curve, String fingerprint) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            InputArchive archive = new InputArchive();
            archive.load_from(file.toString());
            long[] progress = longs(read(archive, "progress"));
            if (!Arrays.equals(progress, 1, progress.length, fingerprintLongs(fingerprint), 0, FINGERPRINT_LONGS)) {
                throw new BadInputException(file + ": was made with another recipe or other demonstrations, so the run"
                        + " cannot go on from it. Use the recipe it was started with (recipe.yaml beside it), or start"
                        + " anew with another --out.");
            }
            run.network().parameters().values().copy_(read(archive, "parameters"));
            run.ema().average().copy_(read(archive, "average"));
            run.optimiser().firstMoment().copy_(read(archive, "first_moment"));
            run.optimiser().secondMoment().copy_(read(archive, "second_moment"));
            run.resumeAt(Math.toIntExact(progress[0]));
            curve.restore(doubles(read(archive, "curve")));
        } catch (BadInputException e) {
            throw e;
        } catch (RuntimeException e) {
            String state = Files.exists(file) ? "cannot be read as a checkpoint" : "is missing";
            throw new BadInputException(file + ": " + state + ": " + firstLine(e) + ". Start without --resume.", e);
        }
    }

    private static Tensor read(InputArchive archive, String name) {
        Tensor tensor = new Tensor();
        archive.read(name, tensor);
        return tensor;
    }

    private static Tensor progress(long steps, String fingerprint) {
        Tensor tensor = torch.zeros(new long[] {1 + FINGERPRINT_LONGS}, new TensorOptions(ScalarType.Long));
        try (LongPointer data = tensor.data_ptr_long()) {
            data.put(0, steps);
            long[] words = fingerprintLongs(fingerprint);
            for (int i = 0; i < words.length; i++) {
                data.put(i + 1, words[i]);
            }
        }
        return tensor;
    }

    private static long[] fingerprintLongs(String sha256) {
        long[] words = new long[FINGERPRINT_LONGS];
        ByteBuffer.wrap(HexFormat.of().parseHex(sha256)).asLongBuffer().get(words);
        return words;
    }

    private static long[] longs(Tensor tensor) {
        long[] values = new long[Math.toIntExact(tensor.numel())];
        try (LongPointer data = tensor.data_ptr_long()) {
            data.get(values);
        }
        return values;
    }

    private static Tensor doubles(double[] values) {
        Tensor tensor = torch.zeros(new long[] {values.length}, new TensorOptions(ScalarType.Double));
        try (DoublePointer data = tensor.data_ptr_double()) {
            data.put(values);
        }
        return tensor;
    }

    private static double[] doubles(Tensor tensor) {
        double[] values = new double[Math.toIntExact(tensor.numel())];
        try (DoublePointer data = tensor.data_ptr_double()) {
            data.get(values);
        }
        return values;
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
