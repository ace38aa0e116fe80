"""The U-Net of Diffusion Policy (Chi et al., IJRR 2024) over one chunk: as an ONNX graph, and in float64 with NumPy.

Both walk the same structure (`unet`) with other operators. Weights are known by these names, N counting levels:

    level.0, level.2                                   the embedded level's two linear layers
    down.N.0, down.N.1, mid.0, mid.1, up.N.0, up.N.1   residual blocks: block.0 and block.1 (conv, norm), film, residual
    down.N.2, up.N.2                                   halving and doubling the rows
    final.0 (conv, norm), final.1

Both projects normalise the final block over 8 groups, whatever the configuration says of the others.
"""

import math

import numpy
import onnx
from onnx import TensorProto, helper

from . import CannotExport

OPSET = 17
IR_VERSION = 8
PRODUCER = "tactus export_policy"
EPSILON = 1e-5
FINAL_GROUPS = 8


def shapes(weights):
    """Sizes that the weights imply: D, C, size of the embedding, number of levels."""
    action = weights["down.0.0.block.0.conv.weight"].shape[1]
    embedding = weights["level.0.weight"].shape[1]
    condition = weights["mid.0.film.weight"].shape[1] - embedding
    levels = 0
    while f"down.{levels}.0.film.weight" in weights:
        levels += 1
    return action, condition, embedding, levels


def check(weights, horizon, where):
    """Every weight of the structure is there and none is left over; the rows can be halved."""
    levels = shapes(weights)[3]
    expected = {"level.0", "level.2", "final.0.conv", "final.0.norm", "final.1"}
    blocks = [f"{part}.{i}.{j}" for i in range(levels) for part in ("down", "up") for j in (0, 1)]
    blocks = [b for b in blocks if not b.startswith(f"up.{levels - 1}.")] + ["mid.0", "mid.1"]
    expected |= {f"{part}.{i}.2" for i in range(levels - 1) for part in ("down", "up")}
    for block in blocks:
        expected |= {f"{block}.film"} | {f"{block}.block.{i}.{part}" for i in (0, 1) for part in ("conv", "norm")}
        if f"{block}.residual.weight" in weights:
            expected.add(f"{block}.residual")
    found = set(weights)
    wanted = {f"{name}.{kind}" for name in expected for kind in ("weight", "bias")}
    if found != wanted:
        raise CannotExport(
            f"{where}: not the U-Net that can be exported; missing are {sorted(wanted - found)[:4]}, not understood are"
            f" {sorted(found - wanted)[:4]}"
        )
    if horizon % 2 ** (levels - 1):
        raise CannotExport(f"{where}: a horizon of {horizon} rows cannot be halved {levels - 1} times")


def unet(ops, weights, groups, latent, level, condition, horizon):
    """The network with the operators of `ops`; latent and result are [D, H] (with a batch in front in the graph)."""
    _, _, embedding, levels = shapes(weights)
    half = embedding // 2
    step = numpy.float32(-math.log(10000) / (half - 1))
    frequencies = numpy.exp(numpy.arange(half, dtype=numpy.float32) * step)
    time = ops.linear("level.0", ops.sinusoids(level, frequencies))
    time = ops.linear("level.2", ops.mish(time))
    feature = ops.mish(ops.concat(time, condition))

    def block(name, x, rows, groups=groups):
        return ops.mish(ops.norm(f"{name}.norm", ops.conv(f"{name}.conv", x, 1), rows, groups))

    def residual(name, x, rows):
        channels = weights[f"{name}.block.0.conv.bias"].shape[0]
        film = ops.linear(f"{name}.film", feature)
        h = ops.film(block(f"{name}.block.0", x, rows), film, channels, weights[f"{name}.film.bias"].shape[0])
        h = block(f"{name}.block.1", h, rows)
        return ops.add(h, ops.conv(f"{name}.residual", x, 1) if f"{name}.residual.weight" in weights else x)

    x, rows, skips = latent, horizon, []
    for i in range(levels):
        x = residual(f"down.{i}.1", residual(f"down.{i}.0", x, rows), rows)
        skips.append(x)
        if i < levels - 1:
            x, rows = ops.conv(f"down.{i}.2", x, 2), rows // 2
    x = residual("mid.1", residual("mid.0", x, rows), rows)
    for i in range(levels - 1):
        x = ops.concat(x, skips.pop())
        x = residual(f"up.{i}.1", residual(f"up.{i}.0", x, rows), rows)
        x, rows = ops.double(f"up.{i}.2", x), rows * 2
    return ops.conv("final.1", block("final.0", x, rows, FINAL_GROUPS), 1)


class Numpy:
    """Operators on float64 arrays [channels, rows] and [features]."""

    def __init__(self, weights):
        self.weights = {name: value.astype(numpy.float64) for name, value in weights.items()}

    def sinusoids(self, level, frequencies):
        phase = level * frequencies.astype(numpy.float64)
        return numpy.concatenate([numpy.sin(phase), numpy.cos(phase)])

    def linear(self, name, x):
        return self.weights[f"{name}.weight"] @ x + self.weights[f"{name}.bias"]

    def mish(self, x):
        return x * numpy.tanh(numpy.logaddexp(0, x))

    def concat(self, a, b):
        return numpy.concatenate([a, b])

    def add(self, a, b):
        return a + b

    def film(self, x, film, channels, size):
        if size == channels:
            return x + film[:, None]
        return film[:channels, None] * x + film[channels:, None]

    def conv(self, name, x, stride):
        weight = self.weights[f"{name}.weight"]
        kernel = weight.shape[2]
        padded = numpy.pad(x, ((0, 0), (kernel // 2, kernel // 2)))
        windows = numpy.lib.stride_tricks.sliding_window_view(padded, kernel, axis=1)[:, ::stride]
        return numpy.einsum("oik,ihk->oh", weight, windows, optimize=True) + self.weights[f"{name}.bias"][:, None]

    def double(self, name, x):
        weight = self.weights[f"{name}.weight"]
        rows = x.shape[1]
        wide = numpy.zeros((weight.shape[1], 2 * rows + 2))
        for k in range(4):
            wide[:, k : k + 2 * rows : 2] += weight[:, :, k].T @ x
        return wide[:, 1:-1] + self.weights[f"{name}.bias"][:, None]

    def norm(self, name, x, rows, groups):
        grouped = x.reshape(groups, -1)
        mean, variance = grouped.mean(1, keepdims=True), grouped.var(1, keepdims=True)
        normal = ((grouped - mean) / numpy.sqrt(variance + EPSILON)).reshape(x.shape)
        return normal * self.weights[f"{name}.weight"][:, None] + self.weights[f"{name}.bias"][:, None]


class Graph:
    """Operators that add nodes to an ONNX graph; values are names."""

    def __init__(self, weights):
        self.nodes = []
        self.initializers = []
        self.weights = {name: value.astype(numpy.float32) for name, value in weights.items()}

    def constant(self, name, value, kind=numpy.float32):
        if all(known.name != name for known in self.initializers):
            self.initializers.append(onnx.numpy_helper.from_array(numpy.ascontiguousarray(value, dtype=kind), name))
        return name

    def parameter(self, name, shape=None):
        value = self.weights[name]
        return self.constant(name, value if shape is None else value.reshape(shape))

    def node(self, operator, *inputs, **attributes):
        name = f"{operator.lower()}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name, **attributes))
        return name

    def sinusoids(self, level, frequencies):
        as_float = self.node("Cast", level, to=TensorProto.FLOAT)
        column = self.node("Unsqueeze", as_float, self.constant("last_axis", [1], numpy.int64))
        phase = self.node("Mul", column, self.constant("frequencies", frequencies[None]))
        return self.concat(self.node("Sin", phase), self.node("Cos", phase))

    def linear(self, name, x):
        return self.node("Gemm", x, self.parameter(f"{name}.weight"), self.parameter(f"{name}.bias"), transB=1)

    def mish(self, x):
        return self.node("Mul", x, self.node("Tanh", self.node("Softplus", x)))

    def concat(self, a, b):
        return self.node("Concat", a, b, axis=1)

    def add(self, a, b):
        return self.node("Add", a, b)

    def film(self, x, film, channels, size):
        column = self.node("Unsqueeze", film, self.constant("row_axis", [2], numpy.int64))
        if size == channels:
            return self.add(x, column)
        ends = [self.constant(f"at.{n}", [n], numpy.int64) for n in (0, channels, 2 * channels)]
        axis = self.constant("channel_axis", [1], numpy.int64)
        scaled = self.node("Mul", x, self.node("Slice", column, ends[0], ends[1], axis))
        return self.add(scaled, self.node("Slice", column, ends[1], ends[2], axis))

    def conv(self, name, x, stride):
        kernel = self.weights[f"{name}.weight"].shape[2]
        return self.slide("Conv", name, x, kernel, stride, kernel // 2)

    def double(self, name, x):
        return self.slide("ConvTranspose", name, x, 4, 2, 1)

    def slide(self, operator, name, x, kernel, stride, padding):
        weight, bias = self.parameter(f"{name}.weight"), self.parameter(f"{name}.bias")
        return self.node(operator, x, weight, bias, kernel_shape=[kernel], strides=[stride], pads=[padding] * 2)

    def norm(self, name, x, rows, groups):
        channels = self.weights[f"{name}.weight"].shape[0]
        grouped = self.node("Reshape", x, self.constant(f"groups.{groups}", [0, groups, -1], numpy.int64))
        scale = self.constant(f"groups.{groups}.scale", numpy.ones(groups))
        bias = self.constant(f"groups.{groups}.bias", numpy.zeros(groups))
        normal = self.node("InstanceNormalization", grouped, scale, bias, epsilon=EPSILON)
        back = self.node("Reshape", normal, self.constant(f"rows.{channels}.{rows}", [0, channels, rows], numpy.int64))
        scaled = self.node("Mul", back, self.parameter(f"{name}.weight", (-1, 1)))
        return self.add(scaled, self.parameter(f"{name}.bias", (-1, 1)))


def graph(weights, groups, horizon):
    """The bytes of model.onnx: latent [B,H,D], timestep int64 [B], condition [B,C] -> prediction [B,H,D]."""
    action, condition, _, _ = shapes(weights)
    ops = Graph(weights)
    latent = ops.node("Transpose", "latent", perm=[0, 2, 1])
    result = unet(ops, weights, groups, latent, "timestep", "condition", horizon)
    ops.nodes.append(helper.make_node("Transpose", [result], ["prediction"], "prediction", perm=[0, 2, 1]))
    chunk = ["batch", horizon, action]
    model = helper.make_model(
        helper.make_graph(
            ops.nodes,
            "conditional_unet_1d",
            [
                helper.make_tensor_value_info("latent", TensorProto.FLOAT, chunk),
                helper.make_tensor_value_info("timestep", TensorProto.INT64, ["batch"]),
                helper.make_tensor_value_info("condition", TensorProto.FLOAT, ["batch", condition]),
            ],
            [helper.make_tensor_value_info("prediction", TensorProto.FLOAT, chunk)],
            ops.initializers,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name=PRODUCER,
        ir_version=IR_VERSION,
    )
    onnx.checker.check_model(model)
    return model.SerializeToString()


def predict(weights, groups, latent, level, condition):
    """The prediction [H, D] for a latent [H, D] in float64."""
    return unet(Numpy(weights), weights, groups, latent.T, level, condition, latent.shape[0]).T
