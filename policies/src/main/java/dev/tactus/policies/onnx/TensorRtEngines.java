package dev.tactus.policies.onnx;

import dev.tactus.policies.command.MissingPartException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** TensorRT engines of a model on this machine's GPU: built ahead, and asked for when a session is opened. */
public final class TensorRtEngines {
    private static final String LIBRARY = "libnvinfer.so.10";
    private static final int QUERY_PATIENCE_S = 20;

    private TensorRtEngines() {}

    /**
     * Builds a model's engines if they are not there whole: minutes, so ahead and never while a robot waits.
     *
     * @param model the model
     * @param shapes sizes that the model leaves open, as for {@link GraphSession#open}
     * @param cache where they go
     * @return what was there before; {@link EngineCache.State#READY} if nothing had to be built
     * @throws MissingPartException if TensorRT does not work here
     */
    public static EngineCache.State build(GraphModel model, Map<String, List<Long>> shapes, EngineCache cache) {
        FixedShapes fixed = FixedShapes.of(model, shapes);
        try {
            SessionFactory.requireUsable(Provider.TENSORRT);
            EngineCache.Key key = key(model, fixed);
            EngineCache.State before = cache.state(key);
            if (before != EngineCache.State.READY) {
                cache.build(key, folder -> runOnce(model, fixed, folder));
            }
            return before;
        } catch (OrtFailure e) {
            throw cannot(model, e.getMessage());
        }
    }

    private static void runOnce(GraphModel model, FixedShapes shapes, Path folder) throws IOException {
        GraphOptions options = new GraphOptions(List.of(Provider.TENSORRT), 1, false);
        try (NativeGraphSession session =
                NativeGraphSession.open(model, shapes, Provider.TENSORRT, options, Optional.of(folder), List.of())) {
            if (!session.run()) {
                throw cannot(model, session.failure());
            }
        } catch (OrtFailure e) {
            throw cannot(model, e.getMessage());
        }
    }

    private static MissingPartException cannot(GraphModel model, String why) {
        return new MissingPartException(
                model.name() + ": TensorRT cannot build engines here: " + ProviderFailure.inOneLine(why));
    }

    /** The folder with a model's engines. */
    static Path require(GraphModel model, FixedShapes shapes, EngineCache cache) throws OrtFailure {
        EngineCache.Key key = key(model, shapes);
        EngineCache.State state = cache.state(key);
        if (state != EngineCache.State.READY) {
            throw new OrtFailure(refusal(key, state));
        }
        return cache.folder(key);
    }

    static String refusal(EngineCache.Key key, EngineCache.State state) {
        return (state == EngineCache.State.ABSENT ? "no engine was built" : "the engine in the cache is damaged")
                + " for this model on " + key.gpu() + " with driver " + key.driver() + " and TensorRT "
                + key.tensorRt() + "; building takes minutes, so it is done ahead:"
                + " ./tactus policy build BUNDLE --provider tensorrt";
    }

    private static EngineCache.Key key(GraphModel model, FixedShapes shapes) throws OrtFailure {
        String[] gpu = gpu();
        return new EngineCache.Key(
                model.sha256(), shapes.inputs().toString(), gpu[0], gpu[1], OrtApi.VERSION, tensorRtVersion());
    }

    /** Name and driver version of the first GPU, as NVIDIA's own tool has them. */
    private static String[] gpu() throws OrtFailure {
        try {
            Process query = new ProcessBuilder("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!query.waitFor(QUERY_PATIENCE_S, TimeUnit.SECONDS) || query.exitValue() != 0) {
                query.destroyForcibly();
                throw new OrtFailure("nvidia-smi does not find a GPU");
            }
            String[] fields = answer.lines().findFirst().orElse("").split(", *");
            if (fields.length != 2) {
                throw new OrtFailure("nvidia-smi answers '" + answer.strip() + "' instead of a GPU's name and driver");
            }
            return fields;
        } catch (IOException e) {
            throw new OrtFailure("nvidia-smi is not to be found, so there is no NVIDIA driver", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OrtFailure("interrupted while asking nvidia-smi", e);
        }
    }

    private static String tensorRtVersion() throws OrtFailure {
        try {
            int version = (int) SymbolLookup.libraryLookup(LIBRARY, Arena.global())
                    .find("getInferLibVersion")
                    .map(address ->
                            Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT)))
                    .orElseThrow(() -> new OrtFailure(LIBRARY + " does not tell its version"))
                    .invokeExact();
            return Integer.toString(version);
        } catch (IllegalArgumentException e) {
            throw new OrtFailure("TensorRT's " + LIBRARY + " is not on the loader's path", e);
        } catch (OrtFailure e) {
            throw e;
        } catch (Throwable e) {
            throw new OrtFailure(LIBRARY + " cannot be asked for its version: " + e, e);
        }
    }
}
