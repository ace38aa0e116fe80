"""The networks of `./tactus policy bench` in PyTorch, for the comparison that `--peers` makes.

Reads weights by name from the initializers of the same ONNX file that the Java side runs, and builds torch.nn modules
of the usual kind with them (eager mode, no compilation, no gradient). Speaks one JSON object a line: questions on
standard input, answers on standard output.

    {"ask": "open", "file": F}                                -> {"torch": version, "threads": 1} or {"unknown": why}
    {"ask": "answer", "latent", "level", "condition", "shape"} -> {"prediction": [...]}    shape is [H, D, C]
    {"ask": "time", "calls": N}                                -> {"ns": [...]}    each call timed, after "answer"
"""

import json
import sys
import time

import onnx
import onnx.numpy_helper
import torch
from torch import nn


def sinusoids(level, frequencies):
    phase = level.float()[:, None] * frequencies
    return torch.cat([phase.sin(), phase.cos()], dim=1)


class Mlp(nn.Module):
    """`mlp`: chunk, embedded level and condition side by side, hidden layers with Mish."""

    def __init__(self, weights, shape):
        super().__init__()
        self.shape = shape
        self.frequencies = weights["level.frequencies"]
        sizes = [tuple(weights[f"hidden.{i}.weight"].shape) for i in range(count(weights, "hidden.{}.weight"))]
        self.hidden = nn.ModuleList(nn.Linear(size[1], size[0]) for size in sizes)
        self.output = nn.Linear(*reversed(weights["output.weight"].shape))
        self.mish = nn.Mish()

    def forward(self, latent, level, condition):
        x = torch.cat([latent.flatten(1), sinusoids(level, self.frequencies), condition], dim=1)
        for layer in self.hidden:
            x = self.mish(layer(x))
        return self.output(x).reshape(-1, *self.shape[:2])


class ResidualMlp(nn.Module):
    """`residual_mlp`: what training exports; the embedded level and its share of the first layer are a table."""

    class Block(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.a = nn.Linear(width, width)
            self.b = nn.Linear(width, width)
            self.silu = nn.SiLU()

        def forward(self, x):
            return x + self.b(self.silu(self.a(self.silu(x))))

    def __init__(self, weights, shape):
        super().__init__()
        self.shape = shape
        levels, width = weights["level.table"].shape
        self.level = nn.Embedding(levels, width)
        self.input = nn.Linear(weights["input.weight"].shape[1], width, bias=False)
        self.block = nn.ModuleList(self.Block(width) for _ in range(count(weights, "block.{}.a.weight")))
        self.output = nn.Linear(width, weights["output.weight"].shape[0])
        self.silu = nn.SiLU()

    def forward(self, latent, level, condition):
        x = self.input(torch.cat([latent.flatten(1), condition], dim=1)) + self.level(level)
        for block in self.block:
            x = block(x)
        return self.output(self.silu(x)).reshape(-1, *self.shape[:2])


class ConvolutionBlock(nn.Module):
    def __init__(self, inside, outside):
        super().__init__()
        self.conv = nn.Conv1d(inside, outside, 5, padding=2)
        self.norm = nn.GroupNorm(8, outside)
        self.mish = nn.Mish()

    def forward(self, x):
        return self.mish(self.norm(self.conv(x)))


class ResidualBlock(nn.Module):
    def __init__(self, inside, outside, feature):
        super().__init__()
        self.block = nn.ModuleList([ConvolutionBlock(inside, outside), ConvolutionBlock(outside, outside)])
        self.mish = nn.Mish()
        self.film = nn.Linear(feature, 2 * outside)
        self.residual = nn.Conv1d(inside, outside, 1) if inside != outside else nn.Identity()

    def forward(self, x, feature):
        scale, shift = self.film(self.mish(feature)).unsqueeze(-1).chunk(2, dim=1)
        return self.block[1](scale * self.block[0](x) + shift) + self.residual(x)


class ConditionalUnet1d(nn.Module):
    """`conditional_unet_1d`: the U-Net of Diffusion Policy (Chi et al., IJRR 2024)."""

    def __init__(self, weights, shape):
        super().__init__()
        self.frequencies = weights["level.frequencies"]
        embedding = 2 * self.frequencies.shape[1]
        feature = embedding + shape[2]
        self.level = nn.Sequential(nn.Linear(embedding, 4 * embedding), nn.Mish(), nn.Linear(4 * embedding, embedding))
        widths = [
            weights[f"down.{i}.0.block.0.conv.weight"].shape[0] for i in range(count(weights, "down.{}.0.film.bias"))
        ]
        into = [shape[1]] + widths[:-1]
        last = len(widths) - 1
        self.down = nn.ModuleList(
            nn.ModuleList(
                [ResidualBlock(a, b, feature), ResidualBlock(b, b, feature)]
                + ([nn.Conv1d(b, b, 3, stride=2, padding=1)] if i < last else [])
            )
            for i, (a, b) in enumerate(zip(into, widths))
        )
        self.mid = nn.ModuleList(ResidualBlock(widths[-1], widths[-1], feature) for _ in range(2))
        self.up = nn.ModuleList(
            nn.ModuleList(
                [
                    ResidualBlock(2 * widths[i], widths[i - 1], feature),
                    ResidualBlock(widths[i - 1], widths[i - 1], feature),
                    nn.ConvTranspose1d(widths[i - 1], widths[i - 1], 4, stride=2, padding=1),
                ]
            )
            for i in range(last, 0, -1)
        )
        self.final = nn.Sequential(ConvolutionBlock(widths[0], widths[0]), nn.Conv1d(widths[0], shape[1], 1))

    def forward(self, latent, level, condition):
        feature = torch.cat([self.level(sinusoids(level, self.frequencies)), condition], dim=1)
        x = latent.transpose(1, 2)
        skips = []
        for layers in self.down:
            x = layers[1](layers[0](x, feature), feature)
            skips.append(x)
            for halve in layers[2:]:
                x = halve(x)
        for block in self.mid:
            x = block(x, feature)
        for first, second, double in self.up:
            x = double(second(first(torch.cat([x, skips.pop()], dim=1), feature), feature))
        return self.final(x).transpose(1, 2)


NETWORKS = {"mlp": Mlp, "residual_mlp": ResidualMlp, "conditional_unet_1d": ConditionalUnet1d}

# Names of initializers that are called otherwise as parameters here.
RENAMED = {"level.table": "level.weight"}


def count(weights, pattern):
    number = 0
    while pattern.format(number) in weights:
        number += 1
    return number


def load(module, weights):
    """Takes every parameter from the initializer of its name; one that is missing or left over is an error."""
    renamed = {RENAMED.get(name, name): value for name, value in weights.items()}
    parameters = {name: renamed[name].reshape(value.shape) for name, value in module.state_dict().items()}
    module.load_state_dict(parameters)
    total = sum(value.numel() for value in parameters.values())
    weight_like = sum(
        v.numel() for k, v in renamed.items() if k.endswith((".weight", ".bias")) and not k.startswith("groups.")
    )
    if total != weight_like:
        raise ValueError(f"the file has {weight_like} weights and the torch module {total}")
    return module.eval()


class Peer:
    def __init__(self):
        self.graph = None
        self.weights = None
        self.module = None
        self.inputs = None

    def open(self, question):
        self.module = self.inputs = None
        self.graph = onnx.load(question["file"]).graph
        if self.graph.name not in NETWORKS:
            return {"unknown": f"its graph is named '{self.graph.name}'; known are {', '.join(NETWORKS)}"}
        self.weights = {t.name: torch.from_numpy(onnx.numpy_helper.to_array(t).copy()) for t in self.graph.initializer}
        return {"torch": torch.__version__, "threads": torch.get_num_threads()}

    def answer(self, question):
        rows, width, condition = question["shape"]
        if self.module is None:
            self.module = load(NETWORKS[self.graph.name](self.weights, question["shape"]), self.weights)
        self.inputs = (
            torch.tensor(question["latent"]).reshape(1, rows, width),
            torch.tensor([question["level"]]),
            torch.tensor(question["condition"]).reshape(1, condition),
        )
        return {"prediction": self.module(*self.inputs).flatten().tolist()}

    def time(self, question):
        clock = time.perf_counter_ns
        stamps = [clock()]
        for _ in range(question["calls"]):
            self.module(*self.inputs)
            stamps.append(clock())
        return {"ns": [after - before for before, after in zip(stamps, stamps[1:])]}


def main():
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    peer = Peer()
    answers = {"open": peer.open, "answer": peer.answer, "time": peer.time}
    with torch.inference_mode():
        for line in sys.stdin:
            question = json.loads(line)
            print(json.dumps(answers[question["ask"]](question)), flush=True)


if __name__ == "__main__":
    main()
