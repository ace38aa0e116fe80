package dev.tactus.policies.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The messages are those of ONNX Runtime 1.28 with CUDA 13, on a machine without the libraries and without a GPU. */
class ProviderFailureTest {

    @Test
    void aMissingLibraryIsNamedWithTheWayOut() {
        String line = ProviderFailure.inOneLine("/build/provider_bridge_ort.cc:2020 onnxruntime::Provider& Get()"
                + " [ONNXRuntimeError] : 1 : FAIL : Failed to load library /n/libonnxruntime_providers_cuda.so with"
                + " error: libcublasLt.so.13: cannot open shared object file: No such file or directory\n");
        assertTrue(line.startsWith("the library libcublasLt.so.13 is not on"), line);
        assertTrue(line.contains("LD_LIBRARY_PATH"), line);
    }

    @Test
    void whatCudaSaysIsQuoted() {
        String line = ProviderFailure.inOneLine("/build/cuda_execution_provider_info.cc:62 [ONNXRuntimeError] : 1 :"
                + " FAIL : provider_options_utils.h:187 Parse Failed to parse provider option \"device_id\": CUDA failure"
                + " 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=-1 ; hostname=vm ;\n");
        assertTrue(line.startsWith("CUDA says 'CUDA driver version is insufficient for CUDA runtime version'"), line);
        assertTrue(line.contains("nvidia-smi"), line);
    }

    @Test
    void anythingElseIsOneLineWithoutTheCaller() {
        assertEquals(
                "something odd happened",
                ProviderFailure.inOneLine(
                        "/a/b.cc:1 void f() [ONNXRuntimeError] : 1 : FAIL : something odd\n  happened"));
        assertEquals("no engine was built", ProviderFailure.inOneLine("no engine was built"));
    }
}
