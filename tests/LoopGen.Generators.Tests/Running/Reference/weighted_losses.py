"""Writes weighted_losses.csv: weighted and smoothed losses as PyTorch gives them, to compare emitted loops with.

Made with PyTorch 1.13 (Debian 12's python3-torch, 1.13.1+dfsg-4) by

    /usr/bin/python3 weighted_losses.py > weighted_losses.csv

A line holds the loss, the shape of the targets, the weights of the classes (or nothing), the label smoothing, the
ignored index (or nothing), what the sum of the losses is divided by, the loss, and its derivative by a factor of all
outputs, at 1. Target i (counted over all dimensions) is class (i + i // 3) % 3, and its output for class c is
sin(3 * i + c), in float64. "Weights" is PyTorch's own mean; "Targets" is its sum divided by the number of targets that
are not ignored, which is the divisor of Keras (sum_over_batch_size).
"""

import itertools
import math

import torch
from torch.nn import functional

CLASSES = 3


def outputs(shape):
    samples, places = shape[0], shape[1] if len(shape) > 1 else 1
    flat = torch.tensor(
        [[math.sin(3 * i + c) for c in range(CLASSES)] for i in range(samples * places)], dtype=torch.float64
    )
    by_place = flat.reshape(samples, places, CLASSES).transpose(1, 2)
    return by_place if len(shape) > 1 else by_place.reshape(samples, CLASSES)


def write(loss, shape, weights, smoothing, ignored, divisor):
    count = math.prod(shape)
    target = torch.tensor([(i + i // 3) % CLASSES for i in range(count)]).reshape(shape)
    factor = torch.ones((), dtype=torch.float64, requires_grad=True)
    output = outputs(shape) * factor
    options = {"reduction": "mean" if divisor == "Weights" else "sum"}
    if weights:
        options["weight"] = torch.tensor(weights, dtype=torch.float64)
    if ignored is not None:
        options["ignore_index"] = ignored
    if loss == "NLL":
        value = functional.nll_loss(functional.log_softmax(output, 1), target, **options)
    else:
        value = functional.cross_entropy(output, target, label_smoothing=smoothing, **options)
    if divisor == "Targets":
        value = value / (target != (-100 if ignored is None else ignored)).sum()
    value.backward()
    cells = [loss, "x".join(map(str, shape)), " ".join(map(repr, weights or [])), repr(smoothing)]
    cells += ["" if ignored is None else str(ignored), divisor, repr(value.item()), repr(factor.grad.item())]
    print(",".join(cells))


SHAPES = [(7,), (4, 2)]
WEIGHTS = [1.0, 2.5, 0.25]
for shape, smoothing, ignored in itertools.product(SHAPES, [0.0, 0.1, 0.5], [None, 1]):
    for weights, divisor in [(None, "Targets"), (WEIGHTS, "Targets"), (WEIGHTS, "Weights")]:
        if weights or smoothing:
            write("CrossEntropy", shape, weights, smoothing, ignored, divisor)
for shape, divisor in itertools.product(SHAPES, ["Targets", "Weights"]):
    write("NLL", shape, WEIGHTS, 0.0, None, divisor)
