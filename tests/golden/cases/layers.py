"""Linear, heaviside, LayerNorm, GroupNorm, InstanceNorm, the activations and softmax cross-entropy."""
import torch
from torch import nn
from torch.nn import functional

from .common import DTYPES, case, copy, dtype_of, first_line, lay_out, numbers, positive, step

PARAMETERS = ("weight", "bias")


def state_of(module):
    return {key: copy(value) for key, value in module.state_dict().items()}


def set_state(name, module):
    """Parameters and statistics other than those of a new module, for what the module has."""
    with torch.no_grad():
        for key, value in module.state_dict().items():
            if key == "num_batches_tracked":
                value.fill_(7)
            else:
                value.copy_((positive if key == "running_var" else numbers)(f"{name}/{key}", tuple(value.shape)))


def module_case(name, cls, shape, dtype, modes=("train",), layout="contiguous", custom=True, offset=0, data=None, **config):
    """A module's forward and backward, a step for each mode."""
    takes_dtype = cls not in (nn.Sigmoid, nn.Tanh, nn.ReLU)
    try:
        module = cls(**config, **({"dtype": dtype_of(dtype)} if takes_dtype else {}))
    except ValueError as exception:
        return case(name, cls.__name__, dtype, config, modes[0], {}, [], first_line(exception))
    if custom:
        set_state(name, module)
    initial = state_of(module)
    steps, error = [], None
    for index, mode in enumerate(modes):
        module.train(mode == "train")
        module.zero_grad(set_to_none=True)
        x = numbers(f"{name}/input/{index}", shape, dtype, offset=offset) if data is None else torch.tensor(data, dtype=dtype_of(dtype))
        x = lay_out(x, layout).detach().requires_grad_()
        tensors, strides = {"input": x}, None
        try:
            y = module(x)
            grad_output = numbers(f"{name}/grad_output/{index}", y.shape, dtype)
            y.backward(grad_output)
            tensors.update(grad_output=grad_output, output=copy(y), grad_input=copy(x.grad))
            tensors.update({f"grad_{key}": copy(parameter.grad) for key, parameter in module.named_parameters()})
            if layout != "contiguous":
                strides = {"input": list(x.stride()), "output": list(y.stride())}
        except (RuntimeError, ValueError) as exception:
            error = first_line(exception)
        tensors.update({key: value for key, value in state_of(module).items() if key not in PARAMETERS})
        steps.append(step(mode, tensors, strides=strides))
    return case(name, cls.__name__, dtype, {**config, "input_layout": layout}, modes[0], initial, steps, error, printed=repr(module))


def in_every_dtype(specs):
    return [module_case(name, cls, shape, dtype, **options) for name, cls, shape, options in specs for dtype in DTYPES]


def normalization_cases():
    twice = ("train", "train", "eval")
    made = in_every_dtype([
        ("layer_norm", nn.LayerNorm, (3, 4), dict(normalized_shape=[4])),
        ("layer_norm_new", nn.LayerNorm, (3, 4), dict(normalized_shape=[4], custom=False)),
        ("layer_norm_two_dimensions", nn.LayerNorm, (2, 2, 3), dict(normalized_shape=[2, 3], eps=1e-3)),
        ("layer_norm_not_affine", nn.LayerNorm, (3, 4), dict(normalized_shape=[4], elementwise_affine=False)),
        ("layer_norm_large_offset", nn.LayerNorm, (2, 4), dict(normalized_shape=[4], offset=10000)),
        ("layer_norm_one_value", nn.LayerNorm, (3, 1), dict(normalized_shape=[1])),
        ("layer_norm_empty", nn.LayerNorm, (0, 4), dict(normalized_shape=[4])),
        ("layer_norm_transposed", nn.LayerNorm, (3, 4), dict(normalized_shape=[4], layout="transposed")),
        ("group_norm", nn.GroupNorm, (2, 4, 3), dict(num_groups=2, num_channels=4)),
        ("group_norm_one_group", nn.GroupNorm, (2, 4), dict(num_groups=1, num_channels=4)),
        ("group_norm_as_instance_norm", nn.GroupNorm, (2, 3, 4), dict(num_groups=3, num_channels=3, eps=1e-3)),
        ("group_norm_4d_not_affine", nn.GroupNorm, (2, 4, 2, 2), dict(num_groups=2, num_channels=4, affine=False)),
        ("group_norm_channels_last", nn.GroupNorm, (2, 4, 2, 2), dict(num_groups=2, num_channels=4, layout="channels_last")),
        ("group_norm_empty", nn.GroupNorm, (0, 4, 3), dict(num_groups=2, num_channels=4)),
        ("instance_norm1d", nn.InstanceNorm1d, (2, 3, 4), dict(num_features=3)),
        ("instance_norm1d_affine_tracking", nn.InstanceNorm1d, (2, 3, 4), dict(num_features=3, affine=True, track_running_stats=True, modes=twice)),
        ("instance_norm1d_momentum_0.5", nn.InstanceNorm1d, (2, 2, 3), dict(num_features=2, momentum=0.5, track_running_stats=True, modes=twice)),
        ("instance_norm1d_unbatched", nn.InstanceNorm1d, (3, 4), dict(num_features=3, affine=True)),
        ("instance_norm1d_eval_not_tracking", nn.InstanceNorm1d, (2, 3, 4), dict(num_features=3, modes=("eval",))),
        ("instance_norm2d", nn.InstanceNorm2d, (2, 2, 2, 3), dict(num_features=2, affine=True, eps=1e-3)),
        ("instance_norm3d", nn.InstanceNorm3d, (2, 2, 2, 1, 2), dict(num_features=2, affine=True)),
    ])
    errors = [
        ("layer_norm_error_shape", nn.LayerNorm, (3, 5), dict(normalized_shape=[4])),
        ("group_norm_error_groups", nn.GroupNorm, (2, 4), dict(num_groups=3, num_channels=4)),
        ("group_norm_error_channels", nn.GroupNorm, (2, 6, 2), dict(num_groups=2, num_channels=4)),
        ("group_norm_error_one_value_per_group", nn.GroupNorm, (1, 2), dict(num_groups=2, num_channels=2)),
        ("instance_norm1d_error_4d_input", nn.InstanceNorm1d, (2, 3, 2, 2), dict(num_features=3)),
        ("instance_norm2d_error_2d_input", nn.InstanceNorm2d, (2, 3), dict(num_features=3)),
        ("instance_norm1d_error_one_value", nn.InstanceNorm1d, (2, 3, 1), dict(num_features=3)),
        ("instance_norm1d_error_channels", nn.InstanceNorm1d, (2, 5, 4), dict(num_features=3, affine=True)),
    ]
    for name, cls, shape, options in errors:
        one = module_case(name, cls, shape, "float32", **options)
        assert one["error"] is not None, name
        made.append(one)
    return made


def heaviside(name, dtype, at_zero):
    """The step; PyTorch gives it no gradient."""
    x = torch.tensor([-2.0, -1e-30, -0.0, 0.0, 1e-30, 3.0, float("inf"), float("-inf"), float("nan")], dtype=dtype_of(dtype))
    y = torch.heaviside(x, torch.tensor(at_zero, dtype=x.dtype))
    return case(name, "heaviside", dtype, {"values": at_zero, "input_layout": "contiguous"}, "eval", {}, [step("eval", {"input": x, "output": y})])


def layer_cases():
    twice = ("train", "eval")
    made = in_every_dtype([
        ("linear", nn.Linear, (5, 4), dict(in_features=4, out_features=3, modes=twice)),
        ("linear_no_bias", nn.Linear, (5, 4), dict(in_features=4, out_features=3, bias=False)),
        ("linear_vector", nn.Linear, (4,), dict(in_features=4, out_features=3)),
        ("linear_3d_input", nn.Linear, (2, 3, 4), dict(in_features=4, out_features=2)),
        ("linear_4d_input_no_bias", nn.Linear, (2, 1, 3, 2), dict(in_features=2, out_features=2, bias=False)),
        ("linear_empty_batch", nn.Linear, (0, 4), dict(in_features=4, out_features=3)),
        ("linear_one_by_one", nn.Linear, (3, 1), dict(in_features=1, out_features=1)),
        ("linear_transposed", nn.Linear, (5, 4), dict(in_features=4, out_features=3, layout="transposed")),
        ("linear_strided", nn.Linear, (2, 3, 4), dict(in_features=4, out_features=2, layout="strided")),
    ])
    made.append(module_case("linear_error_features", nn.Linear, (5, 6), "float32", in_features=4, out_features=3))
    assert made[-1]["error"] is not None
    return made + [heaviside(f"heaviside_{at_zero}", dtype, at_zero) for at_zero in (0.0, 0.5, 1.0) for dtype in DTYPES]


def activation_cases():
    inf, nan = float("inf"), float("nan")
    special = [0.0, -0.0, 1e-7, -1e-7, 20.0, -20.0, 100.0, -100.0, 710.0, -710.0, inf, -inf, nan]
    return in_every_dtype([
        (f"{cls.__name__.lower()}{label}", cls, (3, 4), options)
        for cls in (nn.Sigmoid, nn.Tanh, nn.ReLU)
        for label, options in (("", {}), ("_special_values", {"data": special}), ("_transposed", {"layout": "transposed"}))
    ])


def cross_entropy(name, dtype, shape, reduction="mean", offset=0, logits=None, ignored=(), probabilities=False):
    """Logits (N, C) or (N, C, L); targets are classes (N) or (N, L), or probabilities of the logits' shape."""
    x = numbers(f"{name}/input", shape, dtype, offset=offset) if logits is None else torch.tensor(logits, dtype=dtype_of(dtype)).reshape(shape)
    x = x.requires_grad_()
    if probabilities:
        share = positive(f"{name}/target", shape, dtype)
        target = (share / share.sum(1, keepdim=True)).detach()
    else:
        target = (numbers(f"{name}/target", (shape[0],) + tuple(shape[2:]), exponent=3).long() + 3000) % shape[1]
        for index in ignored:
            target[index] = -100
    loss = nn.CrossEntropyLoss(reduction=reduction)
    y = loss(x, target)
    grad_output = numbers(f"{name}/grad_output", tuple(y.shape), dtype) if y.dim() else torch.tensor(0.75, dtype=dtype_of(dtype))
    y.backward(grad_output)
    tensors = {"input": x, "target": target, "grad_output": grad_output, "probabilities": copy(functional.softmax(x, 1)),
               "output": copy(y), "grad_input": copy(x.grad)}
    return case(name, "CrossEntropyLoss", dtype, {"reduction": reduction, "input_layout": "contiguous"}, "train", {}, [step("train", tensors)])


def loss_cases():
    specs = [
        ("cross_entropy_mean", (4, 5), {}),
        ("cross_entropy_sum", (4, 5), dict(reduction="sum")),
        ("cross_entropy_none", (4, 5), dict(reduction="none")),
        ("cross_entropy_one_row", (1, 3), {}),
        ("cross_entropy_one_class", (3, 1), {}),
        ("cross_entropy_with_length", (2, 3, 2), {}),
        ("cross_entropy_with_length_sum", (2, 3, 2), dict(reduction="sum")),
        ("cross_entropy_large_offset", (3, 4), dict(offset=10000)),
        ("cross_entropy_large_logits", (2, 3), dict(logits=[1000.0, 0.0, -1000.0, -1000.0, 1000.0, 999.0])),
        ("cross_entropy_equal_logits", (2, 3), dict(logits=[0.0, 0.0, 0.0, 5.0, 5.0, 5.0])),
        ("cross_entropy_ignored_target", (4, 3), dict(ignored=(1,))),
        ("cross_entropy_all_ignored", (2, 3), dict(ignored=(0, 1))),
        ("cross_entropy_empty_mean", (0, 3), {}),
        ("cross_entropy_empty_sum", (0, 3), dict(reduction="sum")),
        ("cross_entropy_probabilities", (3, 4), dict(probabilities=True)),
        ("cross_entropy_probabilities_sum", (3, 4), dict(probabilities=True, reduction="sum")),
    ]
    return [cross_entropy(name, dtype, shape, **options) for name, shape, options in specs for dtype in DTYPES]
