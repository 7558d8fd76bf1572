"""Writes the checkpoints that the tests of TorchRef.Interop read, and expected.json, which says what each holds.

    /usr/bin/python3 make_checkpoints.py            writes every file again, byte for byte the same
    /usr/bin/python3 make_checkpoints.py --check    compares with the files

Made with Debian's python3-torch (1.13.1). What newer versions write, and other tools, is made of that by hand: see
`variants`. No number depends on a random stream.
"""
import collections
import io
import json
import os
import pickle
import re
import struct
import sys
import tempfile
import zipfile

import torch
from torch import nn

from describe import describe

HERE = os.path.dirname(os.path.abspath(__file__))
O = collections.OrderedDict


def fill(module):
    """Gives each parameter and buffer numbers of its own."""
    with torch.no_grad():
        for place, tensor in enumerate(module.state_dict().values()):
            numbers = torch.arange(tensor.numel(), dtype=torch.float64).reshape(tensor.shape)
            tensor.copy_(torch.sin(numbers * 0.7 + place) if tensor.is_floating_point() else numbers + place)
    return module


def modules():
    yield "linear", fill(nn.Linear(3, 2)).state_dict()
    yield "network", fill(nn.Sequential(O(conv=nn.Conv2d(1, 2, 3), norm=nn.BatchNorm2d(2), act=nn.PReLU(2), fc=nn.Linear(8, 3)))).state_dict()
    yield "recurrent", fill(nn.LSTM(3, 2, num_layers=2, bidirectional=True)).state_dict()
    yield "transformer", fill(nn.TransformerEncoderLayer(8, 2, 16)).state_dict()
    yield "embedding", fill(nn.Embedding(7, 3)).state_dict()
    yield "instance_norm", fill(nn.InstanceNorm3d(4, affine=True, track_running_stats=True)).state_dict()
    yield "double_module", fill(nn.Linear(3, 2).double()).state_dict()
    yield "bfloat16_module", fill(nn.Linear(3, 2).bfloat16()).state_dict()
    yield "empty_module", nn.ReLU().state_dict()


def tensors():
    special = torch.tensor([0.0, -0.0, float("inf"), float("-inf"), float("nan"), 1.5, 6e-8, 3.0])
    dtypes = O((name, special.to(dtype)) for name, dtype in dict(float16=torch.float16, bfloat16=torch.bfloat16, float32=torch.float32, float64=torch.float64).items())
    dtypes.update(
        complex64=torch.complex(special, special.flip(0)), complex128=torch.complex(special.double(), special.double().flip(0)),
        bool=torch.tensor([True, False, True]), uint8=torch.tensor([0, 1, 255], dtype=torch.uint8), int8=torch.tensor([-128, -1, 127], dtype=torch.int8),
        int16=torch.tensor([-32768, 258], dtype=torch.int16), int32=torch.tensor([-2**31, 16909060], dtype=torch.int32), int64=torch.tensor([-2**63, 72623859790382856]))
    # A NaN with a message, which is to arrive.
    dtypes["payload"] = torch.tensor([0x7ff4000000000123, -0x7fffffffffff], dtype=torch.int64).view(torch.float64)
    yield "dtypes", dtypes
    yield "shapes", O(scalar=torch.tensor(7.0), none=torch.zeros(0), none_of_three=torch.zeros(2, 0, 3, dtype=torch.int16), long=torch.arange(64.).reshape(2, 1, 2, 2, 1, 8), one=torch.ones(1, 1))
    matrix = torch.arange(24.).reshape(4, 6)
    yield "layouts", O(
        transposed=matrix.clone().t(), rows=matrix.clone()[1:3], block=matrix.clone()[1:, 2:5], steps=matrix.clone()[::2, ::3], expanded=torch.tensor([1., 2., 3.]).unsqueeze(0).expand(4, 3),
        scalar_expanded=torch.tensor(5.0).expand(2, 3), channels_last=torch.arange(48.).reshape(2, 2, 3, 4).contiguous(memory_format=torch.channels_last), imaginary=torch.complex(matrix, -matrix).imag)
    weight = torch.arange(6.).reshape(2, 3)
    yield "tied", O(encoder=weight, decoder=weight, transposed=weight.t(), row=weight[1], other=weight.clone())
    yield "parameters", O(weight=nn.Parameter(torch.arange(3.)), frozen=nn.Parameter(torch.arange(2.), requires_grad=False), plain=torch.arange(2., requires_grad=True))
    yield "keys", O([("", torch.zeros(1)), ("a.b/c\\d\n\u2028", torch.ones(1)), ("가중치", torch.tensor([2.0])), ("x" * 300, torch.tensor([3.0]))])
    yield "containers", {
        "numbers": [0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, -2**31, 2**31, 2**63 - 1, -2**63, 2**63, 10**30, -10**30], "floats": (0.0, -0.0, 1e300, float("nan"), 0.1), "truth": (True, False), "nothing": None,
        "texts": ["", "a", "글", "\U0001f600"], "bytes": (b"", b"\x00\xff", bytes(range(256))), "size": torch.Size([2, 3]), "dtype": torch.bfloat16, "nested": {1: {"x": O(y=(O(),))}, -5: []}, "one": (1,), "two": (1, 2), "three": (1, 2, 3), "four": (1, 2, 3, 4)}


def optimizers():
    for name, make in dict(
            sgd=lambda p: torch.optim.SGD(p, 0.1), sgd_momentum=lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, nesterov=True), adam=lambda p: torch.optim.Adam(p, 0.01, amsgrad=True),
            adamw=lambda p: torch.optim.AdamW([{"params": p[:1], "weight_decay": 0.0}, {"params": p[1:]}]), rmsprop=lambda p: torch.optim.RMSprop(p, 0.01, momentum=0.5, centered=True), adagrad=lambda p: torch.optim.Adagrad(p, 0.1, lr_decay=0.01)).items():
        parameters = [nn.Parameter(torch.arange(6.).reshape(3, 2) / 7), nn.Parameter(torch.arange(3.) / 3)]
        optimizer = make(parameters)
        for step in range(3):
            for parameter in parameters:
                parameter.grad = torch.cos(parameter.detach() + step)
            optimizer.step()
        yield name, optimizer.state_dict()
        if name == "adam":
            yield "training", {"epoch": 3, "model": O(weight=parameters[0].detach(), bias=parameters[1].detach()), "optimizer": optimizer.state_dict(), "best": 0.25}


def bytes_of(value, **options):
    """What torch.save writes, in a folder called archive as it does for streams."""
    buffer = io.BytesIO()
    torch.save(value, buffer, **options)
    return buffer.getvalue()


def rezipped(data, change=lambda name, content: content, method=zipfile.ZIP_STORED, extra=(), folders=(), wide=False):
    """The archive written again by Python's zipfile."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", method) as target:
        for folder in folders:
            target.writestr(zipfile.ZipInfo(folder), b"")
        for name in source.namelist():
            content = change(name, source.read(name))
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with target.open(info, "w", force_zip64=wide) as record:
                record.write(content)
        for name, content in extra:
            target.writestr(zipfile.ZipInfo(name), content)
    return result.getvalue()


def in_pickle(change):
    return lambda name, content: change(content) if name.endswith("data.pkl") else content


def big_endian(value):
    """As a machine with the highest byte first writes it."""
    buffer = io.BytesIO()
    torch.save(value, buffer)
    sizes = {}
    with zipfile.ZipFile(io.BytesIO(buffer.getvalue())) as archive:
        order = re.findall(rb"torch\n(\w+)Storage|X[\x01\x02]\x00\x00\x00(\d+)", archive.read("archive/data.pkl"))
    widths = dict(Float=4, Double=8, Half=2, BFloat16=2, Long=8, Int=4, Short=2, Char=1, Byte=1, Bool=1, ComplexFloat=4, ComplexDouble=8)
    kind = None
    for name, key in order:
        kind = name.decode() or kind
        if key:
            sizes[f"archive/data/{key.decode()}"] = widths[kind]

    def swap(name, content):
        width = sizes.get(name, 1)
        return b"".join(content[at:at + width][::-1] for at in range(0, len(content), width))
    return rezipped(buffer.getvalue(), swap, extra=[("archive/byteorder", b"big")])


def crafted(pickled, **storages):
    """An archive of a pickle of our own."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as target:
        for name, content in [("archive/data.pkl", pickled), ("archive/byteorder", b"little"), *((f"archive/data/{key.removeprefix('s')}", data) for key, data in storages.items()), ("archive/version", b"3\n")]:
            target.writestr(zipfile.ZipInfo(name), content)
    return result.getvalue()


def legacy(value):
    """The format before PyTorch 1.6, whose storages are named by their addresses: here by letters."""
    torch.serialization.sorted = list  # in the order of the tensors, not of the addresses
    data, numbers = bytes_of(value, _use_new_zipfile_serialization=False), {}
    del torch.serialization.sorted
    return re.sub(rb"X.\x00\x00\x00\d{8,}", lambda match: b"X\x01\x00\x00\x00%c" % (97 + numbers.setdefault(match[0], len(numbers))), data, flags=re.DOTALL)


def short_strings(data):
    """Texts as Python 2 wrote them."""
    return re.sub(rb"X(.)\x00\x00\x00", lambda match: b"U" + match[1], data)


# _rebuild_tensor_v2 with PyTorch 2's seventh argument, and _rebuild_tensor_v3, which has the element type beside an untyped storage.
CONJUGATE = (b"\x80\x02}(X\x01\x00\x00\x00zctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nComplexFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x02tQK\x00K\x02\x85K\x01\x85\x89"
             b"ccollections\nOrderedDict\n)R}(X\x04\x00\x00\x00conj\x88X\x03\x00\x00\x00neg\x89utRu.")
UNTYPED = (b"\x80\x02}(X\x01\x00\x00\x00zctorch._utils\n_rebuild_tensor_v3\n((X\x07\x00\x00\x00storagectorch.storage\nUntypedStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x08tQK\x01K\x03\x85K\x01\x85\x89"
           b"ccollections\nOrderedDict\n)Rctorch\nint16\ntRu.")


def variants():
    """The bytes of each further file, and what it holds."""
    small = O(weight=torch.arange(6.).reshape(2, 3), bias=torch.tensor([1.5, -2.5, 3.5], dtype=torch.float64), count=torch.tensor(3))
    tied = dict(tensors())["tied"]
    for protocol in (3, 4, 5):
        value = {"weight": small["weight"], "note": "글", "bytes": b"\x00\xff", "pair": (1, 2.5)}
        yield f"protocol{protocol}", bytes_of(value, pickle_protocol=protocol), value
    yield "legacy", legacy(small), small
    yield "legacy_tied", legacy(tied), tied
    yield "legacy_dtypes", legacy(dict(tensors())["dtypes"]), dict(tensors())["dtypes"]
    yield "deflated", rezipped(bytes_of(small), method=zipfile.ZIP_DEFLATED, folders=["archive/", "archive/data/"]), small
    yield "zip64", rezipped(bytes_of(small), wide=True), small
    yield "newer_records", rezipped(bytes_of(small), extra=[("archive/byteorder", b"little"), ("archive/.data/serialization_id", b"0123456789"), ("archive/.format_version", b"1"), ("archive/.storage_alignment", b"64")]), small
    yield "cuda", rezipped(bytes_of(small), in_pickle(lambda data: data.replace(b"X\x03\x00\x00\x00cpu", b"X\x06\x00\x00\x00cuda:0"))), small
    yield "python2", rezipped(bytes_of(small), in_pickle(short_strings)), small
    yield "big_endian", big_endian(dict(tensors())["dtypes"]), dict(tensors())["dtypes"]
    numbers = struct.pack("<4f", 1, 2, 3, -4)
    yield "conjugate", crafted(CONJUGATE, s0=numbers), {"z": torch.tensor([1 - 2j, 3 + 4j])}
    yield "untyped", crafted(UNTYPED, s0=struct.pack("<4h", 9, 10, 11, 12)), {"z": torch.tensor([9, 10, 11, 12], dtype=torch.int16)[1:]}


def files():
    """Name, bytes, what it holds."""
    for name, value in (*modules(), *tensors(), *optimizers()):
        yield f"{name}.pth", bytes_of(value), describe(value)
    for name, data, value in variants():
        yield f"{name}.pth", data, describe(value)


def main(folder):
    expected = {}
    for name, data, words in files():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
        expected[name] = words
    with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as file:
        file.write("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(words)}" for name, words in expected.items()) + "\n}\n")
    return [*expected, "expected.json"]


if __name__ == "__main__":
    if sys.argv[1:] != ["--check"]:
        print(f"{len(main(HERE))} files")
    else:
        with tempfile.TemporaryDirectory() as folder:
            names = main(folder)
            changed = [name for name in names if open(os.path.join(folder, name), "rb").read() != open(os.path.join(HERE, name), "rb").read()]
        print(f"{len(names)} files, {len(changed)} differ {' '.join(changed)}")
        sys.exit(1 if changed else 0)
