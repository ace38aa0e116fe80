"""Reads a `.ckpt` of real-stanford/diffusion_policy: the low-dimensional U-Net with global conditioning.

The file is a zip: `data.pkl`, a pickle of {cfg, state_dicts, pickles}, and one file of raw numbers for every tensor's
storage. The pickle is taken apart without running anything: tensors become NumPy arrays, every other class becomes an
inert record of its state, which is enough to read the OmegaConf configuration.
"""

import collections
import hashlib
import io
import pickle
import re
import sys
import zipfile

import numpy

from . import Affine, CannotExport, Checkpoint, need, parameterisation, sampler, schedule, unet

STORAGES = {
    "FloatStorage": "<f4",
    "DoubleStorage": "<f8",
    "HalfStorage": "<f2",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
    "BoolStorage": "?",
    "ByteStorage": "u1",
}
# What damaged bytes make zipfile, pickle and NumPy raise.
UNREADABLE = (
    zipfile.BadZipFile,
    pickle.UnpicklingError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    StopIteration,
    TypeError,
    ValueError,
)
PLAIN_TYPES = {kind.__name__: kind for kind in (dict, list, tuple, set, int, float, str, bool)}
NAMES = [
    (r"^diffusion_step_encoder\.1\.", "level.0."),
    (r"^diffusion_step_encoder\.3\.", "level.2."),
    (r"^(down|up)_modules\.(\d+)\.2\.conv\.", r"\1.\2.2."),
    (r"^(down|mid|up)_modules\.", r"\1."),
    (r"\.blocks\.([01])\.block\.0\.", r".block.\1.conv."),
    (r"\.blocks\.([01])\.block\.1\.", r".block.\1.norm."),
    (r"\.cond_encoder\.1\.", ".film."),
    (r"\.residual_conv\.", ".residual."),
    (r"^final_conv\.0\.block\.0\.", "final.0.conv."),
    (r"^final_conv\.0\.block\.1\.", "final.0.norm."),
    (r"^final_conv\.1\.", "final.1."),
]


def read(file):
    where = str(file)
    payload = load(file)
    states = need(payload, "state_dicts", where)
    state = states.get("ema_model") or need(states, "model", f"{where}: state_dicts")
    policy = need(plain(need(payload, "cfg", where)), "policy", f"{where}: cfg")
    where = f"{where}: cfg.policy"
    if not policy.get("obs_as_global_cond") or "model" not in policy:
        raise CannotExport(
            f"{where}: only the low-dimensional U-Net with obs_as_global_cond can be exported; this one conditions"
            " otherwise (local conditioning, inpainting, pictures or a transformer)"
        )
    if policy.get("pred_action_steps_only") or not policy.get("oa_step_convention"):
        raise CannotExport(
            f"{where}: needs oa_step_convention: true and pred_action_steps_only: false, so that a chunk's row To - 1"
            " belongs to the newest observation"
        )
    scheduler, model = need(policy, "noise_scheduler", where), policy["model"]
    said, alpha_bar = schedule(
        need(scheduler, "beta_schedule", where),
        need(scheduler, "num_train_timesteps", where),
        scheduler.get("beta_start"),
        scheduler.get("beta_end"),
        where,
    )
    weights = {rename(key[len("model.") :]): value for key, value in state.items() if key.startswith("model.")}
    horizon = need(policy, "horizon", where)
    unet.check(weights, horizon, str(file))
    return Checkpoint(
        source="diffusion_policy",
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        weights=weights,
        groups=need(model, "n_groups", f"{where}.model"),
        horizon=horizon,
        observation_steps=need(policy, "n_obs_steps", where),
        action_steps=need(policy, "n_action_steps", where),
        parameterisation=parameterisation(need(scheduler, "prediction_type", where), where),
        clip=1.0 if need(scheduler, "clip_sample", where) else None,
        schedule=said,
        alpha_bar=alpha_bar,
        sampler=sampler(
            "DDIM" if str(scheduler.get("_target_", "")).endswith("DDIMScheduler") else "DDPM",
            scheduler["num_train_timesteps"],
            policy.get("num_inference_steps"),
            lambda note: print(f"export_policy: note: {where}: {note}", file=sys.stderr),
        ),
        observations={"obs": affine(state, "obs", file)},
        action=affine(state, "action", file),
    )


def rename(name):
    for pattern, neutral in NAMES:
        name = re.sub(pattern, neutral, name)
    return name


def affine(state, field, file):
    key = f"normalizer.params_dict.{field}."
    gain, offset = (need(state, key + part, str(file)).astype(numpy.float64) for part in ("scale", "offset"))
    return Affine(gain, offset)


class Inert:
    """Stands for an instance of any class that is no tensor; keeps the state that the pickle gives it."""

    def __init__(self, *_, **__):
        self.state = None

    def __setstate__(self, state):
        self.state = state

    def __setitem__(self, *_):
        pass

    def append(self, *_):
        pass

    extend = add = append


class Unpickler(pickle.Unpickler):
    """Builds containers and arrays; never imports or calls what the file names."""

    def __init__(self, archive, root):
        super().__init__(io.BytesIO(read_stored(archive, f"{root}/data.pkl")))
        self.archive = archive
        self.root = root

    def find_class(self, module, name):
        if module in ("torch", "torch.storage") and name in STORAGES:
            return STORAGES[name]
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return rebuild
        if (module, name) == ("torch._utils", "_rebuild_parameter"):
            return lambda value, *_: value
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if module in ("builtins", "__builtin__") and name in PLAIN_TYPES:
            return PLAIN_TYPES[name]
        return type(name, (Inert,), {})

    def persistent_load(self, identifier):
        _, kind, key, _, size = identifier
        if not isinstance(kind, str):
            raise CannotExport(f"{self.archive.filename}: holds tensors of a type that is not understood")
        return numpy.frombuffer(read_stored(self.archive, f"{self.root}/data/{key}"), kind, count=size)


def read_stored(archive, name):
    """An entry's bytes. torch.save compresses nothing, so an entry is no larger than the file that it lies in."""
    if archive.getinfo(name).compress_type != zipfile.ZIP_STORED:
        raise CannotExport(f"{archive.filename}: '{name}' is compressed, which torch.save never does; copy it again")
    return archive.read(name)


def rebuild(storage, offset, size, stride, *_):
    """A tensor's view of its storage. NumPy believes any shape and stride, so that they stay inside is checked here."""
    last = offset + sum((length - 1) * step for length, step in zip(size, stride, strict=True))
    inside = offset >= 0 and all(number >= 0 for number in (*size, *stride))
    if not inside or 0 not in size and last >= len(storage):
        raise ValueError(f"a tensor of shape {tuple(size)} reaches beyond its {len(storage)} numbers")
    strides = [step * storage.itemsize for step in stride]
    return numpy.lib.stride_tricks.as_strided(storage[offset:], size, strides, writeable=False)


def load(file):
    try:
        with zipfile.ZipFile(file) as archive:
            root = next(name for name in archive.namelist() if name.endswith("/data.pkl"))[: -len("/data.pkl")]
            return Unpickler(archive, root).load()
    except UNREADABLE as problem:
        raise CannotExport(f"{file}: not a checkpoint that torch.save wrote ({problem}); copy it again") from problem


def plain(node):
    """An OmegaConf node, or what is left of it, as dictionaries, lists and values."""
    if isinstance(node, Inert):
        state = node.state if isinstance(node.state, dict) else {}
        return plain(state.get("_content", state.get("_val")))
    if isinstance(node, dict):
        return {plain(key): plain(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [plain(value) for value in node]
    return node
