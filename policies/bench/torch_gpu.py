"""Times one denoising step of the benchmark U-Nets in PyTorch on a GPU, for `./tactus policy gpu-check --torch`.

Usage: torch_gpu.py unet_66m|unet_5m cuda|cpu RUNS    writes one JSON object to standard output

The network is that of torch_peer.py, with random weights: this is about time alone. A run is what a robot's cycle is:
inputs go to the device, network and step run, the chunk comes back. float32 may use TF32, as ONNX Runtime's does.
"""

import json
import sys
import time
import types

import torch

try:
    import onnx  # noqa: F401
except ImportError:  # only torch_peer's reader of files needs it
    sys.modules["onnx"] = types.ModuleType("onnx")
    sys.modules["onnx.numpy_helper"] = types.ModuleType("onnx.numpy_helper")

from torch_peer import ConditionalUnet1d

WIDTHS = {"unet_5m": (64, 128, 256), "unet_66m": (256, 512, 1024)}
PARAMETERS = {"unet_5m": 5_412_162, "unet_66m": 65_783_298}
HORIZON, ACTION, CONDITION, EMBEDDING = 16, 2, 40, 256
ALPHA_BAR_0 = 0.99991
WARM_UP = 20


def network(name):
    widths = WIDTHS[name]
    names = {"level.frequencies": torch.rand(1, EMBEDDING // 2)}
    for i, width in enumerate(widths):
        names[f"down.{i}.0.block.0.conv.weight"] = torch.zeros(width, 1, 1)
        names[f"down.{i}.0.film.bias"] = torch.zeros(1)
    module = ConditionalUnet1d(names, (HORIZON, ACTION, CONDITION)).eval()
    found = sum(p.numel() for p in module.parameters())
    if found != PARAMETERS[name]:
        raise ValueError(f"{name} has {found} parameters here and {PARAMETERS[name]} in Java")
    return module


class Step:
    """Real-time iteration's last step, on inputs and an output that stay where they are."""

    def __init__(self, module, device, dtype):
        self.module = module.to(device=device, dtype=dtype)
        self.module.frequencies = self.module.frequencies.to(device)  # no parameter, so it does not follow
        self.host = [torch.randn(1, HORIZON, ACTION), torch.randn(1, CONDITION)]
        if device == "cuda":
            self.host = [tensor.pin_memory() for tensor in self.host]
        self.device = [tensor.to(device) for tensor in self.host]
        self.level = torch.zeros(1, dtype=torch.int64, device=device)
        self.dtype = dtype
        self.result = None

    def run(self):
        latent, condition = self.device
        with torch.autocast(latent.device.type, dtype=self.dtype, enabled=self.dtype != torch.float32):
            prediction = self.module(latent, self.level, condition).float()
        clean = (latent - (1 - ALPHA_BAR_0) ** 0.5 * prediction) / ALPHA_BAR_0**0.5
        self.result = clean.clamp(-1, 1)

    def cycle(self, body):
        for device, host in zip(self.device, self.host):
            device.copy_(host, non_blocking=True)
        body()
        return self.result.cpu()


def timed(step, body, runs):
    for _ in range(WARM_UP):
        step.cycle(body)
    us = []
    for _ in range(runs):
        start = time.perf_counter_ns()
        step.cycle(body)
        us.append((time.perf_counter_ns() - start) / 1e3)
    us.sort()
    return us[len(us) // 2], us[min(len(us) - 1, int(0.99 * len(us)))]


def record(step):
    """The step as a CUDA graph."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            step.run()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step.run()
    return graph.replay


def main():
    name, device, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if device == "cpu":
        torch.set_num_threads(1)
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.backends.cudnn.allow_tf32 = True
    answer = {"torch": torch.__version__}
    if device == "cuda":
        answer["gpu"] = torch.cuda.get_device_name()
    dtypes = {"float32": torch.float32}
    if device == "cuda":
        dtypes["float16"] = torch.float16
    with torch.inference_mode():
        for precision, dtype in dtypes.items():
            step = Step(network(name), device, dtype)
            times = {}
            times["eager_p50_us"], times["eager_p99_us"] = timed(step, step.run, runs)
            if device == "cuda":
                times["recorded_p50_us"], times["recorded_p99_us"] = timed(step, record(step), runs)
            answer[precision] = times
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
