#!/bin/sh
# Writes MujocoLayout.java, ModelArray.java and DataArray.java from MuJoCo's headers. Needed only when MuJoCo's version
# changes: unpack the official wheel of the new version and name the folder that holds its mujoco/mujoco.h.
#   sim-bridge/tools/generate_layout.sh WHEEL/mujoco/include
set -eu
include=${1:?"usage: $0 FOLDER_WITH_mujoco/mujoco.h"}
here=$(cd "$(dirname "$0")" && pwd)
java="$here/../src/main/java/dev/tactus/sim/mujoco"
program=$(mktemp)
trap 'rm -f "$program"' EXIT
"${CC:-cc}" -std=c11 -Wall -Wno-format-truncation -I"$include" "$here/layout.c" -o "$program"
"$program" scalars >"$java/MujocoLayout.java"
"$program" model >"$java/ModelArray.java"
"$program" data >"$java/DataArray.java"
echo "now: mvn -pl sim-bridge spotless:apply"
