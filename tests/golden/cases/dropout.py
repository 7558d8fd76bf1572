"""The dropouts, forward and backward for masks that the file carries (1 keeps, 0 drops).

The arithmetic is that of torch's kernels, in their order: noise = mask / (1 - p), output = input * noise; the alpha variants
scale and shift instead. verify() shows, on masks that torch itself draws, that the formulas agree bit for bit; nothing of
that enters a file.
"""
import math
import warnings

import torch
from torch import nn

from .common import DTYPES, case, copy, first_line, mask, numbers, step

ALPHA = 1.7580993408473766
RATES = (0.0, 0.1, 0.5, 0.9, 1.0)


def plain(x, m, p):
    if p == 0:
        return x * 1
    if p == 1:
        return x * torch.zeros((), dtype=x.dtype)
    return x * m.clone().div_(1 - p)


def alpha(x, m, p):
    if p in (0, 1):
        return plain(x, m, p)
    a = 1 / math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p))
    shift = m.add(-1).mul_(ALPHA * a).add_(ALPHA * a * p)
    return (x * m.clone().mul_(a)).add_(shift)


def channels(shape, batched):
    """The shape of a mask with one number for each channel."""
    kept = 2 if batched else 1
    return tuple(shape[:kept]) + (1,) * (len(shape) - kept)


def verify(module, shape, mask_shape, formula, dtype):
    """That the formula gives what torch gives, for a mask drawn by torch."""
    torch.manual_seed(1)
    x = numbers("verify", shape, dtype).abs() + 0.5
    y = module(x)
    drops = alpha(x, torch.zeros(mask_shape, dtype=x.dtype), module.p) if formula is alpha else torch.zeros_like(x)
    kept = (y != drops).to(x.dtype)
    expected = formula(x, kept, module.p)
    assert torch.equal(y, expected), f"{module}: the formula departs from torch's kernel by {(y - expected).abs().max()}"


def drop_case(name, cls, shape, mask_shape, p, dtype, data=None):
    formula = alpha if "Alpha" in cls.__name__ else plain
    module = cls(p)
    if data is None and 0 < p < 1:
        verify(module, shape, mask_shape, formula, dtype)
    x = numbers(f"{name}/input", shape, dtype) if data is None else torch.tensor(data, dtype=getattr(torch, dtype))
    x.requires_grad_()
    m = mask(f"{name}/mask", mask_shape, p, dtype)
    grad_output = numbers(f"{name}/grad_output", shape, dtype)
    y = formula(x, m, p)
    y.backward(grad_output)
    trained = step("train", {"input": x, "mask": m, "grad_output": grad_output, "output": copy(y), "grad_input": copy(x.grad)})
    x.grad = None
    y = module.eval()(x)
    assert y is x or torch.equal(y, x) or y.isnan().any()
    (y * 1).backward(grad_output)
    evaluated = step("eval", {"input": x, "grad_output": grad_output, "output": copy(y), "grad_input": copy(x.grad)})
    config = {"p": p, "inplace": False, "input_layout": "contiguous"}
    return case(name, cls.__name__, dtype, config, "train", {}, [trained, evaluated], printed=repr(cls(p)))


def error_case(name, cls, shape, p=0.5, dtype="float64"):
    x = numbers(f"{name}/input", shape, dtype)
    error = None
    try:
        cls(p)(x)
    except (RuntimeError, ValueError) as exception:
        error = first_line(exception)
    assert error is not None, name
    config = {"p": p, "inplace": False, "input_layout": "contiguous"}
    return case(name, cls.__name__, dtype, config, "train", {}, [step("train", {"input": x})], error)


def plain_cases():
    inf, nan = float("inf"), float("nan")
    made = []
    for dtype in DTYPES:
        made += [drop_case(f"dropout_p_{p:g}", nn.Dropout, (3, 4), (3, 4), p, dtype) for p in RATES]
        made.append(drop_case("dropout_1d_input", nn.Dropout, (6,), (6,), 0.5, dtype))
        made.append(drop_case("dropout_4d_input", nn.Dropout, (2, 2, 2, 2), (2, 2, 2, 2), 0.3, dtype))
        made.append(drop_case("dropout_empty", nn.Dropout, (0, 3), (0, 3), 0.5, dtype))
        made.append(drop_case("dropout_p_0.5_not_finite", nn.Dropout, (6,), (6,), 0.5, dtype, [inf, -inf, nan, inf, -1.0, nan]))
        made.append(drop_case("dropout_p_1_not_finite", nn.Dropout, (5,), (5,), 1.0, dtype, [inf, -inf, nan, 2.0, -1.0]))
        made.append(drop_case("dropout_p_0_not_finite", nn.Dropout, (5,), (5,), 0.0, dtype, [inf, -inf, nan, 2.0, -1.0]))
    made += [
        error_case("dropout_error_negative_p", nn.Dropout, (2,), -0.1),
        error_case("dropout_error_p_above_1", nn.Dropout, (2,), 1.5),
    ]
    return made


def channel_cases():
    shapes = [
        ("dropout1d", nn.Dropout1d, (2, 3, 3), True),
        ("dropout1d_unbatched", nn.Dropout1d, (4, 3), False),
        ("dropout2d", nn.Dropout2d, (2, 3, 2, 2), True),
        ("dropout2d_3d_input", nn.Dropout2d, (2, 3, 2), True),
        ("dropout3d", nn.Dropout3d, (2, 2, 2, 1, 2), True),
        ("dropout3d_unbatched", nn.Dropout3d, (3, 2, 1, 2), False),
        ("feature_alpha_dropout", nn.FeatureAlphaDropout, (2, 3, 2, 2), True),
        ("feature_alpha_dropout_2d_input", nn.FeatureAlphaDropout, (3, 4), True),
    ]
    made = []
    for name, cls, shape, batched in shapes:
        rates = RATES if name in ("dropout2d", "feature_alpha_dropout") else (0.1, 0.5)
        made += [drop_case(f"{name}_p_{p:g}", cls, shape, channels(shape, batched), p, dtype) for p in rates for dtype in DTYPES]
    made += [
        error_case("dropout1d_error_1d_input", nn.Dropout1d, (4,)),
        error_case("dropout1d_error_4d_input", nn.Dropout1d, (2, 2, 2, 2)),
        error_case("dropout2d_error_1d_input", nn.Dropout2d, (4,)),
        error_case("feature_alpha_dropout_error_1d_input", nn.FeatureAlphaDropout, (4,)),
        error_case("dropout2d_error_p_above_1", nn.Dropout2d, (2, 2, 2, 2), 1.5),
        error_case("alpha_dropout_error_negative_p", nn.AlphaDropout, (2,), -0.1),
    ]
    return made


def cases():
    warnings.filterwarnings("ignore", "dropout2d: Received")  # of 1-D and 3-D input, which are cases on purpose
    made = plain_cases() + channel_cases()
    for p in RATES:
        made += [drop_case(f"alpha_dropout_p_{p:g}", nn.AlphaDropout, (3, 4), (3, 4), p, dtype) for dtype in DTYPES]
    return made
