"""Reads LeRobot's `pretrained_model` folder of a diffusion policy.

config.json says shapes and schedule, model.safetensors holds the weights. Statistics are in the processor files
(policy_preprocessor.json names its steps, a step names its safetensors with `FEATURE.STATISTIC`), or, in older
versions, among the weights as `normalize_inputs.buffer_FEATURE.STATISTIC`, FEATURE with underscores for dots.
"""

import hashlib
import json
import re
import struct
import sys

import numpy

from . import Affine, CannotExport, Checkpoint, need, parameterisation, sampler, schedule, unet

TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "U8": "u1", "BOOL": "?"}
UNET = "diffusion.unet."
NAMES = [
    (r"^_orig_mod\.", ""),
    (r"^diffusion_step_encoder\.1\.", "level.0."),
    (r"^diffusion_step_encoder\.3\.", "level.2."),
    (r"^(down|mid|up)_modules\.", r"\1."),
    (r"\.conv([12])\.block\.0\.", lambda found: f".block.{int(found[1]) - 1}.conv."),
    (r"\.conv([12])\.block\.1\.", lambda found: f".block.{int(found[1]) - 1}.norm."),
    (r"\.cond_encoder\.1\.", ".film."),
    (r"\.residual_conv\.", ".residual."),
    (r"^final_conv\.0\.block\.0\.", "final.0.conv."),
    (r"^final_conv\.0\.block\.1\.", "final.0.norm."),
    (r"^final_conv\.1\.", "final.1."),
]
# Processor steps that do not change numbers.
NEUTRAL_STEPS = {"rename_observations_processor", "to_batch_processor", "device_processor"}
OLD_EPSILON = 1e-8
QUANTILES = {"QUANTILES": ("q01", "q99"), "QUANTILE10": ("q10", "q90")}


def read(folder):
    config_file, weights_file = folder / "config.json", folder / "model.safetensors"
    for file in (config_file, weights_file):
        if not file.is_file():
            raise CannotExport(f"{file}: missing; give the folder `pretrained_model` of a LeRobot checkpoint")
    config = json.loads(config_file.read_text())
    where = str(config_file)
    if need(config, "type", where) != "diffusion":
        raise CannotExport(f"{where}: a policy of type '{config['type']}'; only 'diffusion' can be exported")
    observations = numbers_seen(config, where)
    tensors = read_safetensors(weights_file)
    weights = {rename(name[len(UNET) :]): value for name, value in tensors.items() if name.startswith(UNET)}
    if not weights:
        raise CannotExport(f"{weights_file}: has no tensors '{UNET}*', the U-Net of LeRobot's diffusion policy")
    said, alpha_bar = schedule(
        need(config, "beta_schedule", where),
        need(config, "num_train_timesteps", where),
        need(config, "beta_start", where),
        need(config, "beta_end", where),
        where,
    )
    unet.check(weights, need(config, "horizon", where), str(weights_file))
    inputs = statistics(folder, "policy_preprocessor.json", "normalizer_processor", tensors, "normalize_inputs", config)
    outputs = statistics(
        folder, "policy_postprocessor.json", "unnormalizer_processor", tensors, "unnormalize_outputs", config
    )
    return Checkpoint(
        source="lerobot",
        sha256=hashlib.sha256(weights_file.read_bytes()).hexdigest(),
        weights=weights,
        groups=need(config, "n_groups", where),
        horizon=config["horizon"],
        observation_steps=need(config, "n_obs_steps", where),
        action_steps=need(config, "n_action_steps", where),
        parameterisation=parameterisation(need(config, "prediction_type", where), where),
        clip=need(config, "clip_sample_range", where) if need(config, "clip_sample", where) else None,
        schedule=said,
        alpha_bar=alpha_bar,
        sampler=sampler(
            need(config, "noise_scheduler_type", where),
            config["num_train_timesteps"],
            config.get("num_inference_steps"),
            lambda note: print(f"export_policy: note: {where}: {note}", file=sys.stderr),
        ),
        observations={
            name: affine(inputs, name, config["input_features"][name]["type"], size, inverse=False)
            for name, size in observations.items()
        },
        action=affine(
            outputs, "action", "ACTION", size_of(need(config, "output_features", where), "action", where), inverse=True
        ),
    )


def numbers_seen(config, where):
    """The features that condition the U-Net in the order in which LeRobot concatenates them, with their sizes."""
    features = need(config, "input_features", where)
    pictures = [name for name, feature in features.items() if feature["type"] == "VISUAL"]
    if pictures:
        raise CannotExport(
            f"{where}: it sees pictures ({', '.join(pictures)}); this exporter takes policies that see numbers only"
        )
    order = [name for name in ("observation.state", "observation.environment_state") if name in features]
    if set(order) != set(features):
        raise CannotExport(f"{where}: input_features {sorted(set(features) - set(order))} are not understood")
    return {name: size_of(features, name, where) for name in order}


def size_of(features, name, where):
    shape = need(need(features, name, where), "shape", f"{where}: {name}")
    if len(shape) != 1:
        raise CannotExport(f"{where}: {name} has the shape {shape}; one axis is allowed")
    return shape[0]


def rename(name):
    for pattern, neutral in NAMES:
        name = re.sub(pattern, neutral, name)
    return name


def statistics(folder, file_name, step_name, tensors, prefix, config):
    """(statistics by feature, normalisation mode by feature type, epsilon, where they were found)."""
    file = folder / file_name
    if file.is_file():
        for step in need(json.loads(file.read_text()), "steps", str(file)):
            kind = step.get("registry_name", step.get("class"))
            if kind == step_name:
                state = read_safetensors(folder / need(step, "state_file", f"{file}: {step_name}"))
                settings = need(step, "config", f"{file}: {step_name}")
                return split(state), need(settings, "norm_map", str(file)), settings.get("eps", OLD_EPSILON), str(file)
            if kind not in NEUTRAL_STEPS:
                raise CannotExport(
                    f"{file}: its step '{kind}' changes what the policy sees or commands; not understood"
                )
        raise CannotExport(f"{file}: has no step '{step_name}', so the normalisation is unknown")
    where = f"{folder / 'model.safetensors'} ({prefix})"
    start = f"{prefix}.buffer_"
    found = {name[len(start) :]: value for name, value in tensors.items() if name.startswith(start)}
    if not found:
        raise CannotExport(
            f"{folder}: neither {file_name} nor '{start}*' among the weights, so the normalisation is unknown. Copy the"
            " processor files that were saved with the checkpoint."
        )
    features = {name.replace(".", "_"): name for part in ("input_features", "output_features") for name in config[part]}
    named = {f"{features.get(key.rsplit('.', 1)[0], key)}.{key.rsplit('.', 1)[1]}": v for key, v in found.items()}
    return split(named), need(config, "normalization_mapping", str(folder / "config.json")), OLD_EPSILON, where


def split(flat):
    by_feature = {}
    for key, value in flat.items():
        feature, statistic = key.rsplit(".", 1)
        by_feature.setdefault(feature, {})[statistic] = value.astype(numpy.float64).reshape(-1)
    return by_feature


def affine(found, feature, kind, size, inverse):
    """LeRobot's modes as n = x * gain + offset; where its inverse is another (MEAN_STD), the one that is used."""
    by_feature, modes, epsilon, where = found
    mode = modes.get(kind, "IDENTITY")  # as LeRobot does; its default says nothing of ENV
    if mode == "IDENTITY":
        return Affine(numpy.ones(size), numpy.zeros(size))
    values = need(by_feature, feature, where)
    if mode == "MEAN_STD":
        mean, std = (need(values, name, f"{where}: {feature}") for name in ("mean", "std"))
        width = std if inverse else std + epsilon
        gain, offset = 1 / width, -mean / width
    elif mode == "MIN_MAX" or mode in QUANTILES:
        names = QUANTILES.get(mode, ("min", "max"))
        low, high = (need(values, name, f"{where}: {feature}") for name in names)
        width = numpy.where(high == low, epsilon, high - low)
        gain, offset = 2 / width, -1 - 2 * low / width
    else:
        raise CannotExport(f"{where}: norm_map: {kind}: '{mode}'; allowed is IDENTITY, MEAN_STD, MIN_MAX or quantiles")
    if gain.shape != (size,) or not numpy.isfinite(gain).all() or not numpy.isfinite(offset).all():
        raise CannotExport(
            f"{where}: {feature}: the statistics are not {size} finite numbers, or do not vary; the checkpoint was"
            " saved without the dataset's statistics, or an element is constant"
        )
    return Affine(gain, offset)


def read_safetensors(file):
    """Tensors of a safetensors file: 8 bytes length, a JSON header with types, shapes and offsets, then the numbers."""
    if not file.is_file():
        raise CannotExport(f"{file}: missing")
    data = file.read_bytes()
    try:
        (length,) = struct.unpack_from("<Q", data)
        header = json.loads(data[8 : 8 + length])
        header.pop("__metadata__", None)
        return {name: tensor(data, 8 + length, entry) for name, entry in header.items()}
    except (struct.error, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise CannotExport(f"{file}: not a safetensors file that can be read ({problem}); copy it again") from problem


def tensor(data, base, entry):
    begin, end = (base + offset for offset in entry["data_offsets"])
    if entry["dtype"] == "BF16":
        wide = numpy.frombuffer(data[begin:end], "<u2").astype("<u4") << 16
        return wide.view("<f4").reshape(entry["shape"])
    return numpy.frombuffer(data[begin:end], TYPES[entry["dtype"]]).reshape(entry["shape"])
