"""Writes the bundle: policy.yaml, model.onnx, golden.json, MANIFEST."""

import hashlib
import json
import pathlib

import numpy
import yaml

from . import CannotExport, unet

SCHEMA = 2
GOLDEN_STEPS = 10
GOLDEN_CASES = 3
SEED = 1
HEAD = "# What this policy sees and commands; exported from a checkpoint of {}.\n"

# Keys of a term that the user's file must say; the others are empty where they have no meaning for its kind.
TERM = ("name", "kind", "size", "unit")
OPTIONAL = {"joints": [], "frame": "", "subject": "", "rotation": "none"}
OPTIONAL_OBSERVATION = OPTIONAL | {"time_alignment": "latest"}
OPTIONAL_ACTION = OPTIONAL | {"relative_to": "", "discrete": False}
TOP = ("name", "robot", "task", "control_period", "joints", "gains", "rti", "observations", "actions")


def template(checkpoint):
    """A user's file for this checkpoint with one term a feature."""
    term = {"name": "?", "kind": "joint_position", "size": 0, "joints": ["?"], "unit": "rad"}
    observations = {
        name: [term | {"name": name.split(".")[-1], "size": len(affine.gain)}]
        for name, affine in checkpoint.observations.items()
    }
    size = len(checkpoint.action.gain)
    text = {
        "name": "?",
        "robot": "?",
        "task": "?",
        "control_period": "? ms",
        "joints": ["?"],
        "gains": {"stiffness_nm_per_rad": [], "damping_nms_per_rad": [], "target_smoothing_s": 0.0},
        "observations": observations,
        "actions": [term | {"name": "action", "size": size}],
        "rti": {"steps": [3, 1, 0], "discrete": "clip", "discrete_factor": 10.0},
    }
    head = (
        "# What the checkpoint does not say. A feature is split into as many terms as it has parts, in order; their"
        f" sizes add up.\n# Keys of a term: {', '.join(TERM)}; where they matter also {', '.join(OPTIONAL)},\n# for"
        " observations time_alignment, for actions relative_to and discrete.\n"
    )
    return head + dump(text)


class Dumper(yaml.SafeDumper):
    """Writes a value that stands in two places twice; readers need not know YAML's aliases."""

    def ignore_aliases(self, data):
        return True


def dump(value):
    return yaml.dump(value, Dumper=Dumper, sort_keys=False, default_flow_style=None, width=1000, allow_unicode=True)


def write(checkpoint, robot_file, folder):
    if folder.exists():
        raise CannotExport(f"{folder}: exists already; name a folder that does not")
    policy = describe(checkpoint, user(robot_file), str(robot_file))
    files = {
        "policy.yaml": (HEAD.format(checkpoint.source) + dump(policy)).encode(),
        "model.onnx": unet.graph(checkpoint.weights, checkpoint.groups, checkpoint.horizon),
        "golden.json": json.dumps(golden(checkpoint)).encode(),
    }
    sums = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    files["MANIFEST"] = "".join(sums).encode()
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def user(file):
    try:
        said = yaml.safe_load(pathlib.Path(file).read_text())
    except (OSError, yaml.YAMLError) as problem:
        raise CannotExport(f"{file}: cannot be read as YAML: {problem}") from problem
    reject(said, TOP, TOP, str(file))
    filled(said, str(file))
    return said


def filled(value, where):
    """Nothing of the template is left to be filled in."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        filled(child, f"{where}: {key}")
    if isinstance(value, str) and value.split(" ")[0] == "?":
        raise CannotExport(f"{where}: '?' is still to be filled in; a checkpoint does not say it, so this file must")


def reject(mapping, required, allowed, where):
    if not isinstance(mapping, dict):
        raise CannotExport(f"{where}: keys with values are expected")
    for key in required:
        if mapping.get(key) is None:
            raise CannotExport(f"{where}: '{key}' is missing; a checkpoint does not say it, so this file must")
    for key in mapping:
        if key not in allowed:
            raise CannotExport(f"{where}: '{key}' is unknown; allowed is one of {', '.join(allowed)}")


def describe(checkpoint, said, where):
    features = said["observations"]
    if not isinstance(features, dict) or list(features) != list(checkpoint.observations):
        raise CannotExport(
            f"{where}: observations: the checkpoint sees {list(checkpoint.observations)}, in this order; one list of"
            " terms for each is expected"
        )
    observations = [
        term
        for name, affine in checkpoint.observations.items()
        for term in terms(features[name], affine, OPTIONAL_OBSERVATION, f"{where}: observations: {name}")
    ]
    for term in observations:
        term["history"] = checkpoint.observation_steps
    actions = terms(said["actions"], checkpoint.action, OPTIONAL_ACTION, f"{where}: actions")
    return {
        "schema": SCHEMA,
        "name": said["name"],
        "kind": "diffusion",
        "robot": said["robot"],
        "task": said["task"],
        "horizon": checkpoint.horizon,
        "observation_steps": checkpoint.observation_steps,
        "action_steps": checkpoint.action_steps,
        "control_period": said["control_period"],
        "joints": said["joints"],
        "gains": said["gains"],
        "observations": observations,
        "actions": actions,
        "null_terms": [],
        "parameterisation": checkpoint.parameterisation,
        "schedule": checkpoint.schedule,
        "level_encoding": "identity",
        "clip_sample": "unbounded" if checkpoint.clip is None else float(checkpoint.clip),
        "sampler": checkpoint.sampler,
        "noise": "splitmix64-polar",
        "rti": said["rti"],
        "network": {
            "chunk_shape": [checkpoint.horizon, len(checkpoint.action.gain)],
            "latent": "latent",
            "level": {"name": "timestep", "type": "int64", "per": "chunk"},
            "conditions": [
                {
                    "name": "condition",
                    "terms": [term["name"] for term in observations],
                    "layout": "time_major",
                    "shape": [checkpoint.observation_steps * sum(term["size"] for term in observations)],
                }
            ],
            "prediction": "prediction",
            "states": [],
            "external_data": [],
        },
        "provenance": {"run": f"{checkpoint.source} {checkpoint.sha256[:12]}", "dataset_sha256": "", "parent": ""},
    }


def terms(said, affine, optional, where):
    if not isinstance(said, list) or not said:
        raise CannotExport(f"{where}: a list of terms is expected")
    written, at = [], 0
    for number, term in enumerate(said):
        reject(term, TERM, TERM + tuple(optional), f"{where}[{number}]")
        part = slice(at, at + term["size"])
        at += term["size"]
        normalisation = {
            "scale": 1.0,
            "clip_min": "unbounded",
            "clip_max": "unbounded",
            "gain": affine.gain[part].tolist(),
            "offset": affine.offset[part].tolist(),
        }
        defaults = {key: value for key, value in optional.items() if key not in term}
        written.append(term | defaults | {"normalisation": normalisation})
    if at != len(affine.gain):
        raise CannotExport(f"{where}: the sizes add up to {at}; the checkpoint has {len(affine.gain)} elements there")
    return written


def golden(checkpoint):
    """Recorded answers: DDIM with leading spacing and without noise (Song et al., equation 12), in float64."""
    random = numpy.random.default_rng(SEED)
    gain = numpy.concatenate([affine.gain for affine in checkpoint.observations.values()])
    offset = numpy.concatenate([affine.offset for affine in checkpoint.observations.values()])
    size = (checkpoint.horizon, len(checkpoint.action.gain))
    steps = min(GOLDEN_STEPS, len(checkpoint.alpha_bar))
    cases = []
    for _ in range(GOLDEN_CASES):
        seen = random.uniform(-1, 1, (checkpoint.observation_steps, len(gain)))
        observation = ((seen - offset) / gain).astype(numpy.float32)
        noise = random.standard_normal(size).astype(numpy.float32)
        condition = (observation.astype(numpy.float64) * gain + offset).astype(numpy.float32).reshape(-1)
        action = checkpoint.action.invert(denoise(checkpoint, noise, condition, steps))
        cases.append(
            {
                "observation": observation.reshape(-1).tolist(),
                "noise": noise.reshape(-1).tolist(),
                "action": action.reshape(-1).tolist(),
            }
        )
    return {"steps": steps, "cases": cases}


def denoise(checkpoint, noise, condition, steps):
    stride = len(checkpoint.alpha_bar) // steps
    x = noise.astype(numpy.float64)
    for level in range((steps - 1) * stride, -1, -stride):
        now = checkpoint.alpha_bar[level]
        following = checkpoint.alpha_bar[level - stride] if level >= stride else 1.0
        predicted = unet.predict(checkpoint.weights, checkpoint.groups, x, level, condition.astype(numpy.float64))
        if checkpoint.parameterisation == "epsilon":
            epsilon = predicted
            clean = (x - numpy.sqrt(1 - now) * epsilon) / numpy.sqrt(now)
        else:
            clean = predicted
            epsilon = (x - numpy.sqrt(now) * clean) / numpy.sqrt(1 - now)
        if checkpoint.clip is not None:
            clean = numpy.clip(clean, -checkpoint.clip, checkpoint.clip)
        x = numpy.sqrt(following) * clean + numpy.sqrt(1 - following) * epsilon
    return x
