"""What the planted faults are made of: functions with a gradient of their own, and the values to check them at.

The same faults, by the same names and at the same values, are in the C# files of the folder above.
"""
from dataclasses import dataclass, field
from typing import Callable

import torch

P = 0.3
EPSILON = 1e-5


@dataclass
class Fault:
    family: str
    name: str
    make: Callable                       # () -> (function, inputs)
    order: int = 1

    @property
    def title(self):
        return f"{self.family}: {self.name}"


class _Rule(torch.autograd.Function):
    @staticmethod
    def forward(ctx, rule, *inputs):
        ctx.rule = rule
        saved = rule.save(*inputs)
        ctx.save_for_backward(*saved)
        return rule.forward(*inputs)

    @staticmethod
    def backward(ctx, gradient):
        gradients = ctx.rule.backward(gradient, *ctx.saved_tensors)
        return (None, *(gradients if isinstance(gradients, tuple) else (gradients,)))


@dataclass
class Rule:
    """A function and a gradient for it. Backward is given what was saved: the inputs, unless `save` says otherwise."""
    forward: Callable
    backward: Callable
    save: Callable = field(default=lambda *inputs: inputs)

    def __call__(self, *inputs):
        return _Rule.apply(self, *inputs)


def normal(seed, *shape):
    return torch.randn(shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def uniform(seed, low, high, *shape):
    return torch.rand(shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed)) * (high - low) + low


def apart(seed, *shape):
    """Of a magnitude between 0.2 and 2 and of either sign."""
    return uniform(seed, 0.2, 2, *shape) * ((normal(seed + 1, *shape) < 0).double() * 2 - 1)


def distinct(seed, *shape):
    """No ties, and none near."""
    return (torch.argsort(normal(seed, torch.Size(shape).numel())).double() * 0.37 - 1.1).reshape(shape)


def matrix(seed, *shape):
    return normal(seed, *shape) * 0.4 + torch.eye(shape[-1], dtype=torch.float64) * 3


def complex_values(seed, *shape):
    return torch.complex(normal(seed, *shape), normal(seed + 1, *shape))


def short(values):
    """With the digits of float32 only."""
    return values.float().double()


def of_rule(family, name, forward, backward, inputs, order=1, save=None):
    rule = Rule(forward, backward) if save is None else Rule(forward, backward, save)
    return Fault(family, name, lambda: (rule, inputs()), order)
