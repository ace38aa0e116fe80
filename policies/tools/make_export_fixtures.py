#!/usr/bin/env python3
"""Makes the checkpoints that ExportPolicyTest exports, and records what their makers' code answers.

The weights are random. Run by hand where LeRobot is installed; the result is committed, so that the test needs neither
LeRobot nor PyTorch:

    pip install lerobot==0.4.4 dill omegaconf
    python3 policies/tools/make_export_fixtures.py

Three folders under policies/src/test/resources/dev/tactus/policies/export:

    lerobot           LeRobot's DiffusionPolicy, saved by LeRobot; answers by its model, scheduler and processors
    lerobot_old       the same with other options, its statistics among the weights, as LeRobot wrote before processors
    diffusion_policy  a .ckpt laid out as real-stanford/diffusion_policy writes it (OmegaConf, dill); its U-Net is
                      LeRobot's with the other project's names, its answers are those of diffusers' DDIM
"""

import json
import pathlib

import dill
import torch
from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from lerobot.configs.types import FeatureType, NormalizationMode, PolicyFeature
from lerobot.policies.diffusion.configuration_diffusion import DiffusionConfig
from lerobot.policies.diffusion.modeling_diffusion import DiffusionPolicy
from lerobot.policies.diffusion.processor_diffusion import make_diffusion_pre_post_processors
from omegaconf import OmegaConf
from safetensors.torch import load_file, save_file

OUT = pathlib.Path(__file__).parents[1] / "src/test/resources/dev/tactus/policies/export"
STATE, ENVIRONMENT, ACTION = 3, 4, 2
STEPS = 10
CASES = 3


def config(**options):
    return DiffusionConfig(
        n_obs_steps=2,
        horizon=8,
        n_action_steps=4,
        input_features={
            "observation.state": PolicyFeature(FeatureType.STATE, (STATE,)),
            "observation.environment_state": PolicyFeature(FeatureType.ENV, (ENVIRONMENT,)),
        },
        output_features={"action": PolicyFeature(FeatureType.ACTION, (ACTION,))},
        n_groups=4,
        diffusion_step_embed_dim=8,
        noise_scheduler_type="DDIM",
        num_inference_steps=STEPS,
        device="cpu",
        push_to_hub=False,
        **options,
    )


def statistics(generator):
    found = {}
    for name, size in (
        ("observation.state", STATE),
        ("observation.environment_state", ENVIRONMENT),
        ("action", ACTION),
    ):
        middle, width = torch.randn(size, generator=generator), 0.2 + torch.rand(size, generator=generator)
        found[name] = {"min": middle - width, "max": middle + width, "mean": middle, "std": width / 2}
    return found


def shake(policy, generator, by=0.1):
    """Also what begins at one or zero, normalisation and biases, gets random values."""
    with torch.no_grad():
        for parameter in policy.parameters():
            parameter += by * torch.randn(parameter.shape, generator=generator)


def answers(policy, preprocess, postprocess, stats, generator):
    cases = []
    for _ in range(CASES):
        seen = {
            name: stats[name]["mean"]
            + stats[name]["std"] * torch.randn(2, len(stats[name]["mean"]), generator=generator)
            for name in ("observation.state", "observation.environment_state")
        }
        noise = torch.randn(1, 8, ACTION, generator=generator)
        batch = preprocess({name: value.unsqueeze(0) for name, value in seen.items()})
        with torch.no_grad():
            condition = policy.diffusion._prepare_global_conditioning(batch)
            chunk = policy.diffusion.conditional_sample(1, global_cond=condition, noise=noise.clone())
            action = postprocess(chunk)
        cases.append(
            {
                "observation": torch.cat(list(seen.values()), dim=1).flatten().tolist(),
                "noise": noise.flatten().tolist(),
                "action": action.flatten().tolist(),
            }
        )
    return {"steps": STEPS, "cases": cases}


def save(folder, golden):
    (folder / "expected.json").write_text(json.dumps(golden) + "\n")


def lerobot():
    folder = OUT / "lerobot"
    generator = torch.Generator().manual_seed(1)
    torch.manual_seed(1)
    policy = DiffusionPolicy(config(down_dims=(8, 8, 16)))
    policy.eval()
    shake(policy, generator)
    stats = statistics(generator)
    preprocess, postprocess = make_diffusion_pre_post_processors(policy.config, stats)
    policy.save_pretrained(folder)
    preprocess.save_pretrained(folder)
    postprocess.save_pretrained(folder)
    save(folder, answers(policy, preprocess, postprocess, stats, generator))
    return policy, stats


def lerobot_old():
    folder = OUT / "lerobot_old"
    generator = torch.Generator().manual_seed(2)
    torch.manual_seed(2)
    modes = {"VISUAL": "MEAN_STD", "STATE": "MEAN_STD", "ENV": "MIN_MAX", "ACTION": "MEAN_STD"}
    policy = DiffusionPolicy(
        config(
            down_dims=(8, 16),
            kernel_size=3,
            use_film_scale_modulation=False,
            prediction_type="sample",
            clip_sample=False,
            beta_schedule="linear",
            normalization_mapping={kind: NormalizationMode(mode) for kind, mode in modes.items()},
        )
    )
    policy.eval()
    shake(policy, generator, 0.03)
    stats = statistics(generator)
    preprocess, postprocess = make_diffusion_pre_post_processors(policy.config, stats)
    policy.save_pretrained(folder)
    file = folder / "model.safetensors"
    tensors = load_file(file)
    for part, names in (
        ("normalize_inputs", list(stats)[:2]),
        ("normalize_targets", ["action"]),
        ("unnormalize_outputs", ["action"]),
    ):
        for name in names:
            mode = modes["ACTION" if name == "action" else "ENV" if "environment" in name else "STATE"]
            for statistic in ("mean", "std") if mode == "MEAN_STD" else ("min", "max"):
                tensors[f"{part}.buffer_{name.replace('.', '_')}.{statistic}"] = stats[name][statistic].clone()
    save_file(tensors, file)
    save(folder, answers(policy, preprocess, postprocess, stats, generator))


def diffusion_policy(policy, stats):
    folder = OUT / "diffusion_policy"
    folder.mkdir(exist_ok=True)
    state = {}
    for key, value in policy.diffusion.unet.state_dict().items():
        for old, new in (("conv1.block", "blocks.0.block"), ("conv2.block", "blocks.1.block")):
            key = key.replace(old, new)
        parts = key.split(".")
        if parts[0] in ("down_modules", "up_modules") and parts[2] == "2":
            parts.insert(3, "conv")
        state["model." + ".".join(parts)] = value
    low = torch.cat([stats["observation.state"]["min"], stats["observation.environment_state"]["min"]])
    high = torch.cat([stats["observation.state"]["max"], stats["observation.environment_state"]["max"]])
    for field, bottom, top in (("obs", low, high), ("action", stats["action"]["min"], stats["action"]["max"])):
        scale = 2 / (top - bottom)
        state[f"normalizer.params_dict.{field}.scale"] = scale
        state[f"normalizer.params_dict.{field}.offset"] = -1 - scale * bottom
        state[f"normalizer.params_dict.{field}.input_stats.min"] = bottom
        state[f"normalizer.params_dict.{field}.input_stats.max"] = top
    state["_dummy_variable"] = torch.zeros(0)
    settings = OmegaConf.create(
        {
            "name": "train_diffusion_unet_lowdim",
            "policy": {
                "_target_": "diffusion_policy.policy.diffusion_unet_lowdim_policy.DiffusionUnetLowdimPolicy",
                "horizon": 8,
                "n_obs_steps": 2,
                "n_action_steps": 4,
                "num_inference_steps": 100,
                "obs_as_local_cond": False,
                "obs_as_global_cond": True,
                "pred_action_steps_only": False,
                "oa_step_convention": True,
                "model": {"down_dims": [8, 8, 16], "kernel_size": 5, "n_groups": 4, "cond_predict_scale": True},
                "noise_scheduler": {
                    "_target_": "diffusers.schedulers.scheduling_ddpm.DDPMScheduler",
                    "num_train_timesteps": 100,
                    "beta_start": 0.0001,
                    "beta_end": 0.02,
                    "beta_schedule": "squaredcos_cap_v2",
                    "clip_sample": True,
                    "prediction_type": "epsilon",
                },
            },
        }
    )
    payload = {
        "cfg": settings,
        "state_dicts": {"model": {"model.final_conv.1.bias": torch.zeros(ACTION)}, "ema_model": state},
        "pickles": {"global_step": dill.dumps(7)},
    }
    torch.save(payload, folder / "latest.ckpt", pickle_module=dill)
    generator = torch.Generator().manual_seed(3)
    scale, offset = (state[f"normalizer.params_dict.obs.{part}"] for part in ("scale", "offset"))
    cases = []
    for _ in range(CASES):
        seen = low + (high - low) * torch.rand(2, STATE + ENVIRONMENT, generator=generator)
        noise = torch.randn(1, 8, ACTION, generator=generator)
        scheduler = DDIMScheduler(num_train_timesteps=100, beta_schedule="squaredcos_cap_v2", clip_sample=True)
        scheduler.set_timesteps(STEPS)
        x, condition = noise.clone(), (seen * scale + offset).reshape(1, -1)
        with torch.no_grad():
            for level in scheduler.timesteps:
                epsilon = policy.diffusion.unet(x, level.reshape(1), global_cond=condition)
                x = scheduler.step(epsilon, level, x).prev_sample
        keys = "normalizer.params_dict.action."
        action = (x - state[keys + "offset"]) / state[keys + "scale"]
        cases.append(
            {
                "observation": seen.flatten().tolist(),
                "noise": noise.flatten().tolist(),
                "action": action.flatten().tolist(),
            }
        )
    save(folder, {"steps": STEPS, "cases": cases})


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    diffusion_policy(*lerobot())
    lerobot_old()
