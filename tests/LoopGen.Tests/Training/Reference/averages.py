"""Writes averages.csv: what PyTorch's torch.optim.swa_utils.AveragedModel gives, to compare LoopGen's averages with.

Made with PyTorch 1.13 (Debian 12's python3-torch, 1.13.1+dfsg-4) by

    /usr/bin/python3 averages.py > averages.csv

A line holds the kind of average, the number of updates, and the averages of three parameters and two buffers. Before
update k the parameters are sin(k), sin(k + 1), sin(k + 2) and the buffers cos(k), cos(k + 1), in float64.
"""

import math

import torch
from torch.optim.swa_utils import AveragedModel


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(3, dtype=torch.float64))
        self.register_buffer("statistics", torch.zeros(2, dtype=torch.float64))

    def set(self, k):
        self.weight.data = torch.tensor([math.sin(k + i) for i in range(3)], dtype=torch.float64)
        self.statistics = torch.tensor([math.cos(k + i) for i in range(2)], dtype=torch.float64)


def write(kind, avg_fn):
    model = Model()
    averaged = AveragedModel(model, avg_fn=avg_fn, use_buffers=True)
    for k in range(1, 13):
        model.set(k)
        averaged.update_parameters(model)
        values = averaged.module.weight.tolist() + averaged.module.statistics.tolist()
        print(",".join([kind, str(k)] + [repr(value) for value in values]))


write("equal", None)
write("0.5", lambda average, weight, n: 0.5 * average + 0.5 * weight)
write("0.9", lambda average, weight, n: 0.9 * average + 0.1 * weight)
write("0.999", lambda average, weight, n: 0.999 * average + 0.001 * weight)
