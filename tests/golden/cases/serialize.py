"""JSON with a tensor on each line, no indentation, and every number as short as it can be read back."""
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


def _write(value, out):
    """A line begins before each tensor and each case or step; what is small stays on the line."""
    if isinstance(value, torch.Tensor):
        out.append(tensor(value))
    elif _is_plain(value):
        out.append(json.dumps(value))
    elif isinstance(value, dict):
        for i, (key, item) in enumerate(value.items()):
            out.append("," if i else "{")
            if isinstance(item, torch.Tensor):
                out.append("\n")
            elif i:
                out.append(" ")
            out.append(json.dumps(key) + ":")
            _write(item, out)
        out.append("}")
    else:
        for i, item in enumerate(value):
            out.append(",\n" if i else "[\n")
            _write(item, out)
        out.append("]")


def dumps(value):
    out = []
    _write(value, out)
    return "".join(out) + "\n"
