"""BatchNorm on parts of a batch, LazyBatchNorm, and BatchNorm folded into the layer before it."""
import warnings

import torch
from torch import nn
from torch.nn.utils import fusion

from .common import DTYPES, case, copy, dtype_of, numbers, positive, step


def dtypes_for(config):
    """Options of their own are about the rule, not about round-off: one dtype, so that the files stay small."""
    return ("float64",) if config else DTYPES


def set_state(name, module):
    """Parameters and statistics other than those of a new module; the keys are those of the state dict."""
    with torch.no_grad():
        for key, value in module.state_dict().items():
            if value.is_floating_point():
                value.copy_((positive if key.endswith("running_var") else numbers)(f"{name}/{key}", tuple(value.shape)))


def state_of(module):
    return {key: copy(value) for key, value in module.state_dict().items()}


def parts_of(x, size):
    """Virtual batches of that size; a rest that can't be normalised, a single value per channel, joins the one before it."""
    parts = list(x.split(size))
    if len(parts) > 1 and parts[-1].numel() == parts[-1].shape[1]:
        parts[-2:] = [torch.cat(parts[-2:])]
    return parts


def ghost_case(name, cls, shape, size, dtype, **config):
    """Two steps of training, in which the module sees the parts one after another, and one of evaluation on the whole."""
    module = cls(shape[1], **config, dtype=dtype_of(dtype))
    set_state(name, module)
    initial, steps = state_of(module), []
    tracking = module.track_running_stats
    for index, mode in enumerate(("train", "train", "eval")):
        module.train(mode == "train")
        module.zero_grad(set_to_none=True)
        x = numbers(f"{name}/input/{index}", shape, dtype).requires_grad_()
        y = module(x) if mode == "eval" and tracking else torch.cat([module(part) for part in parts_of(x, size)])
        grad_output = numbers(f"{name}/grad_output/{index}", shape, dtype)
        y.backward(grad_output)
        tensors = {"input": x, "grad_output": grad_output, "output": copy(y), "grad_input": copy(x.grad)}
        tensors.update({f"grad_{key}": copy(parameter.grad) for key, parameter in module.named_parameters()})
        tensors.update({key: copy(value) for key, value in module.named_buffers()})
        steps.append(step(mode, tensors))
    config = {"num_features": shape[1], "eps": module.eps, "momentum": module.momentum, "affine": module.affine,
              "track_running_stats": tracking, "virtual_batch_size": size, "input_layout": "contiguous"}
    return case(name, cls.__name__, dtype, config, "train", initial, steps)


def lazy_case(name, cls, shape, dtype, **config):
    """A module before its first input and after it: how it prints, its output, its state."""
    module = cls(**config, dtype=dtype_of(dtype))
    before = repr(module)
    x = numbers(f"{name}/input", shape, dtype).requires_grad_()
    y = module(x)
    grad_output = numbers(f"{name}/grad_output", shape, dtype)
    y.backward(grad_output)
    tensors = {"input": x, "grad_output": grad_output, "output": copy(y), "grad_input": copy(x.grad)}
    tensors.update({f"grad_{key}": copy(parameter.grad) for key, parameter in module.named_parameters()})
    tensors.update({key: copy(value) for key, value in module.named_buffers()})
    config = {"eps": module.eps, "momentum": module.momentum, "affine": module.affine, "track_running_stats": module.track_running_stats,
              "printed_after": repr(module), "input_layout": "contiguous"}
    return case(name, cls.__name__, dtype, config, "train", {}, [step("train", tensors)], printed=before)


def folding_case(name, layer, norm, shape, dtype, **config):
    """A layer and its normalisation in evaluation, and what torch.nn.utils.fusion makes of the two."""
    both = nn.Sequential()
    both.add_module("layer", layer)
    both.add_module("norm", norm)
    set_state(name, both)
    both.to(dtype_of(dtype)).eval()
    fuse = fusion.fuse_linear_bn_eval if isinstance(layer, nn.Linear) else fusion.fuse_conv_bn_eval
    folded = fuse(layer, norm)
    x = numbers(f"{name}/input", shape, dtype)
    tensors = {"input": x, "output": copy(both(x)), "weight": copy(folded.weight), "bias": copy(folded.bias)}
    config = {**config, "eps": norm.eps, "input_layout": "contiguous"}
    return case(name, type(layer).__name__, dtype, config, "eval", state_of(both), [step("eval", tensors)])


def ghost_cases():
    specs = [
        ("ghost", nn.BatchNorm1d, (6, 3), 2, {}),
        ("ghost_rest", nn.BatchNorm1d, (8, 2), 3, {}),
        ("ghost_rest_of_one_value", nn.BatchNorm1d, (7, 2), 3, {}),
        ("ghost_one_part", nn.BatchNorm1d, (4, 3), 4, {}),
        ("ghost_average", nn.BatchNorm1d, (6, 2), 2, dict(momentum=None)),
        ("ghost_not_affine", nn.BatchNorm1d, (6, 2), 3, dict(affine=False, momentum=0.7)),
        ("ghost_not_tracking", nn.BatchNorm1d, (6, 2), 3, dict(track_running_stats=False)),
        ("ghost_3d_input", nn.BatchNorm1d, (4, 2, 3), 1, dict(eps=1e-3)),
        ("ghost_4d_input", nn.BatchNorm2d, (4, 2, 2, 2), 2, {}),
        ("ghost_5d_input", nn.BatchNorm3d, (3, 2, 1, 2, 2), 2, {}),
    ]
    return [ghost_case(name, cls, shape, size, dtype, **config) for name, cls, shape, size, config in specs for dtype in dtypes_for(config)]


def lazy_cases():
    specs = [
        ("lazy", nn.LazyBatchNorm1d, (4, 3), {}),
        ("lazy_average_not_affine", nn.LazyBatchNorm1d, (3, 2, 2), dict(momentum=None, affine=False)),
        ("lazy_not_affine_not_tracking", nn.LazyBatchNorm1d, (4, 2), dict(affine=False, track_running_stats=False)),
        ("lazy_4d_input", nn.LazyBatchNorm2d, (2, 2, 2, 2), dict(eps=1e-3)),
        ("lazy_5d_input", nn.LazyBatchNorm3d, (2, 2, 2, 1, 2), dict(momentum=0.3)),
    ]
    return [lazy_case(name, cls, shape, dtype, **config) for name, cls, shape, config in specs for dtype in dtypes_for(config)]


def folding_cases():
    made = []
    for label, bias, affine in (("", True, True), ("_no_bias", False, True), ("_not_affine", True, False), ("_no_bias_not_affine", False, False)):
        for dtype in dtypes_for(label):
            norms, both = {"affine": affine, "eps": 1e-3}, {"bias": bias, "affine": affine}
            if affine:  # a linear layer is fused with nothing else by PyTorch 1.13
                made.append(folding_case(f"fold_linear{label}", nn.Linear(4, 3, bias), nn.BatchNorm1d(3, **norms), (2, 4), dtype,
                                         in_features=4, out_features=3, **both))
            made += [
                folding_case(f"fold_conv1d{label}", nn.Conv1d(4, 2, 3, stride=2, padding=1, groups=2, bias=bias), nn.BatchNorm1d(2, **norms), (2, 4, 5), dtype,
                             in_channels=4, out_channels=2, kernel_size=[3], stride=2, padding=1, groups=2, **both),
                folding_case(f"fold_conv2d{label}", nn.Conv2d(2, 3, (3, 2), padding=1, bias=bias), nn.BatchNorm2d(3, **norms), (1, 2, 3, 3), dtype,
                             in_channels=2, out_channels=3, kernel_size=[3, 2], padding=1, **both),
            ]
    return made


def cases():
    warnings.filterwarnings("ignore", "Lazy modules are a new feature")
    return ghost_cases() + lazy_cases() + folding_cases()
