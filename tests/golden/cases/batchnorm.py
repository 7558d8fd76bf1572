"""BatchNorm1d/2d/3d and torch.nn.functional.batch_norm."""
import torch
from torch import nn
from torch.nn import functional

from .common import DTYPES, case, copy, dtype_of, first_line, lay_out, numbers, positive, step

TRAIN3_EVAL = ("train", "train", "train", "eval")


class Spec:
    """One case, in every dtype: what is built, what it is fed, and in which modes."""

    def __init__(self, name, shape, modes=TRAIN3_EVAL, dtypes=DTYPES, layout="contiguous", custom=(), param_dtype=None,
                 exponent=0, offset=0, data=None, double_backward=False, grad_output_layout="contiguous", **config):
        self.name, self.shape, self.modes, self.dtypes, self.layout = name, shape, modes, dtypes, layout
        self.custom, self.param_dtype, self.exponent, self.offset, self.data = custom, param_dtype, exponent, offset, data
        self.double_backward, self.grad_output_layout, self.config = double_backward, grad_output_layout, config

    def input(self, index, dtype):
        if self.data is not None:
            return torch.tensor(self.data, dtype=torch.float64).reshape(self.shape).to(dtype_of(dtype))
        if dtype == "int64":
            return numbers(f"{self.name}/input/{index}", self.shape, exponent=3).long() % 7
        return numbers(f"{self.name}/input/{index}", self.shape, dtype, self.exponent, self.offset)


def state_of(module):
    """The state dict as it is now."""
    return {key: copy(value) for key, value in module.state_dict().items()}


def build(spec, cls, dtype):
    config = {"num_features": spec.config.get("num_features") or spec.shape[1], "eps": 1e-5, "momentum": 0.1, "affine": True, "track_running_stats": True}
    config.update(spec.config)
    param_dtype = spec.param_dtype or dtype
    module = cls(**config, dtype=dtype_of(param_dtype))
    features = (config["num_features"],)
    with torch.no_grad():
        if "parameters" in spec.custom:
            module.weight.copy_(numbers(f"{spec.name}/weight", features))
            module.bias.copy_(numbers(f"{spec.name}/bias", features))
        if "statistics" in spec.custom:
            module.running_mean.copy_(numbers(f"{spec.name}/running_mean", features))
            module.running_var.copy_(positive(f"{spec.name}/running_var", features))
            module.num_batches_tracked.fill_(7)
    if spec.param_dtype:
        config["param_dtype"] = spec.param_dtype
    config["input_layout"] = spec.layout
    if spec.grad_output_layout != "contiguous":
        config["grad_output_layout"] = spec.grad_output_layout
    return module, config


def run_step(spec, module, index, mode, dtype):
    module.train(mode == "train")
    module.zero_grad(set_to_none=True)
    x = lay_out(spec.input(index, dtype), spec.layout)
    if x.is_floating_point():
        x = x.detach().requires_grad_()
    tensors = {"input": x}
    try:
        y = module(x)
    except (RuntimeError, ValueError) as error:
        tensors.update({k: v for k, v in state_of(module).items() if k not in ("weight", "bias")})
        return step(mode, tensors), first_line(error)
    grad_output = lay_out(numbers(f"{spec.name}/grad_output/{index}", y.shape, dtype), spec.grad_output_layout)
    if spec.double_backward:
        tensors.update(second_order(spec, module, x, y, grad_output, index, dtype))
    else:
        y.backward(grad_output)
        tensors.update(grad_output=grad_output, output=copy(y), grad_input=copy(x.grad))
        if module.affine:
            tensors.update(grad_weight=copy(module.weight.grad), grad_bias=copy(module.bias.grad))
    tensors.update({k: v for k, v in state_of(module).items() if k not in ("weight", "bias")})
    strides = None if spec.layout == "contiguous" else {"input": list(x.stride()), "output": list(y.stride())}
    return step(mode, tensors, strides=strides), None


def second_order(spec, module, x, y, grad_output, index, dtype):
    """First gradients, then the gradients of sum(grad_input * v); what it doesn't depend on has gradient 0."""
    grad_output = grad_output.requires_grad_()
    v = numbers(f"{spec.name}/v/{index}", x.shape, dtype)
    parameters = [module.weight, module.bias] if module.affine else []
    grads = torch.autograd.grad(y, [x] + parameters, grad_output, create_graph=True)
    targets = {"input": x, "grad_output": grad_output}
    if module.affine:
        targets["weight"] = module.weight
    second = torch.autograd.grad((grads[0] * v).sum(), list(targets.values()), allow_unused=True)
    tensors = {"grad_output": grad_output, "output": copy(y), "grad_input": copy(grads[0])}
    if module.affine:
        tensors.update(grad_weight=copy(grads[1]), grad_bias=copy(grads[2]))
    tensors["v"] = v
    for (name, target), gradient in zip(targets.items(), second):
        tensors[f"grad2_{name}"] = torch.zeros_like(target) if gradient is None else copy(gradient)
    return tensors


def module_case(spec, cls, dtype):
    module, config = build(spec, cls, dtype)
    initial = state_of(module)
    steps, error = [], None
    for index, mode in enumerate(spec.modes):
        one, error = run_step(spec, module, index, mode, dtype)
        steps.append(one)
    return case(spec.name, cls.__name__, dtype, config, spec.modes[0], initial, steps, error, printed=repr(module))


def functional_case(name, shape, dtype, training, statistics=True, weight=True, bias=True, momentum=0.1, eps=1e-5):
    channels = (shape[1],) if len(shape) > 1 else (0,)
    make = {
        "weight": numbers(f"{name}/weight", channels, dtype) if weight else None,
        "bias": numbers(f"{name}/bias", channels, dtype) if bias else None,
        "running_mean": numbers(f"{name}/running_mean", channels, dtype) if statistics else None,
        "running_var": positive(f"{name}/running_var", channels, dtype) if statistics else None,
    }
    given = {k: v for k, v in make.items() if v is not None}
    initial = {k: copy(v) for k, v in given.items()}
    for key in ("weight", "bias"):
        if make[key] is not None:
            make[key].requires_grad_()
    x = numbers(f"{name}/input", shape, dtype).requires_grad_()
    config = {"training": training, "momentum": momentum, "eps": eps, "input_layout": "contiguous"}
    mode = "train" if training else "eval"
    tensors, error = {"input": x}, None
    try:
        y = functional.batch_norm(x, make["running_mean"], make["running_var"], make["weight"], make["bias"], training, momentum, eps)
        grad_output = numbers(f"{name}/grad_output", shape, dtype)
        y.backward(grad_output)
        tensors.update(grad_output=grad_output, output=copy(y), grad_input=copy(x.grad))
        tensors.update({f"grad_{k}": copy(make[k].grad) for k in ("weight", "bias") if make[k] is not None})
    except (RuntimeError, ValueError) as exception:
        error = first_line(exception)
    tensors.update({k: copy(given[k]) for k in ("running_mean", "running_var") if k in given})
    return case(name, "functional.batch_norm", dtype, config, mode, initial, [step(mode, tensors)], error)


def expand(specs, cls):
    return [module_case(spec, cls, dtype) for spec in specs for dtype in spec.dtypes]


BOTH = ("parameters", "statistics")
# Large shapes are kept in one dtype, and errors too, so that the files stay small.
FLOAT64, FLOAT32 = ("float64",), ("float32",)


def cases_1d():
    once, train, ev = ("train", "eval"), ("train",), ("eval",)
    specs = [
        # PyTorch's own module tests
        Spec("affine", (4, 10)),
        Spec("3d_input", (4, 5, 3)),
        Spec("simple_average", (4, 10), eps=1e-3, momentum=None),
        Spec("not_affine", (4, 10), once, eps=1e-3, momentum=0.3, affine=False),
        Spec("not_tracking", (4, 10), once, eps=1e-3, momentum=0.3, track_running_stats=False),
        Spec("3d_input_not_affine", (4, 5, 3), once, eps=1e-3, momentum=0.3, affine=False),
        Spec("zero_batch", (0, 5, 9), eps=1e-3, momentum=0.3, affine=False),
        # Momentum isn't range-checked
        *(Spec(f"momentum_{label}", (4, 2), custom=BOTH, momentum=value)
          for label, value in (("0", 0.0), ("0.3", 0.3), ("1", 1.0), ("2", 2.0), ("minus_1", -1.0))),
        Spec("momentum_none_resumed", (4, 2), custom=BOTH, momentum=None),
        # Parameters and statistics other than those of a new module
        Spec("custom_state", (5, 3), custom=BOTH),
        Spec("custom_state_3d_input", (2, 3, 3), custom=BOTH),
        Spec("custom_state_eval_only", (5, 3), ev, custom=BOTH),
        Spec("eval_of_new_module", (5, 3), ev),
        Spec("not_affine_not_tracking", (4, 2), once, affine=False, track_running_stats=False),
        Spec("one_feature", (8, 1), once, custom=BOTH),
        Spec("two_values_per_channel", (2, 3), once),
        Spec("one_sample_with_length", (1, 3, 4), once, custom=BOTH),
        Spec("train_after_eval", (4, 2), ("train", "eval", "train", "eval"), custom=BOTH),
        Spec("single_sample_eval", (1, 3), ev, custom=BOTH),
        # Epsilon
        Spec("eps_0.001", (4, 2), once, custom=BOTH, eps=1e-3),
        Spec("eps_0", (4, 2), once, custom=BOTH, eps=0.0),
        Spec("eps_0.6", (4, 2), once, custom=BOTH, eps=0.6),
        Spec("eps_negative", (4, 2), once, custom=BOTH, eps=-1e-3),
        Spec("zero_variance_eps_0", (3, 2), once, data=[3.0, -0.5] * 3, eps=0.0),
        Spec("zero_variance", (4, 2), once, data=[3.0, -0.5] * 4, custom=("parameters",)),
        Spec("zero_variance_in_one_channel", (4, 2), once, data=[3.0, 1.0, 3.0, 2.0, 3.0, -1.5, 3.0, 0.25], custom=("parameters",)),
        # Empty batches
        Spec("empty_batch", (0, 3), once),
        Spec("empty_batch_custom_state", (0, 3, 4), once, custom=BOTH),
        # Scales
        Spec("large_offset", (6, 2), once, offset=10000),
        Spec("large_offset_steps_of_1", (3, 1), once, data=[10000.0, 10001.0, 10002.0]),
        Spec("constant_3", (10, 1), once, data=[3.0] * 10),
        Spec("tiny_scale", (6, 2), once, exponent=-6),
        Spec("tiny_scale_eps_0", (6, 2), once, exponent=-6, eps=0.0),
        Spec("large_scale", (6, 2), once, exponent=6),
        # Not finite
        Spec("nan_in_one_channel", (4, 2), once, data=[1.0, float("nan"), 2.0, 0.5, -1.0, 0.25, 3.0, 4.0]),
        Spec("infinity_in_one_channel", (4, 2), once, data=[1.0, float("inf"), 2.0, 0.5, -1.0, 0.25, 3.0, 4.0]),
        # Memory layouts
        Spec("transposed", (4, 3), once, layout="transposed", custom=BOTH),
        Spec("transposed_3d_input", (2, 3, 3), once, layout="transposed", custom=BOTH),
        Spec("strided", (4, 3), once, layout="strided", custom=BOTH),
        Spec("strided_3d_input", (2, 3, 3), once, layout="strided", custom=BOTH),
        Spec("expanded", (4, 3), once, layout="expanded", custom=BOTH),
        Spec("expanded_3d_input", (2, 3, 3), once, layout="expanded", custom=BOTH),
        Spec("grad_output_expanded", (4, 3), once, grad_output_layout="expanded", custom=BOTH),
        Spec("grad_output_transposed", (2, 3, 3), once, grad_output_layout="transposed", custom=BOTH),
        # Low-precision input with float32 parameters
        Spec("bfloat16_input_float32_parameters", (5, 3), once, ("bfloat16",), param_dtype="float32", custom=BOTH),
        Spec("bfloat16_input_float32_parameters_3d_input", (2, 3, 3), once, ("bfloat16",), param_dtype="float32"),
        # Second order
        *(Spec(f"double_backward{label}", shape, modes, double_backward=True, custom=custom, **config)
          for label, shape, modes, custom, config in (
              ("", (4, 2), train, BOTH, {}),
              ("_3d_input", (3, 2, 4), train, BOTH, {}),
              ("_eval", (4, 2), ev, BOTH, {}),
              ("_not_affine", (4, 2), train, (), {"affine": False}),
              ("_not_affine_eval", (4, 2), ev, ("statistics",), {"affine": False}),
              ("_not_tracking_eval", (4, 2), ev, ("parameters",), {"track_running_stats": False}),
              ("_large_eps", (4, 2), train, BOTH, {"eps": 0.6, "momentum": None}))),
        # Errors
        Spec("error_4d_input", (2, 3, 2, 2), train, FLOAT32),
        Spec("error_1d_input", (4,), train, FLOAT32, num_features=4),
        Spec("error_one_value_per_channel", (1, 3), train, FLOAT32),
        Spec("error_one_value_per_channel_length_1", (1, 3, 1), train, FLOAT32),
        Spec("error_one_value_per_channel_not_tracking_eval", (1, 3), ev, FLOAT32, track_running_stats=False),
        Spec("error_more_channels", (4, 5), train, FLOAT32, num_features=3),
        Spec("error_fewer_channels", (4, 3), train, FLOAT32, num_features=5),
        Spec("error_more_channels_eval", (4, 5), ev, FLOAT32, num_features=3),
        Spec("error_fewer_channels_not_tracking", (4, 3), train, FLOAT32, num_features=5, track_running_stats=False),
        Spec("error_integer_input", (4, 3), train, ("int64",), param_dtype="float32"),
        Spec("error_integer_input_eval", (4, 3), ev, ("int64",), param_dtype="float32"),
        Spec("error_float64_input_float32_parameters", (4, 3), train, ("float64",), param_dtype="float32"),
        Spec("error_float32_input_float64_parameters", (4, 3), train, ("float32",), param_dtype="float64"),
        Spec("error_bfloat16_input_float64_parameters", (4, 3), train, ("bfloat16",), param_dtype="float64"),
    ]
    functional_specs = [
        ("functional_5x5x5", (5, 5, 5), dict(training=True, momentum=0.5, eps=0.6)),
        ("functional_3x2x4_eval", (3, 2, 4), dict(training=False, momentum=-1.2)),
        ("functional_3x1_momentum_0", (3, 1), dict(training=True, momentum=0.0)),
        ("functional_empty_vector", (0,), dict(training=True, weight=False, bias=False)),
        ("functional_empty_vector_eval", (0,), dict(training=False, weight=False, bias=False)),
        ("functional_3x2x3x4", (3, 2, 3, 4), dict(training=True, momentum=-1.0, eps=0.5)),
        ("functional_3x2x3x4_eval", (3, 2, 3, 4), dict(training=False, momentum=-1.0, eps=0.5)),
        ("functional_2x1", (2, 1), dict(training=True)),
        ("functional_2x1_eval", (2, 1), dict(training=False)),
        ("functional_weight_without_bias", (2, 3), dict(training=True, bias=False)),
        ("functional_bias_without_weight_eval", (2, 3), dict(training=False, weight=False)),
        ("functional_without_parameters_eval", (2, 3), dict(training=False, weight=False, bias=False)),
        ("functional_1x2x3_without_statistics", (1, 2, 3), dict(training=True, statistics=False, weight=False, bias=False)),
        ("functional_error_eval_without_statistics", (2, 3), dict(training=False, statistics=False)),
        ("functional_error_one_value_per_channel", (1, 3), dict(training=True)),
    ]
    return expand(specs, nn.BatchNorm1d) + [
        functional_case(name, shape, dtype, **options) for name, shape, options in functional_specs for dtype in DTYPES]


def cases_2d():
    once, train, ev = ("train", "eval"), ("train",), ("eval",)
    return expand([
        Spec("default", (2, 3, 6, 6), once),
        Spec("simple_average", (2, 3, 6, 6), train, FLOAT64, eps=1e-3, momentum=None),
        Spec("momentum_0.8", (2, 3, 6, 6), train, FLOAT64, eps=1e-3, momentum=0.8),
        Spec("not_affine", (2, 3, 6, 6), train, FLOAT64, eps=1e-3, momentum=0.8, affine=False),
        Spec("not_tracking", (2, 3, 6, 6), train, FLOAT64, eps=1e-3, momentum=0.8, track_running_stats=False),
        Spec("zero_batch", (0, 5, 2, 2), once, eps=1e-3, momentum=0.3, affine=False),
        Spec("simple_average_small", (2, 2, 2, 2), TRAIN3_EVAL, eps=1e-3, momentum=None),
        Spec("not_tracking_small", (2, 2, 2, 2), once, eps=1e-3, momentum=0.8, track_running_stats=False),
        Spec("custom_state", (2, 2, 2, 3), TRAIN3_EVAL, custom=BOTH),
        Spec("channels_last", (2, 2, 2, 3), once, layout="channels_last", custom=BOTH),
        Spec("channels_last_not_affine", (2, 2, 2, 3), once, layout="channels_last", affine=False),
        Spec("transposed", (2, 2, 2, 3), once, layout="transposed", custom=BOTH),
        Spec("strided", (2, 2, 2, 3), once, layout="strided", custom=BOTH),
        Spec("expanded", (2, 2, 2, 3), once, layout="expanded", custom=BOTH),
        Spec("bfloat16_input_float32_parameters", (2, 2, 2, 3), once, ("bfloat16",), param_dtype="float32", custom=BOTH),
        Spec("double_backward", (2, 2, 2, 2), train, double_backward=True, custom=BOTH),
        Spec("double_backward_eval", (2, 2, 2, 2), ev, double_backward=True, custom=BOTH),
        Spec("error_3d_input", (2, 3, 4), train, FLOAT32),
        Spec("error_2d_input", (2, 3), train, FLOAT32),
        Spec("error_5d_input", (2, 3, 2, 1, 1), train, FLOAT32),
        Spec("error_one_value_per_channel", (1, 3, 1, 1), train, FLOAT32),
        Spec("error_more_channels", (2, 5, 2, 2), train, FLOAT32, num_features=3),
    ], nn.BatchNorm2d)


def cases_3d():
    once, train, ev = ("train", "eval"), ("train",), ("eval",)
    return expand([
        Spec("default", (2, 3, 4, 4, 4), once, FLOAT64),
        Spec("default", (2, 3, 4, 4, 4), train, FLOAT32),
        Spec("simple_average", (2, 3, 4, 4, 4), train, FLOAT64, eps=1e-3, momentum=None),
        Spec("simple_average_small", (2, 2, 2, 1, 2), TRAIN3_EVAL, eps=1e-3, momentum=None),
        Spec("momentum_0.7", (2, 3, 4, 4, 4), train, FLOAT64, eps=1e-3, momentum=0.7),
        Spec("not_affine", (2, 3, 4, 4, 4), train, FLOAT64, eps=1e-3, momentum=0.7, affine=False),
        Spec("not_tracking", (2, 3, 4, 4, 4), ev, FLOAT64, eps=1e-3, momentum=0.7, track_running_stats=False),
        Spec("zero_batch", (0, 5, 2, 2, 2), once, eps=1e-3, momentum=0.3, affine=False),
        Spec("not_tracking_small", (2, 2, 2, 1, 2), once, eps=1e-3, momentum=0.7, track_running_stats=False),
        Spec("custom_state", (2, 2, 2, 1, 2), TRAIN3_EVAL, custom=BOTH),
        Spec("channels_last", (2, 2, 2, 1, 2), once, layout="channels_last", custom=BOTH),
        Spec("transposed", (2, 2, 1, 2, 3), once, layout="transposed", custom=BOTH),
        Spec("strided", (2, 2, 2, 1, 2), once, layout="strided", custom=BOTH),
        Spec("expanded", (2, 2, 2, 1, 2), once, layout="expanded", custom=BOTH),
        Spec("double_backward", (2, 2, 2, 1, 2), train, double_backward=True, custom=BOTH),
        Spec("error_4d_input", (2, 3, 4, 4), train, FLOAT32),
        Spec("error_one_value_per_channel", (1, 3, 1, 1, 1), train, FLOAT32),
        Spec("error_fewer_channels", (2, 2, 2, 1, 2), train, FLOAT32, num_features=5),
    ], nn.BatchNorm3d)
