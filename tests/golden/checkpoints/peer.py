"""Python's side of the round trips: reads what C# wrote, and writes it again.

    python3 peer.py FOLDER

FOLDER/manifest.json lists files with what they must hold. For each it is checked that torch.load gives that, with
weights_only where the file has no Python floats (1.13 knows none there), that torch.nn's module or torch.optim's
optimiser takes it, and it is written again by torch.save: zip archive and the format before PyTorch 1.6. Prints a JSON
object: file, list of what is wrong.
"""
import json
import os
import sys

import torch

from describe import describe, read_safetensors


def without_layout(words):
    if isinstance(words, dict):
        return {key: value[:2] + value[3:4] if key == "tensor" else without_layout(value) for key, value in words.items()}
    if isinstance(words, list):
        return [without_layout(word) for word in words]
    return words


def check_optimizer(maker, state):
    """The optimiser takes the state, gives it back, and takes a step with it."""
    tensors = [torch.nn.Parameter(torch.zeros(shape)) for shape in ((3, 2), (3,))]
    optimizer = eval(maker, {"torch": torch, "parameters": tensors})
    optimizer.load_state_dict(state)
    kept = optimizer.state_dict()
    for number, memory in state["state"].items():
        for name, value in memory.items():
            if value is not None and not torch.equal(torch.as_tensor(value).double(), torch.as_tensor(kept["state"][number][name]).double()):
                yield f"{name} of parameter {number} changed on its way into the optimiser"
    for saved, group in zip(state["param_groups"], kept["param_groups"]):
        for name in saved:
            if group[name] != saved[name]:
                yield f"{name} changed on its way into the optimiser"
    for tensor in tensors:
        tensor.grad = torch.ones_like(tensor)
    optimizer.step()


def check(folder, entry):
    path = os.path.join(folder, entry["file"])
    if path.endswith(".safetensors"):
        tensors, metadata = read_safetensors(path)
        words = without_layout(describe(dict(sorted(tensors.items()))))
        if words != without_layout(entry["expected"]):
            yield f"expected {entry['expected']} but got {words}"
        if metadata != entry.get("metadata"):
            yield f"expected metadata {entry.get('metadata')} but got {metadata}"
        return
    value = torch.load(path)
    if describe(value) != entry["expected"]:
        yield f"expected {entry['expected']} but got {describe(value)}"
    if entry["safe"] and describe(torch.load(path, weights_only=True)) != entry["expected"]:
        yield "weights_only gives something else"
    if "module" in entry:
        module = eval(entry["module"], {"torch": torch, "nn": torch.nn})
        module.load_state_dict(value, strict=True)
    if "optimizer" in entry:
        yield from check_optimizer(entry["optimizer"], value)
    torch.save(value, os.path.join(folder, "zip_" + entry["file"]))
    torch.save(value, os.path.join(folder, "old_" + entry["file"]), _use_new_zipfile_serialization=False)


def main(folder):
    torch.set_num_threads(1)
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    result = {}
    for entry in manifest:
        try:
            result[entry["file"]] = list(check(folder, entry))
        except Exception as error:
            result[entry["file"]] = [f"{type(error).__name__}: {error}"]
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1])
