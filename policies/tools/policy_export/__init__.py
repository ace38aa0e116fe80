"""From somebody else's checkpoint to a policy bundle: readers, the network, the bundle's files."""

import dataclasses

import numpy


class CannotExport(Exception):
    """The message says what was found, where, what is allowed, and how to go on."""


@dataclasses.dataclass(frozen=True)
class Affine:
    """How a vector is normalised: n = x * gain + offset, element by element."""

    gain: numpy.ndarray
    offset: numpy.ndarray

    def normalise(self, x):
        return x * self.gain + self.offset

    def invert(self, n):
        return (n - self.offset) / self.gain


@dataclasses.dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says, whoever wrote it.

    weights: the U-Net's parameters by the names of policy_export.unet
    groups: of its group normalisation
    observations, action: normalisation by feature, in the order in which the condition concatenates them
    clip: bound on the predicted clean sample, or None
    schedule: as policy.yaml has it; alpha_bar: its cumulative products; sampler: as policy.yaml has it
    """

    source: str
    sha256: str
    weights: dict
    groups: int
    horizon: int
    observation_steps: int
    action_steps: int
    parameterisation: str
    clip: float | None
    schedule: dict
    alpha_bar: numpy.ndarray
    sampler: dict
    observations: dict
    action: Affine


PARAMETERISATIONS = {"epsilon": "epsilon", "sample": "x0"}


def need(mapping, key, where):
    """A value that has to be there."""
    if not isinstance(mapping, dict) or key not in mapping:
        raise CannotExport(f"{where}: '{key}' is missing")
    return mapping[key]


def parameterisation(name, where):
    if name not in PARAMETERISATIONS:
        raise CannotExport(f"{where}: prediction_type '{name}'; allowed is one of {', '.join(PARAMETERISATIONS)}")
    return PARAMETERISATIONS[name]


def schedule(name, steps, start, end, where):
    """policy.yaml's schedule and the cumulative products of 1 - beta (Nichol and Dhariwal; Ho, Jain, Abbeel)."""
    if name == "squaredcos_cap_v2":
        at = numpy.cos((numpy.arange(steps + 1) / steps + 0.008) / 1.008 * numpy.pi / 2) ** 2
        betas = numpy.minimum(1 - at[1:] / at[:-1], 0.999)
        said = {"name": "squared_cosine", "steps": steps}
    elif name in ("linear", "scaled_linear"):
        power = 1 if name == "linear" else 2
        betas = numpy.linspace(start ** (1 / power), end ** (1 / power), steps) ** power
        said = {"name": name, "steps": steps, "beta_start": start, "beta_end": end}
    else:
        raise CannotExport(
            f"{where}: beta_schedule '{name}'; allowed is one of squaredcos_cap_v2, linear, scaled_linear"
        )
    return said, numpy.cumprod(1 - betas)


def sampler(name, steps, inference_steps, notes):
    """policy.yaml's sampler for a scheduler of diffusers with its default options."""
    steps_of_inference = inference_steps or steps
    if name == "DDIM":
        return {"name": "ddim", "steps": steps_of_inference, "spacing": "leading", "eta": 0.0, "recompute_noise": False}
    if steps_of_inference != steps:
        notes(
            f"it was sampled with DDPM over {steps_of_inference} of {steps} levels; the bundle's ddpm takes all of them"
        )
    return {"name": "ddpm"}
