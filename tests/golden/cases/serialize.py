"""JSON with a tensor on each line, and every number as short as it can be read back."""
import json
import math

import numpy as np
import torch

_NAMES = {torch.float64: "float64", torch.float32: "float32", torch.bfloat16: "bfloat16", torch.int64: "int64"}


def number(value, dtype):
    """The shortest decimal that reads back as the same number of that type; bfloat16 is written as its float32."""
    if dtype == torch.int64:
        return str(value)
    if math.isnan(value):
        return '"nan"'
    if math.isinf(value):
        return '"inf"' if value > 0 else '"-inf"'
    if dtype == torch.float64:
        return repr(value)
    single = np.float32(value)
    text = np.format_float_scientific(single, unique=True, trim="-")
    text = repr(float(text))  # the same digits, in the notation of the others
    # A reader may go through double; the two roundings must not part.
    assert np.float32(float(text)) == single, text
    return text


def tensor(value):
    value = value.detach()
    dtype = value.dtype
    flat = value.contiguous().flatten()
    data = (flat.float() if dtype == torch.bfloat16 else flat).tolist()
    numbers = ",".join(number(v, dtype) for v in data)
    return f'{{"shape":{json.dumps(list(value.shape), separators=(",", ":"))},"dtype":"{_NAMES[dtype]}","data":[{numbers}]}}'


def _is_plain(value):
    if isinstance(value, torch.Tensor):
        return False
    if isinstance(value, dict):
        return all(_is_plain(v) for v in value.values())
    if isinstance(value, list):
        return all(_is_plain(v) for v in value)
    return True


def _write(value, indent, out):
    pad = " " * (indent + 1)
    if isinstance(value, torch.Tensor):
        out.append(tensor(value))
    elif _is_plain(value):
        out.append(json.dumps(value))
    else:
        braces = "{}" if isinstance(value, dict) else "[]"
        items = value.items() if isinstance(value, dict) else ((None, v) for v in value)
        out.append(braces[0])
        for i, (key, item) in enumerate(items):
            out.append(("," if i else "") + "\n" + pad)
            if key is not None:
                out.append(json.dumps(key) + ": ")
            _write(item, indent + 1, out)
        out.append("\n" + " " * indent + braces[1])


def dumps(value):
    out = []
    _write(value, 0, out)
    return "".join(out) + "\n"
