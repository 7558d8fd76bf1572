"""torch.add of two 2x2 matrices."""
import torch

from peer import serve

a = torch.ones(2, 2)
b = torch.ones(2, 2)


def add(count):
    left, right, function = a, b, torch.add     # locals: the fastest that a Python loop can be
    for _ in range(count):
        function(left, right)


serve({"add": add})
