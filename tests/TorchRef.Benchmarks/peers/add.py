"""torch.add of two 2x2 matrices."""
import torch

from peer import serve

a = torch.ones(2, 2)
b = torch.ones(2, 2)


def add(count):
    left, right, function = a, b, torch.add     # locals: the fastest that a Python loop can be
    for _ in range(count):
        function(left, right)


def held(count):
    left, right, function = a, b, torch.add
    for _ in range(count // 50):
        results = [function(left, right) for _ in range(50)]


serve({"add": add, "held": held})
