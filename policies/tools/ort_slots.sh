#!/bin/sh
# Prints the slot of every ONNX Runtime C function that OrtFunction.java names, as the C compiler computes it from
# onnxruntime_c_api.h, and fails if the Java file says otherwise.
# Usage: ort_slots.sh PATH/onnxruntime_c_api.h   (the header of the release that the parent pom names)
set -eu
[ $# -eq 1 ] && [ -f "$1" ] || { echo "usage: $0 PATH/onnxruntime_c_api.h" >&2; exit 2; }
header=$(readlink -f -- "$1")
table=$(dirname -- "$0")/../src/main/java/dev/tactus/policies/onnx/OrtFunction.java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed -n 's/^    [A-Z_]*("\([A-Za-z_0-9]*\)", \([0-9]*\), ".*/\1 \2/p' "$table" >"$work/said"
{
    printf '#include <stddef.h>\n#include <stdio.h>\n#include "%s"\nint main(void) {\n' "$header"
    while read -r name _; do
        printf 'printf("%s %%zu\\n", offsetof(OrtApi, %s) / sizeof(void *));\n' "$name" "$name"
    done <"$work/said"
    printf 'return 0; }\n'
} >"$work/slots.c"
cc -o "$work/slots" "$work/slots.c"
"$work/slots" | tee "$work/true"
cmp -s "$work/said" "$work/true" || { echo "OrtFunction.java differs:" >&2; diff "$work/said" "$work/true" >&2; exit 1; }
