"""Writes optimizers.csv: what PyTorch's optimizers make of five weights, to compare LoopGen's with.

Made with PyTorch 1.13 (Debian 12's python3-torch, 1.13.1+dfsg-4) by

    /usr/bin/python3 optimizers.py > optimizers.csv

A line holds the optimizer, its arguments (but the learning rate, 0.01, the betas, 0.9 and 0.99, and epsilon, 1e-6), and the
weights after 200 steps, in float64. They begin as 1, 2, 3, 4, 5; before step
k, counted from 0, the gradient of weight i is sin(k + i), and zero for the last one.
"""

import itertools
import math

import torch


def run(name, **arguments):
    weights = torch.nn.Parameter(torch.arange(1, 6, dtype=torch.float64))
    optimizer = getattr(torch.optim, name)([weights], lr=0.01, **arguments)
    for k in range(200):
        weights.grad = torch.tensor([math.sin(k + i) if i < 4 else 0.0 for i in range(5)], dtype=torch.float64)
        optimizer.step()
    text = " ".join(f"{key}={float(value)}" for key, value in arguments.items() if key not in ("betas", "eps"))
    print(",".join([name, text] + [repr(value) for value in weights.tolist()]))


for momentum, dampening, decay, nesterov, maximize in itertools.product((0.0, 0.9), (0.0, 0.3), (0.0, 0.01), (False, True), (False, True)):
    if not nesterov or (momentum > 0 and dampening == 0):
        run("SGD", momentum=momentum, dampening=dampening, weight_decay=decay, nesterov=nesterov, maximize=maximize)

for name, decay, amsgrad, maximize in itertools.product(("Adam", "AdamW"), (0.0, 0.01), (False, True), (False, True)):
    run(name, betas=(0.9, 0.99), eps=1e-6, weight_decay=decay, amsgrad=amsgrad, maximize=maximize)

for rate_decay, decay, start in itertools.product((0.0, 0.1), (0.0, 0.01), (0.0, 0.1)):
    run("Adagrad", lr_decay=rate_decay, weight_decay=decay, initial_accumulator_value=start, eps=1e-6)
