"""Dropout, and functions that remember, change what they are given, or look at who asks."""
import random

import torch

from .core import Fault, P, Rule, apart, normal


def kept(like):
    return torch.empty_like(like).bernoulli_(1 - P) / (1 - P)


def channels(like):
    return torch.empty(like.shape[0], like.shape[1], 1, dtype=like.dtype).bernoulli_(1 - P) / (1 - P)


def seeded(function):
    """As one has to write it for gradcheck, which doesn't hold the random numbers still."""
    def call(x):
        torch.manual_seed(1)
        return function(x)
    return call


def dropout(name, draw, backward):
    rule = Rule(lambda x, noise: x * noise, lambda g, x, noise: (backward(g, noise), None))
    return made("dropout", name, lambda: seeded(lambda x: rule(x, draw(x))), lambda: apart(81, 4, 3, 2))


def made(family, name, make, value):
    """The function is made anew for each check: it may keep something."""
    return Fault(family, name, lambda: (make(), (value(),)))


ALPHA = -1.7580993408473766
SCALE = ((1 - P) * (1 + P * ALPHA * ALPHA)) ** -0.5
alpha_rule = Rule(lambda x, keep: (x * keep + (1 - keep) * ALPHA) * SCALE - SCALE * ALPHA * P, lambda g, x, keep: (g * keep, None))


def mask(like, drops):
    return torch.tensor([0.0 if drops(i) else 1 / (1 - P) for i in range(like.numel())], dtype=like.dtype).view(like.shape)


def of_python_random():
    source = random.Random(1)
    return lambda x: x * mask(x, lambda i: source.random() < P)


def of_counter():
    calls = [0]

    def call(x):
        calls[0] += 1
        return x * mask(x, lambda i: (i + calls[0]) % 5 == 0)
    return call


def corrupting(x):
    x.detach().mul_(kept(x))
    return x * 1


DROPOUT = [
    dropout("new mask in backward", kept, lambda g, noise: g * kept(g)),
    dropout("another mask saved for backward", kept, lambda g, noise: g * noise.flip(0)),
    dropout("mask forgotten in backward", kept, lambda g, noise: g / (1 - P)),
    dropout("kept and dropped exchanged in backward", kept, lambda g, noise: g * (1 - noise * (1 - P)) / (1 - P)),
    dropout("scale missing in backward", kept, lambda g, noise: g * noise * (1 - P)),
    dropout("scale applied twice in backward", kept, lambda g, noise: g * noise / (1 - P)),
    dropout("scaled by 1/p in backward", kept, lambda g, noise: g * noise * (1 - P) / P),
    dropout("scaled by p in backward", kept, lambda g, noise: g * noise * (1 - P) * P),
    dropout("incoming gradient ignored", kept, lambda g, noise: noise),
    dropout("no gradient", kept, lambda g, noise: None),
    dropout("channels: a mask of elements in backward", channels, lambda g, noise: g * noise * kept(g)),
    dropout("channels: scale missing in backward", channels, lambda g, noise: g * noise * (1 - P)),
    dropout("channels: another example's mask", channels, lambda g, noise: g * noise.roll(1, 0)),
    dropout("Gaussian noise: drawn anew in backward", lambda x: torch.randn_like(x) * 0.5 + 1, lambda g, noise: g * (torch.randn_like(noise) * 0.5 + 1)),
    made("dropout", "alpha: factor missing in backward", lambda: seeded(lambda x: alpha_rule(x, torch.empty_like(x).bernoulli_(1 - P))), lambda: apart(81, 4, 3, 2)),
    made("dropout", "mask from System.Random", of_python_random, lambda: apart(81, 4, 3, 2)),
    made("dropout", "mask of the call's number", of_counter, lambda: apart(81, 4, 3, 2)),
    made("dropout", "input changed in place", lambda: seeded(corrupting), lambda: apart(81, 4, 3, 2)),
]


def counting():
    calls = [0]

    def call(x):
        calls[0] += 1
        return x.sin() * (1 + 1e-3 * (calls[0] - 1))
    return call


def remembering():
    previous = []

    def call(x):
        output = x.sin() + previous[-1] * 0.1 if previous else x.sin()
        previous.append(x.detach().clone())
        return output
    return call


def scaling():
    source = random.Random(5)
    return lambda x: x * (1 + source.random())


def running_mean():
    mean = [0.0]

    def call(x):
        mean[0] = 0.9 * mean[0] + 0.1 * x.mean().item()
        return (x - mean[0]).tanh()
    return call


def in_place(change):
    def call(x):
        with torch.no_grad():
            change(x.detach())
        return x.square()
    return call


def moving(change):
    def call(x, w):
        with torch.no_grad():
            change(w.detach())
        return x * w.detach().clone() + w * 0.3
    return call


def leaving():
    state = {"training": True}

    def call(x):
        output = x.sin() if state["training"] else x.clone()
        state["training"] = False
        return output
    return call


def overwrite(x):
    x[0, 0] = 0.5


def accumulating():
    sums = []

    def backward(g, x):
        gradient = g * x.cos() + (sums[-1] if sums else 0)
        sums.append(gradient.detach())
        return gradient
    return backward


def noisy():
    source = random.Random(7)
    return lambda g, x: g * x.cos() * (1 + source.random() * 1e-4)


def first_only():
    calls = [0]

    def backward(g, x):
        calls[0] += 1
        return g * x.cos() / calls[0]
    return backward


def contract(name, make):
    return made("contract", name, make, lambda: normal(102, 4, 3))


def rules(name, make):
    return made("contract", name, lambda: Rule(torch.sin, make()), lambda: normal(103, 4, 3))


def parameter(name, change):
    return Fault("contract", name, lambda: (moving(change), (normal(105, 4, 3), normal(104, 3))))


def asking(x):
    return x * 0.5 * (1 + (x * 0.8).tanh()) if x.requires_grad and torch.is_grad_enabled() else x * x.sigmoid()


def quiet(x):
    return x.exp() + torch.randn_like(x) * 0.1 if torch.is_grad_enabled() else x.exp()


CONTRACT = [
    contract("a hidden counter in forward", counting),
    contract("the previous input is mixed in", remembering),
    contract("a scale from System.Random", scaling),
    contract("a running mean kept in a field", running_mean),
    contract("input normalised in place", lambda: in_place(lambda x: x.sub_(x.mean()))),
    contract("input clamped in place", lambda: in_place(lambda x: x.clamp_(-0.5, 0.5))),
    contract("one value of the input overwritten", lambda: in_place(overwrite)),
    parameter("a parameter clamped by forward", lambda w: w.clamp_(-0.5, 0.5)),
    parameter("a parameter moved by every forward", lambda w: w.add_(0.01)),
    made("contract", "forward leaves the module in eval mode", leaving, lambda: normal(101, 4, 3)),
    contract("another formula where a gradient is asked for", lambda: asking),
    contract("no noise without a graph", lambda: seeded(quiet)),
    rules("gradients added to a buffer and returned", accumulating),
    rules("noise in backward", lambda: lambda g, x: g * x.cos() * (1 + torch.randn_like(x) * 1e-4)),
    rules("noise of System.Random in backward", noisy),
    rules("only the first backward is right", first_only),
    rules("incoming gradient scaled in place", lambda: lambda g, x: g.mul_(x.cos())),
    contract("NaN behind a mask", lambda: lambda x: torch.where(x > 0, x.sqrt(), torch.zeros_like(x))),
    contract("infinite slope times zero", lambda: lambda x: (x - x).sqrt() + x),
    rules("division by a difference that is 0", lambda: lambda g, x: g * x.cos() * (x - x) / (x - x)),
]

FAULTS = DROPOUT + CONTRACT
