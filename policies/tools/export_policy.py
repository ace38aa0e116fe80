#!/usr/bin/env python3
"""Makes a Tactus bundle of a diffusion policy that LeRobot or real-stanford/diffusion_policy trained.

    pip install -r policies/tools/requirements.txt
    python3 policies/tools/export_policy.py CHECKPOINT --robot ROBOT.yaml --out BUNDLE
    ./tactus policy verify BUNDLE

CHECKPOINT is LeRobot's `pretrained_model` folder (config.json, model.safetensors, and the statistics either in
processor files or, as older versions wrote them, among the weights), or a `.ckpt` of diffusion_policy's low-dimensional
U-Net, whose averaged weights are taken. Policies that see numbers are exported; policies that see pictures are refused.

ROBOT.yaml says what a checkpoint does not: joints by name, units, gains, the control period. With --template it is
written for the checkpoint, to be filled in. Nothing is guessed; what is missing is an error.

The checkpoint's numbers are read, never its code: neither LeRobot nor PyTorch is imported, and a pickle runs nothing.
golden.json is computed here in float64 with NumPy, so `policy verify` compares two implementations.
"""

import argparse
import pathlib
import sys

try:
    from policy_export import CannotExport, bundle, diffusion_policy, lerobot
except ModuleNotFoundError as missing:
    print(
        f"export_policy: Python has no module '{missing.name}'; install what this needs with:"
        f" pip install -r {pathlib.Path(__file__).with_name('requirements.txt')}",
        file=sys.stderr,
    )
    sys.exit(3)


def read(path):
    if path.is_dir():
        return lerobot.read(path)
    if path.is_file():
        return diffusion_policy.read(path)
    raise CannotExport(f"{path}: neither a folder (LeRobot's pretrained_model) nor a file (diffusion_policy's .ckpt)")


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=pathlib.Path)
    parser.add_argument("--robot", type=pathlib.Path, metavar="FILE", help="what the checkpoint does not say, as YAML")
    parser.add_argument("--out", type=pathlib.Path, metavar="FOLDER", help="folder of the bundle; must not exist")
    parser.add_argument("--template", action="store_true", help="print a ROBOT.yaml to fill in, and export nothing")
    options = parser.parse_args(arguments)
    try:
        checkpoint = read(options.checkpoint)
        if options.template:
            print(bundle.template(checkpoint), end="")
            return 0
        if options.robot is None or options.out is None:
            parser.error("--robot and --out are needed (or --template)")
        bundle.write(checkpoint, options.robot, options.out)
    except CannotExport as problem:
        print(f"export_policy: {problem}", file=sys.stderr)
        return 2
    print(f"wrote {options.out}; check it with: ./tactus policy verify {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
