#!/usr/bin/env python3
"""Makes the golden files beside this script with Python's PyTorch (format: README.md).

    /usr/bin/python3 make_golden.py            write every file
    /usr/bin/python3 make_golden.py --check    compute again and compare with the files on disk

Inputs, gradients and masks come from a formula (cases/common.py), never from a random stream of torch, so that running it
again gives the same bytes. (torch.nn.init is about that stream: its cases begin with a seed.)
"""
import argparse
import os
import sys

# Before torch is imported: the AVX2 kernels wherever it runs, so that the last bits don't depend on the vector width of the
# processor. (The plain kernels would do too, but they don't fuse a*x + b as the ones that people meet do.)
os.environ["ATEN_CPU_CAPABILITY"] = "avx2"
sys.dont_write_bytecode = True

import torch  # noqa: E402

from cases import batchnorm, batchnorm_variants, dropout, initializers, layers, monte_carlo, optimizers, recurrent, worked_example  # noqa: E402
from cases.compare import differences  # noqa: E402
from cases.serialize import dumps  # noqa: E402

FILES = {
    "batchnorm1d.json": batchnorm.cases_1d,
    "batchnorm2d.json": batchnorm.cases_2d,
    "batchnorm3d.json": batchnorm.cases_3d,
    "batchnorm_variants.json": batchnorm_variants.cases,
    "recurrent.json": recurrent.cases,
    "dropout.json": dropout.cases,
    "monte_carlo.json": monte_carlo.cases,
    "optimizers.json": optimizers.cases,
    "normalization.json": layers.normalization_cases,
    "layers.json": layers.layer_cases,
    "initializers.json": initializers.cases,
    "activations.json": layers.activation_cases,
    "losses.json": layers.loss_cases,
    "worked_example.json": worked_example.cases,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="compare with the files on disk and write nothing")
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    here = os.path.dirname(os.path.abspath(__file__))
    found = 0
    for name, make in FILES.items():
        cases = make()
        text = dumps({"torch": torch.__version__, "made_by": "tests/golden/make_golden.py", "cases": cases})
        path = os.path.join(here, name)
        if arguments.check:
            for line in differences(text, path):
                print(f"{name}: {line}")
                found += 1
        else:
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            print(f"{name}: {len(cases)} cases, {len(text)} bytes")
    if arguments.check:
        print(f"{found} differences" if found else f"{len(FILES)} files agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
