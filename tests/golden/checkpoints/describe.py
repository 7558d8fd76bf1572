"""Says in JSON what a checkpoint holds, bit for bit, in the same words as the C# tests do."""
import collections
import hashlib
import json
import struct

import torch

NAMES = {str(dtype): str(dtype).removeprefix("torch.") for dtype in (
    torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64,
    torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128)}


def element_bytes(tensor):
    """The elements in the order of the shape, lowest byte first."""
    flat = tensor.detach().resolve_conj().resolve_neg().contiguous().reshape(-1)
    if flat.numel() == 0:
        return b""
    if flat.is_complex():
        flat = torch.view_as_real(flat).reshape(-1)
    return flat.view(torch.uint8).numpy().tobytes()


class Describer:
    """Numbers the memories of tensors in the order in which they are met, so that sharing shows."""

    def __init__(self):
        self.memories = {}

    def tensor(self, tensor):
        memory = -1
        if tensor.numel() > 0:
            memory = self.memories.setdefault(tensor.storage().data_ptr(), len(self.memories))
        digest = hashlib.sha256(element_bytes(tensor)).hexdigest()[:16]
        return {"tensor": [NAMES[str(tensor.dtype)], list(tensor.shape), list(tensor.stride()) if tensor.numel() else [], digest, memory]}

    def value(self, value):
        if isinstance(value, torch.Tensor):
            return self.tensor(value)
        if isinstance(value, collections.OrderedDict):
            items = {"ordered": [[self.value(key), self.value(item)] for key, item in value.items()]}
            if hasattr(value, "_metadata"):
                items["attributes"] = self.value(dict(vars(value)))
            return items
        if isinstance(value, dict):
            return {"dict": [[self.value(key), self.value(item)] for key, item in value.items()]}
        if isinstance(value, torch.Size):
            return {"size": list(value)}
        if isinstance(value, list):
            return {"list": [self.value(item) for item in value]}
        if isinstance(value, tuple):
            return {"tuple": [self.value(item) for item in value]}
        if isinstance(value, bool):
            return f"bool {value}"
        if isinstance(value, int):
            return f"int {value}"
        if isinstance(value, float):
            return f"float {struct.pack('>d', value).hex()}"
        if isinstance(value, str):
            return f"str {value}"
        if isinstance(value, bytes):
            return f"bytes {value.hex()}"
        if isinstance(value, torch.dtype):
            return f"dtype {NAMES[str(value)]}"
        if value is None:
            return "none"
        raise TypeError(f"no words for {type(value)}")


def describe(value):
    return Describer().value(value)


def read_safetensors(path):
    """A plain reading of the format: eight bytes of length, JSON, the elements."""
    dtypes = {"BOOL": torch.bool, "U8": torch.uint8, "I8": torch.int8, "I16": torch.int16, "I32": torch.int32, "I64": torch.int64,
              "F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64, "C64": torch.complex64}
    with open(path, "rb") as file:
        data = file.read()
    length, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    metadata = header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        flat = torch.frombuffer(bytearray(data[begin:end]), dtype=dtypes[entry["dtype"]]) if end > begin else torch.empty(0, dtype=dtypes[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors, metadata
