"""A network's passes with dropout masks that are given, and their mean and standard deviation."""
import torch
from torch.nn import functional

from .common import DTYPES, case, mask, numbers, step


def network_case(name, dtype, p, samples, batch=3, inputs=4, hidden=5, outputs=2):
    initial = {
        "linear1.weight": numbers(f"{name}/linear1.weight", (hidden, inputs), dtype), "linear1.bias": numbers(f"{name}/linear1.bias", (hidden,), dtype),
        "linear2.weight": numbers(f"{name}/linear2.weight", (outputs, hidden), dtype), "linear2.bias": numbers(f"{name}/linear2.bias", (outputs,), dtype),
    }
    x = numbers(f"{name}/input", (batch, inputs), dtype)
    masks = mask(f"{name}/mask", (samples, batch, hidden), p, dtype)
    passes = []
    for one in masks:
        features = torch.relu(functional.linear(x, initial["linear1.weight"], initial["linear1.bias"]))
        passes.append(functional.linear(features * (one / (1 - p)), initial["linear2.weight"], initial["linear2.bias"]))
    made = torch.stack(passes).double()
    tensors = {"input": x, "mask": masks}
    for label, value in (("mean", made.mean(0)), ("std", made.std(0)), ("std_biased", made.std(0, unbiased=False))):
        tensors[label] = value.to(x.dtype)
    return case(name, "formula", dtype, {"p": p, "samples": samples}, "train", initial, [step("train", tensors)])


def cases():
    return [network_case(f"monte_carlo_{samples}_passes", dtype, p, samples) for samples, p in ((2, 0.5), (12, 0.2)) for dtype in DTYPES]
