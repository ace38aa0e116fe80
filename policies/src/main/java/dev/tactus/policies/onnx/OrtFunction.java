package dev.tactus.policies.onnx;

/**
 * The functions of ONNX Runtime's C API that are called, each with its slot in the table {@code OrtApi} and its
 * signature. The table only ever grows at its end, so a slot holds for every later version. The numbers come from the
 * C header's own {@code offsetof}: {@code policies/tools/ort_slots.sh HEADER} prints and checks them.
 *
 * <p>Signature: one letter an argument, J a pointer or {@code size_t}, I an int or enum; after a colon the result, J a
 * status (0 is success) or a pointer, V nothing.
 */
enum OrtFunction {
    GET_ERROR_MESSAGE("GetErrorMessage", 2, "J:J"),
    CREATE_ENV("CreateEnv", 3, "IJJ:J"),
    CREATE_SESSION("CreateSession", 7, "JJJJ:J"),
    CREATE_SESSION_FROM_ARRAY("CreateSessionFromArray", 8, "JJJJJ:J"),
    CREATE_SESSION_OPTIONS("CreateSessionOptions", 10, "J:J"),
    DISABLE_MEM_PATTERN("DisableMemPattern", 17, "J:J"),
    SET_SESSION_LOG_SEVERITY_LEVEL("SetSessionLogSeverityLevel", 22, "JI:J"),
    SET_SESSION_GRAPH_OPTIMIZATION_LEVEL("SetSessionGraphOptimizationLevel", 23, "JI:J"),
    SET_INTRA_OP_NUM_THREADS("SetIntraOpNumThreads", 24, "JI:J"),
    SET_INTER_OP_NUM_THREADS("SetInterOpNumThreads", 25, "JI:J"),
    CREATE_RUN_OPTIONS("CreateRunOptions", 39, "J:J"),
    CREATE_TENSOR_WITH_DATA_AS_ORT_VALUE("CreateTensorWithDataAsOrtValue", 49, "JJJJJIJ:J"),
    CREATE_MEMORY_INFO("CreateMemoryInfo", 68, "JIIIJ:J"),
    CREATE_CPU_MEMORY_INFO("CreateCpuMemoryInfo", 69, "IIJ:J"),
    RELEASE_STATUS("ReleaseStatus", 93, "J:V"),
    RELEASE_MEMORY_INFO("ReleaseMemoryInfo", 94, "J:V"),
    RELEASE_SESSION("ReleaseSession", 95, "J:V"),
    RELEASE_VALUE("ReleaseValue", 96, "J:V"),
    RELEASE_RUN_OPTIONS("ReleaseRunOptions", 97, "J:V"),
    RELEASE_SESSION_OPTIONS("ReleaseSessionOptions", 100, "J:V"),
    ADD_FREE_DIMENSION_OVERRIDE_BY_NAME("AddFreeDimensionOverrideByName", 124, "JJJ:J"),
    ADD_SESSION_CONFIG_ENTRY("AddSessionConfigEntry", 130, "JJJ:J"),
    RUN_WITH_BINDING("RunWithBinding", 133, "JJJ:J"),
    CREATE_IO_BINDING("CreateIoBinding", 134, "JJ:J"),
    RELEASE_IO_BINDING("ReleaseIoBinding", 135, "J:V"),
    BIND_INPUT("BindInput", 136, "JJJ:J"),
    BIND_OUTPUT("BindOutput", 137, "JJJ:J"),
    ADD_RUN_CONFIG_ENTRY("AddRunConfigEntry", 165, "JJJ:J"),
    APPEND_TENSORRT("SessionOptionsAppendExecutionProvider_TensorRT_V2", 170, "JJ:J"),
    CREATE_TENSORRT_PROVIDER_OPTIONS("CreateTensorRTProviderOptions", 171, "J:J"),
    UPDATE_TENSORRT_PROVIDER_OPTIONS("UpdateTensorRTProviderOptions", 172, "JJJJ:J"),
    RELEASE_TENSORRT_PROVIDER_OPTIONS("ReleaseTensorRTProviderOptions", 174, "J:V"),
    APPEND_CUDA("SessionOptionsAppendExecutionProvider_CUDA_V2", 204, "JJ:J"),
    CREATE_CUDA_PROVIDER_OPTIONS("CreateCUDAProviderOptions", 205, "J:J"),
    UPDATE_CUDA_PROVIDER_OPTIONS("UpdateCUDAProviderOptions", 206, "JJJJ:J"),
    RELEASE_CUDA_PROVIDER_OPTIONS("ReleaseCUDAProviderOptions", 208, "J:V"),
    UPDATE_TENSORRT_PROVIDER_OPTIONS_WITH_VALUE("UpdateTensorRTProviderOptionsWithValue", 261, "JJJ:J"),
    UPDATE_CUDA_PROVIDER_OPTIONS_WITH_VALUE("UpdateCUDAProviderOptionsWithValue", 263, "JJJ:J"),
    ADD_EXTERNAL_INITIALIZERS_FROM_FILES_IN_MEMORY("AddExternalInitializersFromFilesInMemory", 279, "JJJJJ:J");

    /** The first version of the C API whose table has every slot above (ONNX Runtime 1.18). */
    static final int API_VERSION = 18;

    private final String cName;
    private final int slot;
    private final String signature;

    OrtFunction(String cName, int slot, String signature) {
        this.cName = cName;
        this.slot = slot;
        this.signature = signature;
    }

    String cName() {
        return cName;
    }

    int slot() {
        return slot;
    }

    String arguments() {
        return signature.substring(0, signature.indexOf(':'));
    }

    boolean returnsNothing() {
        return signature.endsWith(":V");
    }
}
