"""torch.nn.init from a seed: the only numbers here that come from torch's random stream, for that is what is compared."""
import torch
from torch.nn import init

from .common import DTYPES, case, dtype_of, step

# Fewer numbers than 16, and more, are drawn by different code of PyTorch's.
SHAPES = ((4, 3), (5, 2, 3))
SEED = 7


def initializers_of():
    return {
        "normal_": lambda tensor: init.normal_(tensor, 0, 0.01),
        "uniform_": lambda tensor: init.uniform_(tensor, -0.01, 0.01),
        "xavier_normal_": lambda tensor: init.xavier_normal_(tensor, 5 / 3),
        "xavier_uniform_": lambda tensor: init.xavier_uniform_(tensor, 5 / 3),
        "kaiming_normal_": init.kaiming_normal_,
        "kaiming_uniform_": init.kaiming_uniform_,
        "kaiming_normal_ for tanh by fan_out": lambda tensor: init.kaiming_normal_(tensor, mode="fan_out", nonlinearity="tanh"),
        "kaiming_uniform_ of slope 0.2 by fan_out": lambda tensor: init.kaiming_uniform_(tensor, a=0.2, mode="fan_out"),
        "constant_": lambda tensor: init.constant_(tensor, 0.01),
        "zeros_": init.zeros_,
    }


def cases():
    made = []
    for name, fill in initializers_of().items():
        for shape in SHAPES:
            for dtype in DTYPES:
                tensor = torch.empty(shape, dtype=dtype_of(dtype))
                torch.manual_seed(SEED)
                fill(tensor)
                after = torch.rand(2, dtype=torch.float64)
                label = "x".join(map(str, shape))
                made.append(case(f"{name}, {label}", name, dtype, {"seed": SEED, "shape": list(shape)}, "train", {}, [step("train", {"output": tensor, "random_afterwards": after})]))
    return made
