"""Affine layers, convolutions, pooling, losses, reductions."""
import torch
import torch.nn.functional as F

from .core import apart, distinct, normal, of_rule, short


def affine(name, square, backward):
    """`backward` gives the gradients of x, W and b from g, x and W."""
    outputs = 3 if square else 2
    return of_rule("affine", name, lambda x, w, b: x @ w.t() + b, lambda g, x, w, b: backward(g, x, w),
                   lambda: (normal(31, 3, 3) if square else normal(32, 4, 3), normal(33, outputs, 3), normal(34, outputs)))


AFFINE = [
    affine("W's gradient transposed, N = in = out", True, lambda g, x, w: (g @ w, x.t() @ g, g.sum(0))),
    affine("x's gradient by the transposed W, in = out", True, lambda g, x, w: (g @ w.t(), g.t() @ x, g.sum(0))),
    affine("W's gradient in the wrong order, N = in = out", True, lambda g, x, w: (g @ w, g @ x, g.sum(0))),
    affine("b's gradient averaged", False, lambda g, x, w: (g @ w, g.t() @ x, g.mean(0))),
    affine("W's gradient averaged", False, lambda g, x, w: (g @ w, g.t() @ x / 4, g.sum(0))),
    affine("b's gradient from the first example", False, lambda g, x, w: (g @ w, g.t() @ x, g[0])),
    affine("b's gradient over examples in place of outputs, N = out", True, lambda g, x, w: (g @ w, g.t() @ x, g.sum(1))),
    affine("W's gradient from the last example", False, lambda g, x, w: (g @ w, g[3].outer(x[3]), g.sum(0))),
    affine("no gradient of b", False, lambda g, x, w: (g @ w, g.t() @ x, None)),
    affine("no gradient of x", False, lambda g, x, w: (None, g.t() @ x, g.sum(0))),
    affine("zeros for W", False, lambda g, x, w: (g @ w, torch.zeros_like(w), g.sum(0))),
    affine("incoming gradient ignored", False, lambda g, x, w: (torch.ones_like(g) @ w, torch.ones_like(g).t() @ x, torch.ones_like(g).sum(0))),
    affine("decay added to W's gradient", False, lambda g, x, w: (g @ w, g.t() @ x + w * 0.01, g.sum(0))),
    affine("W's gradient of the wrong sign", False, lambda g, x, w: (g @ w, -g.t() @ x, g.sum(0))),
    affine("W's gradient in float32", False, lambda g, x, w: (g @ w, (g.float().t() @ x.float()).double(), g.sum(0))),
]


def to_input(g, w):
    return F.conv_transpose1d(g, w, padding=1)


def to_weight(g, x):
    return F.conv1d(x.transpose(0, 1), g.transpose(0, 1), padding=1).transpose(0, 1)


def inner(g):
    ones = torch.ones_like(g)
    ones[:, :, 0] = 0
    ones[:, :, -1] = 0
    return ones


def convolve(name, backward):
    return of_rule("convolution", name, lambda x, w, b: F.conv1d(x, w, b, padding=1), lambda g, x, w, b: backward(g, x, w),
                   lambda: (normal(35, 2, 2, 5), normal(36, 2, 2, 3), normal(37, 2)))


def pool(name, forward, backward):
    return of_rule("convolution", name, forward, backward, lambda: (distinct(38, 2, 2, 6),))


CONVOLUTION = [
    convolve("kernel turned round for x", lambda g, x, w: (to_input(g, w.flip(2)), to_weight(g, x), g.sum([0, 2]))),
    convolve("channels of W exchanged for x", lambda g, x, w: (to_input(g, w.transpose(0, 1)), to_weight(g, x), g.sum([0, 2]))),
    convolve("W's gradient turned round", lambda g, x, w: (to_input(g, w), to_weight(g, x).flip(2), g.sum([0, 2]))),
    convolve("W's gradient from the first example", lambda g, x, w: (to_input(g, w), to_weight(g[:1], x[:1]), g.sum([0, 2]))),
    convolve("W's gradient averaged", lambda g, x, w: (to_input(g, w), to_weight(g, x) / 2, g.sum([0, 2]))),
    convolve("b's gradient over the batch only", lambda g, x, w: (to_input(g, w), to_weight(g, x), g.sum(0)[:, 0])),
    convolve("b's gradient averaged over positions", lambda g, x, w: (to_input(g, w), to_weight(g, x), g.sum([0, 2]) / 5)),
    convolve("border positions forgotten", lambda g, x, w: (to_input(g * inner(g), w), to_weight(g, x), g.sum([0, 2]))),
    convolve("W's gradient shifted by one tap", lambda g, x, w: (to_input(g, w), to_weight(g, x).roll(1, 2), g.sum([0, 2]))),
    pool("average pooling: not divided", lambda x: F.avg_pool1d(x, 2), lambda g, x: g.repeat_interleave(2, -1)),
    pool("average pooling: divided by the wrong number", lambda x: F.avg_pool1d(x, 2), lambda g, x: g.repeat_interleave(2, -1) / 4),
    pool("max pooling: to the first of each window", lambda x: F.max_pool1d(x, 2), lambda g, x: torch.stack([g, torch.zeros_like(g)], -1).flatten(-2)),
    pool("max pooling: to all of a window", lambda x: F.max_pool1d(x, 2), lambda g, x: g.repeat_interleave(2, -1)),
    pool("max pooling: shared by a window", lambda x: F.max_pool1d(x, 2), lambda g, x: g.repeat_interleave(2, -1) / 2),
]


def one(family, name, forward, backward):
    return of_rule(family, name, forward, backward, lambda: (apart(41, 4, 3),))


def two(name, forward, backward):
    return of_rule("losses", name, forward, backward, lambda: (apart(42, 4, 3), apart(45, 4, 3) * 0.5))


def soft(x, dim=-1):
    return torch.softmax(x, dim)


def one_hot():
    return F.one_hot(torch.tensor([0, 2, 1, 2]), 3).double()


def entropy(x):
    return -(F.log_softmax(x, -1) * one_hot()).sum() / 4


def squared(a, b):
    return (a - b).square().mean()


LOSSES = [
    one("losses", "softmax: only p·g", soft, lambda g, x: g * soft(x)),
    one("losses", "softmax: only the diagonal", soft, lambda g, x: g * soft(x) * (1 - soft(x))),
    one("losses", "softmax: summed over the batch", soft, lambda g, x: soft(x) * (g - (g * soft(x)).sum(0, keepdim=True))),
    one("losses", "softmax: sum without p", soft, lambda g, x: soft(x) * (g - g.sum(1, keepdim=True))),
    one("losses", "log softmax: sum without p", lambda x: F.log_softmax(x, -1), lambda g, x: g - g.mean(1, keepdim=True)),
    one("losses", "log softmax: sum missing", lambda x: F.log_softmax(x, -1), lambda g, x: g),
    one("losses", "log-sum-exp: shared equally", lambda x: x.logsumexp(-1), lambda g, x: g.unsqueeze(-1).expand_as(x) / 3),
    one("losses", "log-sum-exp: e^x not divided", lambda x: x.logsumexp(-1), lambda g, x: g.unsqueeze(-1) * x.exp()),
    one("losses", "cross-entropy: not averaged over the batch", entropy, lambda g, x: g * (soft(x) - one_hot())),
    one("losses", "cross-entropy: averaged over classes too", entropy, lambda g, x: g * (soft(x) - one_hot()) / 12),
    one("losses", "cross-entropy: incoming gradient ignored", entropy, lambda g, x: (soft(x) - one_hot()) / 4),
    one("losses", "cross-entropy: target not subtracted", entropy, lambda g, x: g * soft(x) / 4),
    one("losses", "cross-entropy: sign", entropy, lambda g, x: g * (one_hot() - soft(x)) / 4),
    one("losses", "cross-entropy: classes off by one", entropy, lambda g, x: g * (soft(x) - one_hot().roll(1, 1)) / 4),
    one("losses", "cross-entropy: softmax over the batch", entropy, lambda g, x: g * (soft(x, 0) - one_hot()) / 4),
    two("squared error: 2 missing", squared, lambda g, a, b: (g * (a - b) / 12, g * (b - a) / 12)),
    two("squared error: sum for mean", squared, lambda g, a, b: (g * (a - b) * 2, g * (b - a) * 2)),
    two("squared error: sign of the target", squared, lambda g, a, b: (g * (a - b) / 6, g * (a - b) / 6)),
    two("squared error: averaged over the batch only", squared, lambda g, a, b: (g * (a - b) / 2, g * (b - a) / 2)),
    two("absolute error: difference for its sign", lambda a, b: (a - b).abs().mean(), lambda g, a, b: (g * (a - b) / 12, g * (b - a) / 12)),
    two("binary cross-entropy: logits taken for probabilities", lambda a, b: F.binary_cross_entropy_with_logits(a, b.sigmoid()), lambda g, a, b: (g * (a - b.sigmoid()) / 12, -g * a * b.sigmoid() * (1 - b.sigmoid()) / 12)),
    two("huber: slope not bounded", F.huber_loss, lambda g, a, b: (g * (a - b) / 12, g * (b - a) / 12)),
    two("Kullback-Leibler: +1 missing", lambda a, b: (a.exp() * (a - b)).sum(), lambda g, a, b: (g * a.exp() * (a - b), -g * a.exp())),
]

REDUCTIONS = [
    one("reductions", "mean: not divided", lambda x: x.mean(0), lambda g, x: g.expand_as(x)),
    one("reductions", "sum: divided", lambda x: x.sum(0), lambda g, x: g.expand_as(x) / 4),
    one("reductions", "sum: only the first gets a gradient", lambda x: x.sum(0), lambda g, x: torch.cat([g.unsqueeze(0), torch.zeros_like(x)[1:]])),
    one("reductions", "variance: divided by n, not n − 1", lambda x: x.var(0), lambda g, x: g * (x - x.mean(0, keepdim=True)) * 2 / 4),
    one("reductions", "variance: not centred", lambda x: x.var(0, unbiased=False), lambda g, x: g * x / 2),
    one("reductions", "deviation: not divided by itself", lambda x: x.var(0, unbiased=False).sqrt(), lambda g, x: g * (x - x.mean(0, keepdim=True)) / 4),
    one("reductions", "norm: not divided by itself", lambda x: x.square().sum().sqrt(), lambda g, x: g * x),
    one("reductions", "norm of rows: not divided by itself", lambda x: x.square().sum(1).sqrt(), lambda g, x: g.unsqueeze(1) * x),
    one("reductions", "product: not divided by the factor", lambda x: x.prod(1), lambda g, x: (g * x.prod(1)).unsqueeze(1).expand_as(x)),
    one("reductions", "running sum: not turned round", lambda x: x.cumsum(0), lambda g, x: g.cumsum(0)),
    one("reductions", "running sum: off by one", lambda x: x.cumsum(0), lambda g, x: g.flip(0).cumsum(0).flip(0) - g),
    one("reductions", "maximum: to the minimum", lambda x: x.amax(1), lambda g, x: g.unsqueeze(1) * (x == x.amin(1, keepdim=True))),
    one("reductions", "maximum: to everything", lambda x: x.amax(1), lambda g, x: g.unsqueeze(1).expand_as(x)),
]

FAULTS = AFFINE + CONVOLUTION + LOSSES + REDUCTIONS
