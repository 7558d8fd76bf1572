"""Trajectories of the optimisers on fixed gradients: ten steps, the parameters after each, the state at the end."""
import torch
from torch import optim

from .common import case, copy, dtype_of, first_line, numbers, step

STEPS = 10
SHAPES = {"param0": (3,), "param1": (2,), "param2": (1,)}


def gradient(name, key, index, dtype, pauses):
    """The gradient of a parameter at a step; None where it has none: the parameter is skipped, weight decay or not."""
    if key == "param2" or (pauses and key == "param1" and index % 3 == 1):
        return None
    return numbers(f"{name}/grad/{key}/{index}", SHAPES[key], dtype)


def trajectory(name, cls, dtype, pauses=False, groups=None, zero_gradients=False, **options):
    """
    One parameter; with groups (the options of its own group) a second, param1; with pauses too, which then has no gradient at
    every third step, and param2, which never has one.
    """
    keys = list(SHAPES) if pauses else ["param0", "param1"] if groups else ["param0"]
    parameters = {key: numbers(f"start/{key}", SHAPES[key], dtype).requires_grad_() for key in keys}
    initial = {key: copy(value) for key, value in parameters.items()}
    if groups is None:
        optimizer = cls(parameters.values(), **options)
        config = dict(options)
    else:
        optimizer = cls([{"params": [parameters["param0"]]}, {"params": [parameters["param1"]], **groups}], **options)
        config = {**options, "groups": [{"params": ["param0"]}, {"params": ["param1"], **groups}]}
    steps = []
    for index in range(STEPS):
        tensors = {}
        for key, parameter in parameters.items():
            parameter.grad = gradient(name, key, index, dtype, pauses)
            if zero_gradients and parameter.grad is not None:
                parameter.grad.zero_()
            if parameter.grad is not None:
                tensors[f"{key}.grad"] = copy(parameter.grad)
        optimizer.step()
        tensors.update({key: copy(value) for key, value in parameters.items()})
        steps.append(step("train", tensors))
    return case(name, cls.__name__, dtype, config, "train", initial, steps, final=state_of(optimizer, parameters))


def trajectories(cls, specs):
    """Each in both dtypes, but for those that are about the constructor or about nothing but decay."""
    about_options = ("_defaults", "_zero_gradients", "_no_decay", "_groups", "_lr_0", "_zero_gradients_weight_decay")
    return [trajectory(name, cls, dtype, **options) for name, options in specs
            for dtype in (("float64",) if name.endswith(about_options) else ("float64", "float32"))]


def state_of(optimizer, parameters):
    """The optimiser's state by parameter; counts that torch keeps as Python's numbers become int64 scalars."""
    tensors = {}
    for key, parameter in parameters.items():
        for entry, value in optimizer.state.get(parameter, {}).items():
            if isinstance(value, int):
                value = torch.tensor(value)
            if value is not None:
                tensors[f"{key}.{entry}"] = copy(value)
    return tensors


def probe(name, cls, dtype, grad, **options):
    """One step of one number, 1, small enough to check by hand."""
    parameter = torch.ones(1, dtype=dtype_of(dtype), requires_grad=True)
    initial = {"param0": copy(parameter)}
    optimizer = cls([parameter], **options)
    parameter.grad = torch.full((1,), float(grad), dtype=dtype_of(dtype))
    optimizer.step()
    tensors = {"param0.grad": parameter.grad, "param0": copy(parameter)}
    return case(name, cls.__name__, dtype, dict(options), "train", initial, [step("train", tensors)], final=state_of(optimizer, {"param0": parameter}))


def error_case(name, cls, config, make):
    error = None
    try:
        make()
    except (ValueError, RuntimeError, TypeError) as exception:
        error = first_line(exception)
    assert error is not None, name
    return case(name, cls.__name__, "float64", config, "train", {}, [], error)


def option_error(name, cls, **options):
    return error_case(name, cls, dict(options), lambda: cls([torch.ones(1, requires_grad=True)], **options))


def sgd_cases():
    specs = [
        ("sgd", dict(lr=0.1)),
        ("sgd_weight_decay", dict(lr=0.1, weight_decay=0.1)),
        ("sgd_momentum", dict(lr=0.1, momentum=0.9)),
        ("sgd_momentum_dampening", dict(lr=0.1, momentum=0.9, dampening=0.5)),
        ("sgd_momentum_weight_decay", dict(lr=0.05, momentum=0.9, weight_decay=0.1)),
        ("sgd_nesterov", dict(lr=0.1, momentum=0.9, nesterov=True)),
        ("sgd_nesterov_weight_decay", dict(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.1)),
        ("sgd_maximize", dict(lr=0.1, maximize=True)),
        ("sgd_maximize_all", dict(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.1, maximize=True)),
        ("sgd_lr_0", dict(lr=0.0, momentum=0.9, weight_decay=0.1)),
        ("sgd_momentum_pauses", dict(lr=0.1, momentum=0.9, dampening=0.5, weight_decay=0.1, pauses=True)),
        ("sgd_groups", dict(lr=0.1, momentum=0.9, groups=dict(lr=0.01, weight_decay=0.2, momentum=0.5))),
        ("sgd_zero_gradients_weight_decay", dict(lr=0.1, weight_decay=0.1, zero_gradients=True)),
    ]
    return trajectories(optim.SGD, specs) + [
        probe("probe_sgd_weight_decay", optim.SGD, "float64", 0, lr=0.1, weight_decay=0.1),
        probe("probe_sgd_maximize_weight_decay", optim.SGD, "float64", 2, lr=0.1, weight_decay=0.1, maximize=True),
        option_error("error_sgd_lr", optim.SGD, lr=-1),
        option_error("error_sgd_momentum", optim.SGD, lr=0.1, momentum=-1),
        option_error("error_sgd_weight_decay", optim.SGD, lr=0.1, weight_decay=-1),
        option_error("error_sgd_nesterov_without_momentum", optim.SGD, lr=0.1, nesterov=True),
        option_error("error_sgd_nesterov_with_dampening", optim.SGD, lr=0.1, momentum=0.9, dampening=0.1, nesterov=True),
    ]


def adam_specs(prefix, decoupled):
    """Those that Adam and AdamW share; of AdamW's, the first has its default weight decay, 1e-2."""
    return [
        (f"{prefix}", dict(lr=0.1)),
        (f"{prefix}_defaults", dict()),
        (f"{prefix}_betas_eps", dict(lr=0.1, betas=(0.5, 0.9), eps=1e-3)),
        (f"{prefix}_weight_decay", dict(lr=0.1, weight_decay=0.1)),
        (f"{prefix}_amsgrad", dict(lr=0.1, amsgrad=True)),
        (f"{prefix}_maximize_weight_decay", dict(lr=0.1, weight_decay=0.1, maximize=True)),
        (f"{prefix}_pauses", dict(lr=0.1, weight_decay=0.1, pauses=True)),
        (f"{prefix}_zero_gradients", dict(lr=0.1, weight_decay=0.1, zero_gradients=True)),
        *([(f"{prefix}_no_decay", dict(lr=0.1, weight_decay=0.0)),
           (f"{prefix}_all", dict(lr=0.1, betas=(0.8, 0.99), weight_decay=0.1, amsgrad=True, maximize=True))] if decoupled else
          [(f"{prefix}_groups", dict(lr=0.1, groups=dict(lr=0.01, betas=[0.8, 0.95], weight_decay=0.2)))]),
    ]


RMSPROP = [
    ("rmsprop", dict(lr=0.1)),
    ("rmsprop_defaults", dict()),
    ("rmsprop_alpha_eps", dict(lr=0.1, alpha=0.9, eps=1e-3)),
    ("rmsprop_momentum", dict(lr=0.05, momentum=0.9)),
    ("rmsprop_centered", dict(lr=0.05, centered=True)),
    ("rmsprop_centered_momentum_weight_decay", dict(lr=0.01, alpha=0.9, centered=True, momentum=0.9, weight_decay=0.1)),
    ("rmsprop_weight_decay", dict(lr=0.1, weight_decay=0.1)),
    ("rmsprop_maximize_weight_decay", dict(lr=0.1, weight_decay=0.1, maximize=True)),
    ("rmsprop_pauses", dict(lr=0.1, weight_decay=0.1, pauses=True)),
]
ADAGRAD = [
    ("adagrad", dict(lr=0.1)),
    ("adagrad_defaults", dict()),
    ("adagrad_lr_decay", dict(lr=0.1, lr_decay=0.1)),
    ("adagrad_initial_accumulator_eps", dict(lr=0.1, initial_accumulator_value=0.5, eps=1e-3)),
    ("adagrad_weight_decay", dict(lr=0.1, weight_decay=0.1)),
    ("adagrad_maximize_weight_decay", dict(lr=0.1, weight_decay=0.1, maximize=True)),
    ("adagrad_pauses", dict(lr=0.1, lr_decay=0.1, weight_decay=0.1, pauses=True)),
]


def twice_in_groups():
    parameter = torch.ones(1, requires_grad=True)
    optim.SGD([{"params": [parameter]}, {"params": [parameter]}], lr=0.1)


def cases():
    families = [
        (optim.Adam, adam_specs("adam", decoupled=False)), (optim.AdamW, adam_specs("adamw", decoupled=True)),
        (optim.RMSprop, RMSPROP), (optim.Adagrad, ADAGRAD),
    ]
    made = sgd_cases()
    for cls, specs in families:
        made += trajectories(cls, specs)
        made += [probe(f"probe_{cls.__name__.lower()}_weight_decay", cls, "float64", 0, lr=0.1, weight_decay=0.1),
                 option_error(f"error_{cls.__name__.lower()}_lr", cls, lr=-1),
                 option_error(f"error_{cls.__name__.lower()}_weight_decay", cls, weight_decay=-1),
                 option_error(f"error_{cls.__name__.lower()}_eps", cls, eps=-1)]
    return made + [
        option_error("error_adam_beta_0", optim.Adam, betas=(1.0, 0.999)),
        option_error("error_adam_beta_1", optim.Adam, betas=(0.9, -0.5)),
        option_error("error_adamw_beta_0", optim.AdamW, betas=(1.0, 0.999)),
        option_error("error_rmsprop_momentum", optim.RMSprop, momentum=-1),
        option_error("error_rmsprop_alpha", optim.RMSprop, alpha=-1),
        option_error("error_adagrad_lr_decay", optim.Adagrad, lr_decay=-1),
        option_error("error_adagrad_initial_accumulator_value", optim.Adagrad, initial_accumulator_value=-1),
        error_case("error_no_parameters", optim.SGD, {"lr": 0.1}, lambda: optim.SGD([], lr=0.1)),
        error_case("error_parameter_in_two_groups", optim.SGD, {"lr": 0.1, "groups": [{"params": ["param0"]}, {"params": ["param0"]}]}, twice_in_groups),
    ]
