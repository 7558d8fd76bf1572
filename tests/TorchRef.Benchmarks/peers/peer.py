"""The Python side of a comparison: answers requests from standard input, one line each, with one number.

    threads N       sets the number of threads of an operator; answers N
    time WORK N     does WORK N times; answers the seconds that took
"""
import sys
import time

import torch


def serve(works):
    """`works` maps names to functions that do their work as often as their argument says."""
    for line in sys.stdin:
        verb, *arguments = line.split()
        if verb == "threads":
            torch.set_num_threads(int(arguments[0]))
            print(arguments[0], flush=True)
        else:
            work, count = works[arguments[0]], int(arguments[1])
            start = time.perf_counter()
            work(count)
            print(time.perf_counter() - start, flush=True)
