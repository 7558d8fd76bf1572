"""Element-wise functions, precision, single entries, indexing."""
import math

import torch
import torch.nn.functional as F

from .core import Fault, apart, normal, of_rule, short


def one(name, forward, backward):
    return of_rule("activations", name, forward, backward, lambda: (apart(21, 4, 3),))


def two(name, forward, backward):
    return of_rule("activations", name, forward, backward, lambda: (apart(22, 4, 3), apart(24, 4, 3)))


def tanh_gelu(g, x):
    slope = math.sqrt(2 / math.pi)
    t = ((x + x.pow(3) * 0.044715) * slope).tanh()
    return g * ((t + 1) / 2 + x / 2 * (1 - t.square()) * (x.square() * (3 * 0.044715) + 1) * slope)


DEGREE = math.pi / 180

ACTIVATIONS = [
    one("sigmoid: x·(1 − x) for y·(1 − y)", torch.sigmoid, lambda g, x: g * x * (1 - x)),
    one("sigmoid: 1 − y missing", torch.sigmoid, lambda g, x: g * x.sigmoid()),
    one("sigmoid: sign", torch.sigmoid, lambda g, x: -g * x.sigmoid() * (1 - x.sigmoid())),
    one("sigmoid: without the chain rule", torch.sigmoid, lambda g, x: x.sigmoid() * (1 - x.sigmoid())),
    one("tanh: 1 − x² for 1 − y²", torch.tanh, lambda g, x: g * (1 - x.square())),
    one("tanh: 1 − y for 1 − y²", torch.tanh, lambda g, x: g * (1 - x.tanh())),
    one("tanh: 1 + y² for 1 − y²", torch.tanh, lambda g, x: g * (1 + x.tanh().square())),
    one("ReLU: masked by the incoming gradient", torch.relu, lambda g, x: g * (g > 0)),
    one("ReLU: not masked", torch.relu, lambda g, x: g),
    one("ReLU: mask turned round", torch.relu, lambda g, x: g * (x < 0)),
    one("ReLU: y in place of the mask", torch.relu, lambda g, x: g * x.relu()),
    one("leaky ReLU: slope on the wrong side", lambda x: F.leaky_relu(x, 0.1), lambda g, x: g * ((x > 0) * -0.9 + 1)),
    one("leaky ReLU: slope missing", lambda x: F.leaky_relu(x, 0.1), lambda g, x: g * (x > 0)),
    one("ELU: +1 missing", F.elu, lambda g, x: g * torch.where(x > 0, torch.ones_like(x), x.expm1())),
    one("softplus: e^x for the sigmoid", F.softplus, lambda g, x: g * x.exp()),
    one("SiLU: x·σ′ missing", lambda x: x * x.sigmoid(), lambda g, x: g * x.sigmoid()),
    one("GELU: x·φ(x) missing", F.gelu, lambda g, x: g * ((x / math.sqrt(2)).erf() + 1) / 2),
    one("GELU: derivative of the tanh approximation", F.gelu, tanh_gelu),
    one("square: 2 missing", torch.square, lambda g, x: g * x),
    one("cube: exponent not lowered", lambda x: x.pow(3), lambda g, x: g * 3 * x.pow(3)),
    one("cos: sign missing", torch.cos, lambda g, x: g * x.sin()),
    one("log10: ln 10 missing", lambda x: x.abs().log10(), lambda g, x: g / x),
    one("2^x: ln 2 missing", torch.exp2, lambda g, x: g * x.exp2()),
    one("erf: 2/√π missing", torch.erf, lambda g, x: g * (-x.square()).exp()),
    one("reciprocal: sign missing", torch.reciprocal, lambda g, x: g / x.square()),
    one("degrees taken for radians", lambda x: (x * DEGREE).sin(), lambda g, x: g * (x * DEGREE).cos()),
    one("scale of the input forgotten", lambda x: (x * 3).tanh(), lambda g, x: g * (1 - (x * 3).tanh().square())),
    two("atan2: arguments mixed up", torch.atan2, lambda g, y, x: (g * y / (x.square() + y.square()), -g * x / (x.square() + y.square()))),
    two("product: factors mixed up", torch.mul, lambda g, a, b: (g * a, g * b)),
    two("quotient: divisor not squared", torch.div, lambda g, a, b: (g / b, -g * a / b)),
    two("quotient: sign of the divisor's gradient", torch.div, lambda g, a, b: (g / b, g * a / b.square())),
    two("difference: sign of the second", torch.sub, lambda g, a, b: (g, g)),
    one("hard tanh: upper bound forgotten", lambda x: x.clamp(-1, 1), lambda g, x: g * (x > -1)),
    two("hypotenuse: not divided", lambda a, b: (a.square() + b.square()).sqrt(), lambda g, a, b: (g * a, g * b)),
]


def imprecise(name, forward, backward):
    return of_rule("precision", name, forward, backward, lambda: (normal(111, 4, 3),))


def imprecise_forward(name, function):
    return Fault("precision", name, lambda: (function, (normal(112, 4, 3),)))


PRECISION = [
    imprecise("float32 in backward", torch.sin, lambda g, x: short(g * x.cos())),
    imprecise("saved in float32", torch.exp, lambda g, x: g * short(x).exp()),
    imprecise("mask and scale in float32", lambda x: x * 1.1, lambda g, x: g * short(torch.tensor(1.1))),
    imprecise("π in float32", lambda x: (x * math.pi).sin(), lambda g, x: g * (x * math.pi).cos() * torch.tensor(math.pi, dtype=torch.float32).double()),
    imprecise("float16 in backward", torch.sin, lambda g, x: (g * x.cos()).half().double()),
    imprecise("mean in float32 in backward", lambda x: x - x.mean(0), lambda g, x: g - short(g).mean(0)),
    imprecise_forward("float32 in forward", lambda x: short(x).sin() + x),
    imprecise_forward("softmax in float32", lambda x: torch.softmax(x.float(), -1).double()),
    imprecise_forward("statistics in float32", lambda x: (x - short(x.mean(0))) * short(x.var(0)).rsqrt()),
]


def at(gradient, factor):
    factors = torch.ones_like(gradient)
    factors[1, 1] = factor
    return gradient * factors


def entry(name, change):
    return of_rule("entries", name, torch.exp, lambda g, x: change(g * x.exp()), lambda: (normal(70, 4, 3),))


ENTRIES = [
    entry("one entry off by 1e-2", lambda g: at(g, 1.01)),
    entry("one entry off by 1e-4", lambda g: at(g, 1.0001)),
    entry("one entry off by 1e-6", lambda g: at(g, 1.000001)),
    entry("one entry zero", lambda g: at(g, 0)),
    entry("one entry of the wrong sign", lambda g: at(g, -1)),
    entry("last example zero", lambda g: torch.cat([g[:3], g[3:] * 0])),
    entry("two entries exchanged", lambda g: torch.cat([g[:3], g[3:].flip(1)])),
    entry("all off by 1e-4", lambda g: g * 1.0001),
    entry("all off by 1e-7", lambda g: g * (1 + 1e-7)),
    of_rule("entries", "matrix product: one entry off by 1e-4", torch.matmul, lambda g, a, b: (g @ b.t(), at(a.t() @ g, 1.0001)), lambda: (normal(72, 4, 3), normal(73, 3, 2))),
    of_rule("entries", "one entry of many off by 1e-2", torch.sin, lambda g, x: at(g * x.cos(), 1.01), lambda: (normal(74, 12, 10),)),
]

ROWS = torch.tensor([2, 0, 2, 1, 2])


def edge(x):
    ones = torch.ones_like(x)
    ones[0] = 0
    return ones


def frequencies(x):
    return torch.zeros(x.shape[0], 1, dtype=x.dtype).index_add(0, ROWS, torch.ones(5, 1, dtype=x.dtype)).clamp(min=1)


def place(name, forward, backward):
    return of_rule("indexing", name, forward, backward, lambda: (apart(71, 4, 3),))


INDEXING = [
    place("gather: repeated rows overwrite each other", lambda x: x[ROWS], lambda g, x: torch.zeros_like(x).index_copy(0, ROWS, g)),
    place("gather: rows off by one", lambda x: x[ROWS], lambda g, x: torch.zeros_like(x).index_add(0, ROWS + 1, g)),
    place("embedding: scaled by frequency", lambda x: x[ROWS], lambda g, x: torch.zeros_like(x).index_add(0, ROWS, g) / frequencies(x)),
    place("sort: gradient not put back", lambda x: x.sort(0).values, lambda g, x: g),
    place("shift: shifted the same way again", lambda x: x.roll(1, 0), lambda g, x: g.roll(1, 0)),
    place("shift: not shifted back", lambda x: x.roll(1, 0), lambda g, x: g),
    place("batch: gradients of neighbours exchanged", torch.exp, lambda g, x: (g * x.exp()).flip(0)),
    place("padding: taken from the wrong end", lambda x: x.roll(1, 0) * edge(x), lambda g, x: (g * edge(x)).roll(1, 0)),
    place("differences: first term forgotten", lambda x: x[1:] - x[:-1], lambda g, x: torch.cat([torch.zeros_like(x)[:1], g])),
    place("concatenation: halves exchanged", lambda x: torch.cat([x, x.square()]), lambda g, x: g[4:] + g[:4] * x * 2),
    place("repetition: copies not added up", lambda x: x.repeat(2, 1), lambda g, x: g[:4]),
    place("where: branches exchanged", lambda x: torch.where(x > 0, x.square(), x.exp()), lambda g, x: g * torch.where(x > 0, x.exp(), x * 2)),
    place("clamp: masked inside", lambda x: x.clamp(-1, 1), lambda g, x: g * (x.abs() > 1)),
]

FAULTS = ACTIVATIONS + PRECISION + INDEXING + ENTRIES
