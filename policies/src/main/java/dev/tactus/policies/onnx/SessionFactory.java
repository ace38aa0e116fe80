package dev.tactus.policies.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Opens sessions: walks the list of providers, and chooses between the C API and the Java API. */
final class SessionFactory {
    /** A pool that waits without spinning: its neighbour is a control loop. */
    static final Map<String, String> CONFIGURATION =
            Map.of("session.intra_op.allow_spinning", "0", "session.inter_op.allow_spinning", "0");

    /** What stands in front of what is said: the Java API's code, then file, line and signature of the C++ function. */
    private static final Pattern SPEAKER =
            Pattern.compile("^(Error code - \\w+ - message: )?(/\\S+:\\d+ .*?\\) (?=[A-Z]))?");

    private SessionFactory() {}

    static GraphSession open(GraphModel model, FixedShapes shapes, GraphOptions options) {
        requireLibrary();
        List<String> declined = new ArrayList<>();
        for (Provider provider : options.providers()) {
            try {
                requireBuiltIn(provider);
                return RuntimeLibrary.nativeApi()
                        ? NativeGraphSession.open(
                                model, shapes, provider, options, engines(model, shapes, provider), declined)
                        : JavaGraphSession.open(model, shapes, provider, options, declined);
            } catch (OrtFailure e) {
                if (provider == Provider.CPU) {
                    throw unreadable(model, e);
                }
                declined.add(provider.word() + ": " + ProviderFailure.inOneLine(e.getMessage()));
            }
        }
        throw new MissingPartException(model.name() + ": none of the providers that were asked for works here: "
                + String.join("; ", declined) + ". Add cpu to the list, or mend one of these.");
    }

    private static Optional<Path> engines(GraphModel model, FixedShapes shapes, Provider provider) throws OrtFailure {
        return provider == Provider.TENSORRT
                ? Optional.of(TensorRtEngines.require(model, shapes, EngineCache.standard()))
                : Optional.empty();
    }

    /** Refuses a provider that the library was built without, or that this process cannot use. */
    static void requireUsable(Provider provider) throws OrtFailure {
        requireLibrary();
        requireBuiltIn(provider);
        if (!RuntimeLibrary.nativeApi()) {
            throw new OrtFailure(JavaGraphSession.processorOnly());
        }
    }

    private static void requireLibrary() {
        try {
            OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            throw new MissingPartException(RuntimeLibrary.doesNotLoad(e), e);
        }
    }

    private static void requireBuiltIn(Provider provider) throws OrtFailure {
        List<String> builtIn = RuntimeLibrary.providers();
        if (!builtIn.contains(provider.runtimeName())) {
            throw new OrtFailure(
                    "this ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion() + " was built with "
                            + builtIn + " only; name a folder with the GPU libraries of that version by"
                            + " TACTUS_JAVA_OPTS=-Donnxruntime.native.path=FOLDER (policies/README.md, Where networks run)");
        }
    }

    private static BadInputException unreadable(GraphModel model, OrtFailure cause) {
        String said =
                SPEAKER.matcher(cause.getMessage().strip()).replaceFirst("").replaceFirst("\\.$", "");
        String remedy = said.contains("opset")
                ? " Export it again with an older operator set, for example opset_version=17."
                : " Copy the file again, or export it again.";
        return new BadInputException(
                model.name() + ": ONNX Runtime "
                        + OrtEnvironment.getEnvironment().getVersion() + " cannot run it: " + said + "." + remedy,
                cause);
    }
}
