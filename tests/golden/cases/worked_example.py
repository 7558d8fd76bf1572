"""The worked example of the study notes: the numbers 1 to 20 as one channel, without epsilon."""
import torch
from torch import nn

from .common import case, copy, step


def cases():
    x = torch.arange(1, 21, dtype=torch.float64)
    mean, var = x.mean(), x.var(unbiased=False)
    normalized = (x - mean) / var.sqrt()
    formula = {
        "input": x, "mean": mean, "variance": var, "std": var.sqrt(), "unbiased_variance": x.var(unbiased=True),
        "normalized": normalized, "normalized_mean": normalized.mean(), "normalized_variance": normalized.var(unbiased=False),
        # The book's running statistics after one step: both start at 0 and move by a tenth, the variance by the biased one.
        "book_running_mean": 0.1 * mean, "book_running_var": 0.1 * var,
    }
    module = nn.BatchNorm1d(1, eps=0.0, dtype=torch.float64)
    initial = {k: copy(v) for k, v in module.state_dict().items()}
    column = x.reshape(20, 1)
    output = module(column)
    after = {k: copy(v) for k, v in module.state_dict().items() if k not in ("weight", "bias")}
    config = {"num_features": 1, "eps": 0.0, "momentum": 0.1, "affine": True, "track_running_stats": True, "input_layout": "contiguous"}
    return [
        case("arange_1_21_formula", "formula", "float64", {"eps": 0.0, "momentum": 0.1}, "train", {}, [step("train", formula)]),
        case("arange_1_21_batchnorm1d", "BatchNorm1d", "float64", config, "train", initial,
             [step("train", {"input": column, "output": copy(output), **after})], printed=repr(module)),
    ]
