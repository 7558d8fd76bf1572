"""PyTorch's gradcheck on the planted faults: what it catches of them, and how long it takes.

    faults            a line of JSON for each fault: its title, whether the slow and the fast mode caught it
    plain             a line of JSON for each fault: how far its gradient is from plain differences, which gradcheck isn't asked
    time SECONDS      gradcheck in slow mode on BatchNorm1d of 32×16, again and again: evaluations and the median of seconds
    quit
Every answer ends with an empty line.
"""
import json
import statistics
import sys
import time
import warnings

import torch
from torch.autograd import gradcheck, gradgradcheck

from planted import contracts, elementwise, graphs, layers, norms
from planted.core import complex_values, normal

FAULTS = norms.FAULTS + graphs.FAULTS + contracts.FAULTS + elementwise.FAULTS + layers.FAULTS


def inputs_of(values):
    return tuple(value.detach().clone().requires_grad_() for value in values)


def catches(fault, fast):
    function, values = fault.make()
    torch.manual_seed(1)
    check = gradcheck if fault.order == 1 else gradgradcheck
    options = {} if fault.order == 1 else {"gen_non_contig_grad_outputs": False}
    try:
        return not check(function, inputs_of(values), fast_mode=fast, raise_exception=False, **options)
    except Exception as error:                  # gradcheck has come upon something that it can't go on from: its user is told
        print(f"{fault.title}: {type(error).__name__}", file=sys.stderr)
        return True


def product(outputs, weights):
    return sum((output * weight.conj()).real.sum() if output.is_complex() else (output * weight).sum() for output, weight in zip(outputs, weights))


def disagreement(fault):
    """The largest difference between autograd's and an extrapolated central difference, relative to the largest derivative.

    None where autograd gives something that isn't a number.
    """
    function, values = fault.make()
    inputs = inputs_of(values)
    shape = function(*inputs)
    cotangent = complex_values(1001, *shape.shape) if shape.is_complex() else normal(1001, *shape.shape)
    variables = list(inputs)
    if fault.order == 2:
        variables.append(cotangent.requires_grad_())

    def scalar():
        torch.manual_seed(5)
        value = product([function(*inputs)], [cotangent])
        if fault.order == 1:
            return value
        gradients = torch.autograd.grad(value, inputs, create_graph=True)
        return product(gradients, [normal(2001 + i, *x.shape) for i, x in enumerate(inputs)])

    value = scalar()
    analytic = torch.autograd.grad(value, variables, allow_unused=True) if value.requires_grad else [None] * len(variables)
    worst = largest = 0.0
    for variable, claimed in zip(variables, analytic):
        flat = (torch.view_as_real(variable.detach()) if variable.is_complex() else variable.detach()).view(-1)
        claimed = torch.zeros_like(variable) if claimed is None else claimed
        claimed = (torch.view_as_real(claimed.resolve_conj()) if claimed.is_complex() else claimed).reshape(-1)
        if not claimed.isfinite().all():
            return None
        for i in range(flat.numel()):
            here = flat[i].item()

            def central(h):
                flat[i] = here + h
                above = scalar().item()
                flat[i] = here - h
                below = scalar().item()
                flat[i] = here
                return (above - below) / (2 * h)

            h = 1e-3 * max(1e-3, abs(here))
            measured = (4 * central(h / 2) - central(h)) / 3
            worst = max(worst, abs(measured - claimed[i].item()))
            largest = max(largest, abs(measured), abs(claimed[i].item()))
    return worst / largest if largest else 0.0


def speed(seconds):
    torch.set_num_threads(1)
    module = torch.nn.BatchNorm1d(16, track_running_stats=False).double()
    x, weight, bias = normal(1, 32, 16), torch.rand(16).double() + 0.5, normal(3, 16)
    calls = [0]

    def function(x, weight, bias):
        calls[0] += 1
        return torch.nn.functional.batch_norm(x, None, None, weight, bias, True, 0.1, module.eps)

    times = []
    end = time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        calls[0] = 0
        start = time.perf_counter()
        assert gradcheck(function, inputs_of((x, weight, bias)))
        times.append(time.perf_counter() - start)
    return {"seconds": statistics.median(times), "evaluations": calls[0], "runs": len(times)}


def answer(request):
    verb, *arguments = request.split()
    if verb == "faults":
        for fault in FAULTS:
            yield {"title": fault.title, "slow": catches(fault, False), "fast": catches(fault, True)}
    elif verb == "plain":
        for fault in FAULTS:
            yield {"title": fault.title, "disagreement": disagreement(fault)}
    elif verb == "time":
        yield speed(float(arguments[0]))


def main():
    warnings.filterwarnings("ignore")
    for request in sys.stdin:
        if request.strip() == "quit":
            break
        for line in answer(request):
            print(json.dumps(line, ensure_ascii=False), flush=True)
        print(flush=True)


if __name__ == "__main__":
    main()
