#!/bin/sh
# One call on a machine with an NVIDIA GPU: does ONNX Runtime's CUDA provider load, does it say what the processor says,
# and how long does one denoising step of the paper's U-Net (65.8 M parameters) take, float32/TF32 and float16, bound
# and as a recorded CUDA graph, beside PyTorch and beside the time to read the weights once. Writes one JSON object.
#
#   gpu-check.sh [--json FILE] [--native FOLDER] [--python PYTHON]   measure on the GPU
#   gpu-check.sh --dry-run [...]                                     the same flow on the processor, smaller
#   gpu-check.sh --pack FOLDER                                       gather all that is needed for a GPU machine without
#                                                                    network: copy FOLDER there, run FOLDER/gpu-check.sh
#
# --native names a folder with libonnxruntime.so, libonnxruntime4j_jni.so and libonnxruntime_providers_{shared,cuda}.so of
# the version of the Java classes (in a pack: native/). CUDA and cuDNN come from the loader's path or, as a CUDA PyTorch
# brings them, from PYTHON's nvidia packages. Exit codes are those of ./tactus.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
json=gpu-check.json
native=
python=
provider=cuda
quick=
pack=
while [ $# -gt 0 ]; do
    case "$1" in
    --json | --native | --python | --pack)
        [ $# -ge 2 ] || { echo "gpu-check: $1 needs a value" >&2; exit 2; }
        case "$1" in
        --json) json=$2 ;;
        --native) native=$(readlink -f -- "$2") ;;
        --python) python=$2 ;;
        --pack) pack=$2 ;;
        esac
        shift
        ;;
    --dry-run)
        provider=cpu
        quick=--quick
        ;;
    *)
        echo "gpu-check: '$1' is unknown; allowed are --json FILE, --native FOLDER, --python PYTHON, --dry-run, --pack FOLDER" >&2
        exit 2
        ;;
    esac
    shift
done

# The GPU build that runs with a CUDA 13 PyTorch's libraries, and Microsoft's Java classes of the same version.
gpu_version=1.28.0
gpu_artifact=org.bytedeco:onnxruntime:$gpu_version-1.5.14:jar:linux-x86_64-gpu
java_artifact=com.microsoft.onnxruntime:onnxruntime:$gpu_version:jar

fetch() { # artifact, folder: the file alone, without its POM's parents
    work=$(mktemp -d)
    mkdir -p "$work/org/bytedeco/javacpp-presets/1.5.14"
    cat >"$work/org/bytedeco/javacpp-presets/1.5.14/javacpp-presets-1.5.14.pom" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>org.bytedeco</groupId><artifactId>javacpp-presets</artifactId><version>1.5.14</version><packaging>pom</packaging></project>
POM
    (cd "$work" && mvn -q -B -ntp -Dmaven.repo.local="$work" \
        org.apache.maven.plugins:maven-dependency-plugin:3.11.0:get -Dartifact="$1" -Dtransitive=false)
    find "$work/org/bytedeco/onnxruntime" "$work/com/microsoft" -name 'onnxruntime-*.jar' -exec cp {} "$2" \; 2>/dev/null || true
    rm -rf "$work"
}

if [ -n "$pack" ]; then
    home=$(CDPATH='' cd -- "$here/../.." && pwd)
    "$home/tactus" --help >/dev/null # builds what is not built
    mkdir -p "$pack/lib" "$pack/native" "$pack/policies/bench" "$pack/hardware-configs"
    cp "$here"/gpu-check.sh "$pack/"
    cp "$here"/torch_gpu.py "$here"/torch_peer.py "$pack/policies/bench/"
    classpath=$(ls "$home"/launch/target/classpath-learner "$home"/launch/target/classpath-sim 2>/dev/null | tail -n 1)
    cp "$home"/launch/target/tactus-launch-*.jar "$pack/lib/"
    tr ':' '\n' <"$classpath" | grep -v -e '/onnxruntime-' -e pytorch -e mkl -e openblas -e mujoco | while read -r jar; do
        cp "$jar" "$pack/lib/"
    done
    jars=$(mktemp -d)
    fetch "$gpu_artifact" "$jars"
    fetch "$java_artifact" "$jars"
    cp "$jars/onnxruntime-$gpu_version.jar" "$pack/lib/"
    for jar in "$jars"/*.jar; do
        unzip -q -o -j "$jar" '*linux-x86_64-gpu/libonnxruntime*.so*' '*linux-x64/libonnxruntime4j_jni.so' -d "$pack/native" 2>/dev/null || true
    done
    [ ! -f "$pack/native/libonnxruntime.so.1" ] || mv "$pack/native/libonnxruntime.so.1" "$pack/native/libonnxruntime.so"
    rm -rf "$jars"
    java_home=${JAVA_HOME:?set JAVA_HOME to a JDK 25}
    "$java_home/bin/jlink" --add-modules java.se,jdk.management,jdk.unsupported,jdk.zipfs \
        --strip-debug --no-header-files --no-man-pages --compress zip-6 --output "$pack/jre"
    ls -la "$pack" "$pack/native"
    exit 0
fi

if [ -d "$here/lib" ]; then # in a pack
    home=$here
    [ -n "$native" ] || [ "$provider" = cpu ] || native=$here/native
    [ -z "$native" ] || [ -d "$native" ] || { echo "gpu-check: $native does not exist" >&2; exit 3; }
    [ "$provider" = cuda ] || [ -n "$native" ] || native=$here/native
    run() {
        "$home/jre/bin/java" -XX:+UseZGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
            ${native:+"-Donnxruntime.native.path=$native"} -Dtactus.home="$home" \
            -cp "$home/lib/*" dev.tactus.launch.cli.Tactus "$@"
    }
else
    home=$(CDPATH='' cd -- "$here/../.." && pwd)
    run() {
        TACTUS_JAVA_OPTS="${TACTUS_JAVA_OPTS:-} ${native:+-Donnxruntime.native.path=$native}" "$home/tactus" "$@"
    }
fi

# A CUDA PyTorch brings CUDA and cuDNN as Python packages; the loader does not know their folders by itself.
[ -n "$python" ] || python=$(command -v python3 || true)
if [ -n "$python" ] && "$python" -c 'import torch' 2>/dev/null; then
    libraries=$("$python" -c 'import glob, os, torch
site = os.path.dirname(os.path.dirname(torch.__file__))
print(":".join(sorted(glob.glob(site + "/nvidia/*/lib") + glob.glob(site + "/nvidia/lib"))))')
    export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    torch="--torch $python"
else
    echo "gpu-check: ${python:-python3} has no PyTorch; measuring without it" >&2
    torch=
fi

# shellcheck disable=SC2086
run policy gpu-check --provider "$provider" $quick $torch --json "$json"
echo "gpu-check: $json"
