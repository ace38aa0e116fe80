package dev.tactus.policies.onnx;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ONNX Runtime's long-winded reasons why a GPU provider does not load, as one line that says what to do. */
final class ProviderFailure {
    private static final Pattern MISSING_LIBRARY = Pattern.compile("(lib[\\w.+-]+): cannot open shared object file");
    private static final Pattern CUDA_ERROR = Pattern.compile("CUDA failure \\d+: ([^;]+);");
    private static final Pattern CALLER = Pattern.compile("^.*\\[ONNXRuntimeError] : \\d+ : \\w+ : ");

    private ProviderFailure() {}

    static String inOneLine(String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        Matcher library = MISSING_LIBRARY.matcher(line);
        if (library.find()) {
            return "the library " + library.group(1) + " is not on the loader's path; install the CUDA and cuDNN that"
                    + " this ONNX Runtime was built for, or put their folders on LD_LIBRARY_PATH";
        }
        Matcher cuda = CUDA_ERROR.matcher(line);
        if (cuda.find()) {
            return "CUDA says '" + cuda.group(1).strip() + "'; nvidia-smi shows which GPU and driver this machine has";
        }
        return CALLER.matcher(line).replaceFirst("");
    }
}
