"""Batch normalisation, layer normalisation, whitening."""
from dataclasses import dataclass
from typing import Callable

import torch

from .core import EPSILON, Fault, Rule, apart, normal, of_rule, short

COUNT = 6
UNBIASED = COUNT / (COUNT - 1)
ONES = torch.ones


def reduced(x):
    return [0, *range(2, x.dim())]


def along(channel, x):
    return channel.view(1, -1, *[1] * (x.dim() - 2))


def moments(x):
    centred = x - x.mean(reduced(x), keepdim=True)
    return centred, centred.square().mean(reduced(x), keepdim=True)


@dataclass
class Terms:
    g: torch.Tensor
    x: torch.Tensor
    centred: torch.Tensor
    n: torch.Tensor
    gamma: torch.Tensor
    beta: torch.Tensor

    @property
    def count(self):
        return self.x.numel() / self.x.shape[1]

    def sum(self, values):
        return values.sum(reduced(values))


@dataclass
class BatchNorm:
    """Right as it stands; each argument makes one mistake."""
    epsilon: float = EPSILON
    backward_epsilon: float | None = None
    outside: bool = False
    mean: float = 1
    variance: float = 1
    gamma: int = 1
    inverse: int = 1
    batch_only: bool = False
    over_everything: bool = False
    unbiased_forward: bool = False
    cotangent: Callable = lambda g: g
    input: Callable = lambda g: g
    weight: Callable = lambda t: t.sum(t.g * t.n)
    bias: Callable = lambda t: t.sum(t.g)
    saves: str = ""

    def rule(self):
        return Rule(self.forward, self.backward, self.save)

    def forward(self, x, gamma, beta):
        centred, variance = moments(x)
        count = x.numel() / x.shape[1]
        if self.unbiased_forward:
            variance = variance * (count / (count - 1))
        return centred * (variance + self.epsilon).rsqrt() * along(gamma, x) + along(beta, x)

    def save(self, x, gamma, beta):
        centred, variance = moments(x)
        inverse = (variance + self.epsilon).rsqrt()
        return x, gamma, beta, inverse, centred * inverse

    def backward(self, g, x, gamma, beta, saved_inverse, saved_normalized):
        centred, variance = moments(x)
        epsilon = self.epsilon if self.backward_epsilon is None else self.backward_epsilon
        inverse = 1 / (variance.sqrt() + epsilon) if self.outside else (variance + epsilon).rsqrt()
        if self.saves:
            inverse = saved_inverse
        n = saved_normalized if self.saves == "all" else centred * inverse
        t = Terms(self.cotangent(g), x, centred, n, gamma, beta)
        over = [0] if self.batch_only else reduced(x)
        mean = t.g.mean() if self.over_everything else t.g.mean(over, keepdim=True)
        result = t.g - mean * self.mean - n * (t.g * n).mean(over, keepdim=True) * self.variance
        if self.gamma:
            result = result * along(gamma, x).pow(self.gamma)
        if self.inverse:
            result = result * inverse.pow(self.inverse)
        return self.input(result), self.weight(t), self.bias(t)


def small():
    return normal(1, COUNT, 3)


def image():
    return normal(2, 3, 3, 2, 2)


def given():
    return apart(8, 3), normal(9, 3)


def fresh():
    return torch.ones(3, dtype=torch.float64), torch.zeros(3, dtype=torch.float64)


def bn(name, norm, x=small, parameters=given):
    return Fault("batch norm", name, lambda: (norm.rule(), (x(), *parameters())))


def of_output(t):
    return t.sum(t.g * (t.n * along(t.gamma, t.x) + along(t.beta, t.x)))


def times_gamma(t):
    return t.sum(t.g * t.n) * t.gamma


BATCH_NORM = [
    bn("mean term missing", BatchNorm(mean=0)),
    bn("mean term halved", BatchNorm(mean=0.5)),
    bn("mean term of the wrong sign", BatchNorm(mean=-1)),
    bn("mean term by n − 1", BatchNorm(mean=UNBIASED)),
    bn("variance term missing", BatchNorm(variance=0)),
    bn("variance term doubled", BatchNorm(variance=2)),
    bn("variance term halved", BatchNorm(variance=0.5)),
    bn("variance term of the wrong sign", BatchNorm(variance=-1)),
    bn("variance term by n − 1", BatchNorm(variance=UNBIASED)),
    bn("statistics taken for constants", BatchNorm(mean=0, variance=0)),
    bn("mean term missing, images", BatchNorm(mean=0), image),
    bn("variance term missing, images", BatchNorm(variance=0), image),
    bn("statistics taken for constants, images", BatchNorm(mean=0, variance=0), image),
    bn("variance term missing, new module", BatchNorm(variance=0), parameters=fresh),
    bn("mean term missing, N = C", BatchNorm(mean=0), lambda: normal(3, 3, 3)),
    bn("variance term missing, inputs near 1000", BatchNorm(variance=0), lambda: small() + 1000),
    bn("forward unbiased, backward biased", BatchNorm(unbiased_forward=True)),
    bn("γ missing", BatchNorm(gamma=0)),
    bn("γ missing, images", BatchNorm(gamma=0), image),
    bn("γ missing, new module", BatchNorm(gamma=0), parameters=fresh),
    bn("γ squared", BatchNorm(gamma=2)),
    bn("γ squared, new module", BatchNorm(gamma=2), parameters=fresh),
    bn("divided by γ", BatchNorm(gamma=-1)),
    bn("inverse deviation missing", BatchNorm(inverse=0)),
    bn("inverse deviation squared", BatchNorm(inverse=2)),
    bn("deviation in place of its inverse", BatchNorm(inverse=-1)),
    bn("sign of the input's gradient", BatchNorm(input=lambda g: -g)),
    bn("input's gradient doubled", BatchNorm(input=lambda g: g * 2)),
    bn("input's gradient averaged over the batch", BatchNorm(input=lambda g: g / COUNT)),
    bn("input's gradient by the unbiased deviation", BatchNorm(input=lambda g: g / UNBIASED ** 0.5)),
    bn("ε missing in backward", BatchNorm(backward_epsilon=0)),
    bn("ε outside of the root in backward", BatchNorm(outside=True)),
    bn("another ε in backward", BatchNorm(epsilon=1e-3, backward_epsilon=1e-5)),
    bn("ε missing in backward, images", BatchNorm(backward_epsilon=0), image),
    bn("ε missing in backward, variance of a million", BatchNorm(backward_epsilon=0), lambda: small() * 1000),
    bn("ε outside of the root in backward, small variance", BatchNorm(outside=True), lambda: small() * 0.01),
    bn("γ's gradient from the output", BatchNorm(weight=of_output)),
    bn("γ's gradient from the output, new module", BatchNorm(weight=of_output), parameters=fresh),
    bn("γ's gradient not divided by the deviation", BatchNorm(weight=lambda t: t.sum(t.g * t.centred))),
    bn("γ's gradient averaged", BatchNorm(weight=lambda t: t.sum(t.g * t.n) / t.count)),
    bn("γ's gradient times γ", BatchNorm(weight=times_gamma)),
    bn("γ's gradient times γ, new module", BatchNorm(weight=times_gamma), parameters=fresh),
    bn("β's gradient averaged", BatchNorm(bias=lambda t: t.sum(t.g) / t.count)),
    bn("β's gradient averaged, images", BatchNorm(bias=lambda t: t.sum(t.g) / t.count), image),
    bn("β's gradient times γ", BatchNorm(bias=lambda t: t.sum(t.g) * t.gamma)),
    bn("γ's and β's gradients swapped", BatchNorm(weight=lambda t: t.sum(t.g), bias=lambda t: t.sum(t.g * t.n))),
    bn("no gradient of β", BatchNorm(bias=lambda t: None)),
    bn("no gradient of γ", BatchNorm(weight=lambda t: None)),
    bn("γ's gradient is zero", BatchNorm(weight=lambda t: torch.zeros_like(t.gamma))),
    bn("no gradient of the input", BatchNorm(input=lambda g: None)),
    bn("sums over the batch only, images", BatchNorm(batch_only=True), image),
    bn("divided by N, not by N·H·W, images", BatchNorm(mean=4, variance=4), image),
    bn("mean term over all channels", BatchNorm(over_everything=True)),
    bn("β's gradient from the first pixel, images", BatchNorm(bias=lambda t: t.g[:, :, 0, 0].sum(0)), image),
    bn("γ's gradient from the first example, images", BatchNorm(weight=lambda t: (t.g * t.n)[0].sum([1, 2])), image),
    bn("β's gradient without the last example", BatchNorm(bias=lambda t: t.g[:COUNT - 1].sum(0))),
    bn("β's gradient over all channels", BatchNorm(bias=lambda t: t.g.sum().expand(3))),
    bn("incoming gradient ignored", BatchNorm(cotangent=torch.ones_like)),
    bn("incoming gradient ignored, images", BatchNorm(cotangent=torch.ones_like), image),
    bn("only the sign of the incoming gradient", BatchNorm(cotangent=torch.sign)),
    bn("incoming gradient clipped", BatchNorm(cotangent=lambda g: g.clamp(-0.25, 0.25))),
    bn("backward in float32", BatchNorm(input=short)),
]


def normalize(x):
    centred = x - x.mean(1, keepdim=True)
    inverse = (centred.square().mean(1, keepdim=True) + EPSILON).rsqrt()
    return centred * inverse, inverse


def right(g, n, s):
    return (g - g.mean(1, keepdim=True) - n * (g * n).mean(1, keepdim=True)) * s


def layer(name, gradients):
    """`gradients` gives those of x, γ and β from g, x̂, s, γ and β."""
    return of_rule("other norms", f"layer norm: {name}", lambda x, w, b: normalize(x)[0] * w + b,
                   lambda g, x, w, b: gradients(g, *normalize(x), w, b), lambda: (normal(53, 4, 5), apart(51, 5), normal(52, 5)))


def layer_input(name, gradient):
    return layer(name, lambda g, n, s, w, b: (gradient(g * w, n, s), (g * n).sum(0), g.sum(0)))


def whitening(name, mean=False, covariance=False):
    def whiten(x):
        mu = x.mean(0, keepdim=True)
        centred = x - mu
        c = centred.t() @ centred / x.shape[0] + torch.eye(x.shape[1], dtype=x.dtype) * EPSILON
        root = torch.linalg.cholesky(c.detach() if covariance else c)
        return torch.linalg.solve(root, (x - mu.detach() if mean else centred).t()).t()
    return Fault("other norms", f"whitening: {name}", lambda: (whiten, (normal(54, 6, 3),)))


def rms(x):
    return (x.square().mean(1, keepdim=True) + EPSILON).rsqrt()


def length(x):
    return x.square().sum(1, keepdim=True).sqrt()


def other(name, forward, backward):
    return of_rule("other norms", name, forward, backward, lambda: (apart(55, 4, 3),))


OTHERS = [
    layer_input("mean term missing", lambda g, n, s: (g - n * (g * n).mean(1, keepdim=True)) * s),
    layer_input("variance term missing", lambda g, n, s: (g - g.mean(1, keepdim=True)) * s),
    layer_input("statistics taken for constants", lambda g, n, s: g * s),
    layer_input("deviation missing", lambda g, n, s: right(g, n, 1)),
    layer_input("variance term by n − 1", lambda g, n, s: (g - g.mean(1, keepdim=True) - n * (g * n).sum(1, keepdim=True) / 4) * s),
    layer_input("averaged over the batch", lambda g, n, s: (g - g.mean(0, keepdim=True) - n * (g * n).mean(0, keepdim=True)) * s),
    layer_input("of the wrong sign", lambda g, n, s: -right(g, n, s)),
    layer("γ after the sums, as in batch norm", lambda g, n, s, w, b: (right(g, n, s) * w, (g * n).sum(0), g.sum(0))),
    layer("γ missing", lambda g, n, s, w, b: (right(g, n, s), (g * n).sum(0), g.sum(0))),
    layer("γ's gradient from the output", lambda g, n, s, w, b: (right(g * w, n, s), (g * (n * w + b)).sum(0), g.sum(0))),
    layer("γ's and β's gradients swapped", lambda g, n, s, w, b: (right(g * w, n, s), g.sum(0), (g * n).sum(0))),
    layer("γ's gradient averaged", lambda g, n, s, w, b: (right(g * w, n, s), (g * n).mean(0), g.sum(0))),
    layer("β's gradient from the first example", lambda g, n, s, w, b: (right(g * w, n, s), (g * n).sum(0), g[0])),
    whitening("covariance taken for a constant", covariance=True),
    whitening("mean taken for a constant", mean=True),
    whitening("mean and covariance taken for constants", mean=True, covariance=True),
    other("RMS norm: scale taken for a constant", lambda x: x * rms(x), lambda g, x: g * rms(x)),
    other("RMS norm: derivative of layer norm", lambda x: x * rms(x), lambda g, x: (g - g.mean(1, keepdim=True) - x * rms(x) * (g * x * rms(x)).mean(1, keepdim=True)) * rms(x)),
    other("unit length: projection missing", lambda x: x / length(x), lambda g, x: g / length(x)),
    other("unit length: projection not divided by the square", lambda x: x / length(x), lambda g, x: (g - x * (g * x).sum(1, keepdim=True)) / length(x)),
]

FAULTS = BATCH_NORM + OTHERS
