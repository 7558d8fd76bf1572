"""A BatchNorm1d for each time step, LSTMCell and LSTM, and the formula of the batch-normalised LSTM with BatchNorm1d in it."""
import torch
from torch import nn

from .common import DTYPES, case, copy, dtype_of, numbers, positive, step


def set_parameters(name, module):
    with torch.no_grad():
        for key, value in module.named_parameters():
            value.copy_(numbers(f"{name}/{key}", tuple(value.shape)) / 4)


def steps_of_time(name, dtype, momentum, length=3, max_length=2, samples=4, features=2):
    """γ and β for all time steps, statistics for each; the last ones are those of all later steps too."""
    weight = numbers(f"{name}/weight", (features,), dtype)
    bias = numbers(f"{name}/bias", (features,), dtype)
    modules = [nn.BatchNorm1d(features, momentum=momentum, dtype=dtype_of(dtype)) for _ in range(max_length)]
    for module in modules:
        with torch.no_grad():
            module.weight.copy_(weight)
            module.bias.copy_(bias)
    steps = []
    for passing, mode in enumerate(("train", "train", "eval")):
        for time in range(length):
            module = modules[min(time, max_length - 1)]
            module.train(mode == "train")
            module.zero_grad(set_to_none=True)
            key = f"{name}/{passing}/{time}"
            x = numbers(f"{key}/input", (samples, features), dtype).requires_grad_()
            y = module(x)
            grad_output = numbers(f"{key}/grad_output", (samples, features), dtype)
            y.backward(grad_output)
            steps.append(step(mode, {
                "time": torch.tensor(time), "input": x, "grad_output": grad_output, "output": copy(y), "grad_input": copy(x.grad),
                "grad_weight": copy(module.weight.grad), "grad_bias": copy(module.bias.grad),
                # Of all time steps that have statistics of their own, after this one.
                **{key: torch.stack([copy(one.get_buffer(key)) for one in modules]) for key in ("running_mean", "running_var", "num_batches_tracked")},
            }))
    config = {"num_features": features, "max_length": max_length, "eps": 1e-5, "momentum": momentum}
    return case(name, "BatchNorm1d", dtype, config, "train", {"weight": weight, "bias": bias}, steps)


def lstm_cell(name, dtype, bias, length=3, samples=2, inputs=3, hidden=2):
    """The cell over a sequence; the last step holds the gradients through all of it."""
    cell = nn.LSTMCell(inputs, hidden, bias, dtype=dtype_of(dtype))
    set_parameters(name, cell)
    initial = {key: copy(value) for key, value in cell.named_parameters()}
    state, leaves, steps = None, [], []
    for time in range(length):
        leaves.append(numbers(f"{name}/input/{time}", (samples, inputs), dtype).requires_grad_())
        state = cell(leaves[-1], state)
        steps.append(step("eval", {"input": leaves[-1], "hidden": copy(state[0]), "cell": copy(state[1])}))
    grad_output = numbers(f"{name}/grad_output", (samples, hidden), dtype)
    state[0].backward(grad_output)
    steps[-1]["tensors"].update(grad_output=grad_output, grad_input=torch.stack([copy(leaf.grad) for leaf in leaves]))
    steps[-1]["tensors"].update({f"grad_{key}": copy(value.grad) for key, value in cell.named_parameters()})
    return case(name, "LSTMCell", dtype, {"input_size": inputs, "hidden_size": hidden, "bias": bias}, "eval", initial, steps)


def lstm(name, dtype, bias, layers=2, length=3, samples=2, inputs=3, hidden=2):
    network = nn.LSTM(inputs, hidden, layers, bias=bias, batch_first=True, dtype=dtype_of(dtype))
    set_parameters(name, network)
    initial = {key: copy(value) for key, value in network.named_parameters()}
    x = numbers(f"{name}/input", (samples, length, inputs), dtype).requires_grad_()
    y, (h, c) = network(x)
    grad_output = numbers(f"{name}/grad_output", tuple(y.shape), dtype)
    y.backward(grad_output)
    tensors = {"input": x, "grad_output": grad_output, "output": copy(y), "hidden": copy(h), "cell": copy(c), "grad_input": copy(x.grad)}
    tensors.update({f"grad_{key}": copy(value.grad) for key, value in network.named_parameters()})
    config = {"input_size": inputs, "hidden_size": hidden, "num_layers": layers, "bias": bias, "batch_first": True}
    return case(name, "LSTM", dtype, config, "eval", initial, [step("eval", tensors)])


def normalized_lstm(name, dtype, bias, length=3, samples=4, inputs=3, hidden=2):
    """One layer in training: gates = BN(W_ih x) + BN(W_hh h) + b, h' = sigmoid(o) tanh(BN(c')), each BN a BatchNorm1d of its time step."""
    kind = dtype_of(dtype)
    parameters = {"weight_ih": numbers(f"{name}/weight_ih", (4 * hidden, inputs), dtype), "weight_hh": numbers(f"{name}/weight_hh", (4 * hidden, hidden), dtype)}
    if bias:
        parameters["bias"] = numbers(f"{name}/bias", (4 * hidden,), dtype)
    features = {"norm_ih": 4 * hidden, "norm_hh": 4 * hidden, "norm_c": hidden}
    for norm, count in features.items():
        parameters[f"{norm}.weight"] = positive(f"{name}/{norm}.weight", (count,), dtype)
    parameters["norm_c.bias"] = numbers(f"{name}/norm_c.bias", (hidden,), dtype)
    initial = {key: copy(value) for key, value in parameters.items()}
    for value in parameters.values():
        value.requires_grad_()
    norms = {norm: [nn.BatchNorm1d(count, affine=False, dtype=kind) for _ in range(length)] for norm, count in features.items()}

    def normalize(norm, values, time):
        return norms[norm][time](values) * parameters[f"{norm}.weight"]

    leaves, steps = [], []
    # Not zeros, of which a batch has no variance.
    h, c = numbers(f"{name}/hidden", (samples, hidden), dtype), numbers(f"{name}/cell", (samples, hidden), dtype)
    initial.update(hidden=copy(h), cell=copy(c))
    for time in range(length):
        x = numbers(f"{name}/input/{time}", (samples, inputs), dtype).requires_grad_()
        leaves.append(x)
        gates = normalize("norm_ih", x @ parameters["weight_ih"].t(), time) + normalize("norm_hh", h @ parameters["weight_hh"].t(), time)
        if bias:
            gates = gates + parameters["bias"]
        i, f, g, o = gates.chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(normalize("norm_c", c, time) + parameters["norm_c.bias"])
        steps.append(step("train", {"input": x, "hidden": copy(h), "cell": copy(c)}))
    grad_output = numbers(f"{name}/grad_output", (samples, hidden), dtype)
    h.backward(grad_output)
    last = steps[-1]["tensors"]
    last.update(grad_output=grad_output, grad_input=torch.stack([copy(leaf.grad) for leaf in leaves]))
    last.update({f"grad_{key}": copy(value.grad) for key, value in parameters.items()})
    for norm, modules in norms.items():
        last.update({f"{norm}.{key}": torch.stack([copy(one.get_buffer(key)) for one in modules]) for key in ("running_mean", "running_var")})
    return case(name, "formula", dtype, {"input_size": inputs, "hidden_size": hidden, "max_length": length, "bias": bias}, "train", initial, steps)


def cases():
    made = []
    for dtype in DTYPES:
        made += [steps_of_time("steps_of_time", dtype, 0.1), lstm_cell("lstm_cell", dtype, True), lstm("lstm", dtype, True), normalized_lstm("normalized_lstm", dtype, True)]
    return made + [
        steps_of_time("steps_of_time_average", "float64", None), lstm_cell("lstm_cell_no_bias", "float64", False),
        lstm("lstm_no_bias", "float64", False), normalized_lstm("normalized_lstm_no_bias", "float64", False),
    ]
