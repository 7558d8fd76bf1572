#!/usr/bin/env python3
"""Makes close.json: what torch.testing.assert_close says of values, number by number.

    /usr/bin/python3 make_close.py            write the file
    /usr/bin/python3 make_close.py --check    compute again and compare with the file

A case is {"name", "actual", "expected", "options", "message"}: the message is null where the values are close. A value is
{"shape", "dtype", "data"} (row-major; complex numbers as pairs), {"int" | "float" | "bool": value}, {"list": [...]} or
{"dict": {...}}; what isn't finite is the string "nan", "inf" or "-inf".
"""
import json
import math
import os
import sys

import torch

sys.dont_write_bytecode = True
F = float


def t(data, dtype=torch.float32, shape=None):
    value = torch.tensor(data, dtype=dtype)
    return value if shape is None else value.reshape(shape)


NAN, INF = F("nan"), F("inf")
CASES = [
    ("one of four", t([1, 2, 3, 5], shape=(2, 2)), t([1, 2, 3, 4], shape=(2, 2)), {}),
    ("close", t([1.000001, 2]), t([1, 2]), {}),
    ("all of them", t([0.1, 0.2, 0.3]), t([1, 2, 3]), {}),
    ("a third", t([1, 2, 3.1]), t([1, 2, 3]), {}),
    ("float64", t([1.0, 2.0000005], torch.float64), t([1.0, 2.0], torch.float64), {}),
    ("float64 close", t([1.0, 2.0000001], torch.float64), t([1.0, 2.0], torch.float64), {}),
    ("float16", t([1.0, 2.01], torch.float16), t([1.0, 2.0], torch.float16), {}),
    ("bfloat16", t([1.0, 2.5], torch.bfloat16), t([1.0, 2.0], torch.bfloat16), {}),
    ("bfloat16 close", t([1.0, 2.015625], torch.bfloat16), t([1.0, 2.0], torch.bfloat16), {}),
    ("whole numbers", t([1, 2, 3], torch.int64), t([1, 2, 5], torch.int64), {}),
    ("whole numbers by a third", t([1, 2, 4], torch.int32), t([1, 2, 3], torch.int32), {}),
    ("whole numbers within", t([10, 20], torch.int64), t([11, 20], torch.int64), {"rtol": 0.0, "atol": 1.0}),
    ("whole numbers without", t([10, 20], torch.int64), t([13, 20], torch.int64), {"rtol": 0.1, "atol": 1.0}),
    ("truths", t([True, False, True], torch.bool), t([True, True, True], torch.bool), {}),
    ("expected zero", t([1e-3, 0]), t([0, 0]), {}),
    ("NaN", t([NAN, 1]), t([NAN, 1]), {}),
    ("NaN is NaN", t([NAN, 1]), t([NAN, 1]), {"equal_nan": True}),
    ("NaN on one side", t([NAN, 1]), t([2, 1]), {"equal_nan": True}),
    ("infinities", t([INF, -INF, 1]), t([INF, INF, 1]), {}),
    ("same infinities", t([INF, -INF]), t([INF, -INF]), {}),
    ("infinity for a number", t([INF, 1]), t([3, 1]), {}),
    ("complex", t([1 + 1j, 2 + 0j], torch.complex64), t([1 + 1j, 2 + 1j], torch.complex64), {}),
    ("complex128", t([1 + 1j, 3 - 4j], torch.complex128), t([1 + 1j, 3 + 4j], torch.complex128), {}),
    ("a scalar tensor", t(1.5), t(1.0), {}),
    ("a scalar tensor of a whole number", t(3, torch.int64), t(4, torch.int64), {}),
    ("a scalar tensor and zero", t(0.5), t(0.0), {}),
    ("one element", t([1.5]), t([1.0]), {}),
    ("nothing", t([], shape=(0, 3)), t([], shape=(0, 3)), {}),
    ("shapes", t([1, 2, 3]), t([1, 2, 3], shape=(1, 3)), {}),
    ("types", t([1, 2]), t([1, 2], torch.float64), {}),
    ("types left alone", t([1, 2.0001]), t([1, 2], torch.float64), {"check_dtype": False}),
    ("types left alone, close", t([1, 2.000001]), t([1, 2], torch.float64), {"check_dtype": False}),
    ("a type of few digits sets the tolerance", t([1, 2.001], torch.float16), t([1, 2], torch.float64), {"check_dtype": False}),
    ("whole and broken numbers", t([1, 2], torch.int64), t([1, 2.5]), {"check_dtype": False}),
    ("given tolerances", t([1, 2.2]), t([1, 2]), {"rtol": 0.0, "atol": 0.1}),
    ("given tolerances, close", t([1, 2.05]), t([1, 2]), {"rtol": 0.0, "atol": 0.1}),
    ("no tolerance", t([1, 2.5]), t([1, 2]), {"rtol": 0.0, "atol": 0.0}),
    ("relative alone", t([100, 2]), t([109, 2]), {"rtol": 0.05, "atol": 0.0}),
    ("greatest apart in two places", t([1.5, 1000.9]), t([1, 1000]), {}),
    ("three dimensions", t(list(range(24)), shape=(2, 3, 4)), t([0] + list(range(1, 23)) + [24], shape=(2, 3, 4)), {}),
    ("large numbers", t([1e20, 1], torch.float64), t([2e20, 1], torch.float64), {}),
    ("small numbers", t([1e-8], torch.float64), t([2e-8], torch.float64), {"rtol": 1e-9, "atol": 1e-12}),
    ("numbers", 1.5, 1.0, {}),
    ("close numbers", 1.00000001, 1.0, {}),
    ("number and zero", 0.5, 0.0, {}),
    ("whole number", 3, 4, {}),
    ("kinds of numbers", 1, 1.0, {}),
    ("kinds of numbers left alone", 1, 1.5, {"check_dtype": False}),
    ("NaN number", NAN, NAN, {}),
    ("NaN number is NaN", NAN, NAN, {"equal_nan": True}),
    ("infinite number", INF, 1.0, {}),
    ("booleans", True, False, {}),
    ("lists", [t([1, 2]), t([1, 2])], [t([1, 2]), t([1, 3])], {}),
    ("lists of other lengths", [t([1, 2])], [t([1, 2]), t([1, 3])], {}),
    ("dictionaries", {"weight": t([1, 2]), "bias": t([0])}, {"weight": t([1, 3]), "bias": t([0])}, {}),
    ("dictionaries in order of their keys", {"b": t([1]), "a": t([2])}, {"b": t([2]), "a": t([1])}, {}),
    ("other keys", {"weight": t([1]), "beta": t([0]), "alpha": t([0])}, {"weight": t([1]), "bias": t([0])}, {}),
    ("nested", {"layer": [t([1]), {"w": t([1, 2])}]}, {"layer": [t([1]), {"w": t([1, 4])}]}, {}),
    ("numbers in a list", [1.0, 2.0], [1.0, 3.0], {}),
]


def value(x):
    if isinstance(x, torch.Tensor):
        flat = torch.view_as_real(x).tolist() if x.is_complex() else x.flatten().tolist()
        return {"shape": list(x.shape), "dtype": str(x.dtype)[6:], "data": [finite(v) for v in flat] if not x.is_complex() else flat}
    if isinstance(x, bool):
        return {"bool": x}
    if isinstance(x, int):
        return {"int": x}
    if isinstance(x, float):
        return {"float": finite(x)}
    if isinstance(x, list):
        return {"list": [value(v) for v in x]}
    return {"dict": {k: value(v) for k, v in x.items()}}


def finite(x):
    return x if not isinstance(x, float) or math.isfinite(x) else str(x)


def message(actual, expected, options):
    try:
        torch.testing.assert_close(actual, expected, **options)
        return None
    except AssertionError as error:
        return str(error)


def main():
    cases = [{"name": name, "actual": value(a), "expected": value(e), "options": o, "message": message(a, e, o)} for name, a, e, o in CASES]
    head = f'{{"torch": {json.dumps(torch.__version__)}, "made_by": "tests/golden/close/make_close.py", "cases": [\n'
    text = head + ",\n".join(json.dumps(case) for case in cases) + "\n]}\n"
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "close.json")
    if "--check" in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            same = file.read() == text
        print(f"{len(cases)} cases agree" if same else "close.json differs")
        return 0 if same else 1
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    print(f"close.json: {len(cases)} cases, {len(text)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
