"""Matrices, complex numbers, graphs cut in the wrong place, second derivatives."""
import torch

from .core import Fault, Rule, apart, complex_values, matrix, normal, of_rule
from .norms import BatchNorm


def one(name, forward, backward):
    return of_rule("matrices", name, forward, backward, lambda: (matrix(61, 3, 3),))


def two(name, forward, backward):
    return of_rule("matrices", name, forward, backward, lambda: (matrix(62, 3, 3), matrix(63, 3, 3)))


def between(x, g):
    return x.inverse().t() @ g @ x.inverse().t()


solve = torch.linalg.solve

MATRICES = [
    two("product: B's gradient transposed", torch.matmul, lambda g, a, b: (g @ b.t(), g.t() @ a)),
    two("product: gradients swapped", torch.matmul, lambda g, a, b: (a.t() @ g, g @ b.t())),
    two("product: B not transposed", torch.matmul, lambda g, a, b: (g @ b, a.t() @ g)),
    two("product: order turned round", torch.matmul, lambda g, a, b: (b.t() @ g, a.t() @ g)),
    two("product: B's gradient doubled", torch.matmul, lambda g, a, b: (g @ b.t(), a.t() @ g * 2)),
    one("inverse: sign missing", torch.inverse, lambda g, x: between(x, g)),
    one("inverse: transposed", torch.inverse, lambda g, x: -between(x, g).t()),
    one("inverse: factors not transposed", torch.inverse, lambda g, x: -x.inverse() @ g @ x.inverse()),
    one("inverse: one factor forgotten", torch.inverse, lambda g, x: -x.inverse().t() @ g),
    one("determinant: inverse not transposed", torch.det, lambda g, x: g * x.det() * x.inverse()),
    one("determinant: determinant forgotten", torch.det, lambda g, x: g * x.inverse().t()),
    one("log-determinant: inverse not transposed", torch.logdet, lambda g, x: g * x.inverse()),
    one("X·Xᵀ: one term only", lambda x: x @ x.t(), lambda g, x: g @ x),
    one("trace: gradient not on the diagonal", torch.trace, lambda g, x: g.expand_as(x)),
    one("transpose: not transposed back", lambda x: x.t().contiguous(), lambda g, x: g),
    one("triangle: the other one", torch.tril, lambda g, x: g.triu()),
    one("triangle: diagonal forgotten", torch.tril, lambda g, x: g.tril(-1)),
    two("solve: b's gradient by A, not Aᵀ", solve, lambda g, a, b: (-solve(a.t(), g) @ solve(a, b).t(), solve(a, g))),
    two("solve: A's gradient without its sign", solve, lambda g, a, b: (solve(a.t(), g) @ solve(a, b).t(), solve(a.t(), g))),
    two("quadratic form: not made symmetric", lambda a, b: (a * (b @ a)).sum(), lambda g, a, b: (g * (b @ a) * 2, g * (a @ a.t()))),
]


def of_complex(name, forward, backward):
    return of_rule("complex numbers", name, forward, backward, lambda: (complex_values(64, 3, 2),))


COMPLEX = [
    of_complex("square: not conjugated", lambda z: z.square(), lambda g, z: g * z * 2),
    of_complex("exponential: not conjugated", lambda z: z.exp(), lambda g, z: g * z.exp()),
    of_complex("square of the magnitude: conjugated", lambda z: (z * z.conj()).real, lambda g, z: g * z.conj() * 2),
    of_complex("magnitude: imaginary part dropped", lambda z: z.abs(), lambda g, z: torch.complex(g * z.real / z.abs(), torch.zeros_like(g))),
    of_complex("real part: doubled", lambda z: z.real.clone(), lambda g, z: torch.complex(g * 2, torch.zeros_like(g))),
    of_complex("reciprocal: sign missing", lambda z: z.reciprocal(), lambda g, z: g * z.reciprocal().square().conj()),
]


def graph(name, function, *inputs):
    return Fault("graph", name, lambda: (function, tuple(value() for value in inputs)))


def copy(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


def norm(name, mean, variance):
    def function(x, gamma, beta):
        mu = x.mean(0)
        return (x - mean(mu)) * (variance((x - mu).square().mean(0)) + 1e-5).rsqrt() * gamma + beta
    return graph(f"batch norm: {name}", function, lambda: normal(14, 6, 3), lambda: apart(15, 3), lambda: normal(16, 3))


def recurrent(x, w):
    h = x.tanh()
    h = (h.detach() @ w + x).tanh()
    return (h @ w + x).tanh()


def without_graph(compute):
    with torch.no_grad():
        return compute()


def same(values):
    return values


GRAPHS = [
    norm("mean detached", torch.Tensor.detach, same),
    norm("variance detached", same, torch.Tensor.detach),
    norm("statistics detached", torch.Tensor.detach, torch.Tensor.detach),
    norm("statistics read out as numbers", copy, copy),
    graph("γ used as data", lambda x, w, b: x * w.detach() + b, lambda: normal(3, 4, 3), lambda: apart(1, 3), lambda: normal(2, 3)),
    graph("weight detached", lambda x, w: x @ w.detach(), lambda: normal(1, 4, 3), lambda: normal(2, 3, 2)),
    graph("one branch detached", lambda x: x * x.detach(), lambda: apart(3, 4, 3)),
    graph("input copied by hand", lambda x, y: copy(x).sin() + y, lambda: normal(4, 4, 3), lambda: normal(5, 4, 3)),
    graph("output detached", lambda x: x.sin().detach(), lambda: normal(6, 4, 3)),
    graph("computed without a graph", lambda x: without_graph(lambda: x.exp()), lambda: normal(7, 4, 3)),
    graph("temperature as a number", lambda x: torch.softmax(x / x.std().item(), -1), lambda: normal(8, 2, 3)),
    graph("hidden state detached between steps", recurrent, lambda: normal(9, 4, 3), lambda: normal(10, 3, 3) * 0.5),
    graph("norm of a row detached", lambda x: x / x.detach().norm(dim=1, keepdim=True), lambda: normal(11, 4, 3)),
    graph("cell state detached", lambda x, c: (x.sigmoid() * c.detach() + x.tanh()).tanh(), lambda: normal(12, 4, 3), lambda: normal(13, 4, 3)),
]


def second(name, forward, save, backward):
    """`backward` is given g, x and what `save` made of the output, a constant to the second backward."""
    return of_rule("second order", name, forward, backward, lambda: (apart(98, 3, 2),), 2, lambda x: (x, save(forward(x))))


def second_norm(name, saves):
    return Fault("second order", f"batch norm: {name}", lambda: (BatchNorm(saves=saves).rule(), (normal(97, 4, 2), apart(95, 2), normal(96, 2))), 2)


wrong_product = Rule(torch.mul, lambda g, a, b: (g * b, g * a / 2))

SECOND_ORDER = [
    second_norm("x̂ and 1/σ saved", "all"),
    second_norm("1/σ saved", "inverse"),
    second("sigmoid: y saved", torch.sigmoid, same, lambda g, x, y: g * y * (1 - y)),
    second("tanh: 1 − y² saved", torch.tanh, lambda y: 1 - y.square(), lambda g, x, saved: g * saved),
    second("exponential: y saved", torch.exp, same, lambda g, x, y: g * y),
    second("softmax: y saved", lambda x: torch.softmax(x, -1), same, lambda g, x, y: y * (g - (g * y).sum(-1, keepdim=True))),
    second("square: backward detached", torch.square, same, lambda g, x, y: g * x.detach() * 2),
    second("sine: backward without a graph", torch.sin, same, lambda g, x, y: without_graph(lambda: g * x.cos())),
    second("cube: one factor of the backward detached", lambda x: x.pow(3), same, lambda g, x, y: g * 3 * x * x.detach()),
    second("reciprocal: y saved", torch.reciprocal, same, lambda g, x, y: -g * y.square()),
    of_rule("second order", "affine: x detached in W's gradient", torch.matmul, lambda g, x, w: (g @ w.t(), x.detach().t() @ g), lambda: (normal(91, 4, 3), normal(92, 3, 2)), 2),
    of_rule("second order", "square: factor of the second derivative missing", torch.square, lambda g, x: wrong_product(g, x) * 2, lambda: (apart(93, 3, 2),), 2),
    of_rule("second order", "matrix inverse: saved", torch.inverse, lambda g, x, y: -y.t() @ g @ y.t(), lambda: (matrix(94, 3, 3),), 2, lambda x: (x, x.inverse())),
]

FAULTS = MATRICES + COMPLEX + GRAPHS + SECOND_ORDER
