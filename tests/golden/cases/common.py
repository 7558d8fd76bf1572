"""What every family needs: numbers from a formula, memory layouts, and the tensors of a case."""
import zlib

import torch

DTYPES = ("float64", "float32")


def dtype_of(name):
    return getattr(torch, name)


class Numbers:
    """A stream of numbers that depends on its key alone: Knuth's 64-bit LCG, started from the key's CRC."""

    def __init__(self, key):
        self._state = zlib.crc32(key.encode())
        for _ in range(4):
            self._next()

    def _next(self):
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return self._state >> 33

    def thousandth(self):
        """A whole number of thousandths in [-3, 3], more often near 0 (the sum of two even ones)."""
        return (self._next() % 3001) + (self._next() % 3001) - 3000

    def bit(self, p_zero):
        """0 with the share p_zero, else 1."""
        return 0 if (self._next() % 1000) / 1000 < p_zero else 1


def count(shape):
    total = 1
    for size in shape:
        total *= size
    return total


def numbers(key, shape, dtype="float64", exponent=0, offset=0):
    """A contiguous tensor of decimals with three digits, times 10**exponent, plus the offset."""
    stream = Numbers(key)
    data = [float(f"{stream.thousandth()}e{exponent - 3}") + offset for _ in range(count(shape))]
    if offset:
        data = [round(value, 3 - exponent) for value in data]
    return torch.tensor(data, dtype=torch.float64).reshape(shape).to(dtype_of(dtype))


def positive(key, shape, dtype="float64"):
    """As numbers, but in [0.25, 3.25]."""
    values = numbers(key, shape).abs() + 0.25
    return torch.tensor([round(v, 3) for v in values.flatten().tolist()], dtype=torch.float64).reshape(shape).to(dtype_of(dtype))


def mask(key, shape, p, dtype):
    """Zeros and ones, about the share p of them 0; all of them 1 for p=0 and 0 for p=1."""
    stream = Numbers(key)
    return torch.tensor([float(stream.bit(p)) for _ in range(count(shape))], dtype=dtype_of(dtype)).reshape(shape)


def lay_out(tensor, layout):
    """The same values in another memory layout."""
    if layout == "contiguous":
        return tensor.contiguous()
    if layout == "transposed":
        return tensor.transpose(-1, -2).contiguous().transpose(-1, -2)
    if layout == "channels_last":
        formats = {4: torch.channels_last, 5: torch.channels_last_3d}
        return tensor.contiguous(memory_format=formats[tensor.dim()])
    if layout == "strided":  # every second element of a row twice as long
        wide = torch.zeros(*tensor.shape[:-1], tensor.shape[-1] * 2, dtype=tensor.dtype)
        wide[..., ::2] = tensor
        return wide[..., ::2]
    if layout == "expanded":  # stride 0 along the last dimension: its first slice, repeated
        return tensor[..., :1].contiguous().expand(tensor.shape)
    raise ValueError(f"unknown layout {layout}")


def copy(tensor):
    """A copy of the values now, apart from the graph."""
    return tensor.detach().clone()


def case(name, module, dtype, config, mode, initial, steps, error=None, **more):
    """A case of a golden file; **more are the optional members, such as final and printed."""
    return {
        "name": name, "module": module, "dtype": dtype, "config": config, "mode": mode,
        "initial": initial, "steps": steps, **{k: v for k, v in more.items() if v is not None}, "error": error,
    }


def step(mode, tensors, **more):
    return {"mode": mode, **{k: v for k, v in more.items() if v is not None}, "tensors": tensors}


def first_line(exception):
    """The text of an error without the trace that libtorch appends."""
    return str(exception).split("\n", 1)[0]
