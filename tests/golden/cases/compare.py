"""What --check reports: where files differ beyond 1e-12 (float64) or 4 ulps (float32, bfloat16)."""
import json
import math

import numpy as np


def differences(made, path):
    """A line for each difference between the text made now and the file at the path."""
    try:
        with open(path, encoding="utf-8") as file:
            stored = json.load(file)
    except (OSError, ValueError) as error:
        return [str(error)]
    return list(_compare(json.loads(made), stored, ""))


def _compare(new, old, where):
    if _is_tensor(new) and _is_tensor(old):
        yield from _compare_tensors(new, old, where)
    elif isinstance(new, dict) and isinstance(old, dict):
        if list(new) != list(old):
            yield f"{where}: expected members {list(new)} but got {list(old)}"
        for key in new:
            if key in old:
                yield from _compare(new[key], old[key], f"{where}/{key}")
    elif isinstance(new, list) and isinstance(old, list):
        if len(new) != len(old):
            yield f"{where}: expected {len(new)} items but got {len(old)}"
        for i, (a, b) in enumerate(zip(new, old)):
            label = f"{a['name']} ({a['dtype']})" if isinstance(a, dict) and "name" in a else i
            yield from _compare(a, b, f"{where}/{label}")
    elif new != old or type(new) is not type(old):
        yield f"{where}: expected {new!r} but got {old!r}"


def _is_tensor(value):
    return isinstance(value, dict) and list(value) == ["shape", "dtype", "data"]


def _compare_tensors(new, old, where):
    if new["shape"] != old["shape"] or new["dtype"] != old["dtype"] or len(new["data"]) != len(old["data"]):
        yield (f"{where}: expected {new['dtype']} {new['shape']} of {len(new['data'])} numbers "
               f"but got {old['dtype']} {old['shape']} of {len(old['data'])}")
        return
    # float64: relative to the greatest magnitude of the tensor, so that a tiny tensor is compared as strictly as a large one.
    scale = max((abs(float(v)) for v in new["data"] if math.isfinite(float(v))), default=0.0)
    for i, (a, b) in enumerate(zip(map(float, new["data"]), map(float, old["data"]))):
        if not _close(a, b, new["dtype"], scale):
            yield f"{where}[{i}]: expected {a!r} but got {b!r}"


def _close(a, b, dtype, scale):
    if a == b or (math.isnan(a) and math.isnan(b)):
        return True
    if not (math.isfinite(a) and math.isfinite(b)) or dtype == "int64":
        return False
    if dtype == "float64":
        return abs(a - b) <= 1e-12 * scale
    return abs(a - b) <= 4 * float(np.spacing(np.float32(max(abs(a), abs(b)))))
