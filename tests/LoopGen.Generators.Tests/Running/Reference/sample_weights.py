"""Writes sample_weights.csv: losses with a weight for each sample, to compare emitted loops with.

Made with PyTorch 1.13 (Debian 12's python3-torch, 1.13.1+dfsg-4) by

    /usr/bin/python3 sample_weights.py > sample_weights.csv

A line holds the loss, the shape of the targets, how many dimensions the weights have, the weights of the classes (or
nothing), the label smoothing, the ignored index (or nothing), what the sum of the weighted losses is divided by, the loss,
and its derivative by a factor of all outputs, at 1. PyTorch has no weights of samples: each place that has a weight is a
call of its own with reduction="sum", times that weight. "Targets" divides by the number of targets that are not ignored,
Keras's sum_over_batch_size; "Weights" by the sum of their weights, Keras's mean_with_sample_weight: the weight of a target
is that of its place, times that of its class.

Weight n (counted over all dimensions) is ((5 * n) % 4) / 2. Output i is sin(i), target i is 2 * cos(i), or (i % 3) / 2 for
the binary losses. Of classes, target i is (i + i // 3) % 3, and its output for class c is sin(3 * i + c). All in float64.
NLL takes the logarithm of a softmax and BCE a sigmoid of the outputs.
"""

import itertools
import math

import torch
from torch.nn import functional

CLASSES = 3
ELEMENTWISE = {
    "MSE": functional.mse_loss,
    "L1": functional.l1_loss,
    "Huber": functional.huber_loss,
    "SmoothL1": functional.smooth_l1_loss,
    "BCEWithLogits": functional.binary_cross_entropy_with_logits,
    "BCE": lambda output, target, **options: functional.binary_cross_entropy(output.sigmoid(), target, **options),
}


def class_data(shape):
    count = math.prod(shape)
    output = torch.tensor([[math.sin(3 * i + c) for c in range(CLASSES)] for i in range(count)], dtype=torch.float64)
    return output, torch.tensor([(i + i // 3) % CLASSES for i in range(count)])


def number_data(loss, shape):
    count = math.prod(shape)
    output = [math.sin(i) for i in range(count)]
    target = [(i % 3) / 2 if loss.startswith("BCE") else 2 * math.cos(i) for i in range(count)]
    return torch.tensor(output, dtype=torch.float64), torch.tensor(target, dtype=torch.float64)


def write(loss, shape, dimensions, class_weights, smoothing, ignored, divisor):
    factor = torch.ones((), dtype=torch.float64, requires_grad=True)
    places = math.prod(shape[:dimensions])
    output, target = number_data(loss, shape) if loss in ELEMENTWISE else class_data(shape)
    weight_of_class = torch.tensor(class_weights or [1.0] * CLASSES, dtype=torch.float64)
    total, targets, weights = 0, 0, 0
    for place, (outputs, of_place) in enumerate(zip(output.chunk(places), target.chunk(places))):
        weight = ((5 * place) % 4) / 2
        options = {"reduction": "sum"}
        if loss in ELEMENTWISE:
            value = ELEMENTWISE[loss](outputs * factor, of_place, **options)
            targets += of_place.numel()
            weights += weight * of_place.numel()
        else:
            counted = of_place[of_place != (-100 if ignored is None else ignored)]
            targets += counted.numel()
            weights += weight * weight_of_class[counted].sum().item()
            options["weight"] = weight_of_class
            if ignored is not None:
                options["ignore_index"] = ignored
            if loss == "NLL":
                value = functional.nll_loss(functional.log_softmax(outputs * factor, 1), of_place, **options)
            else:
                value = functional.cross_entropy(outputs * factor, of_place, label_smoothing=smoothing, **options)
        total = total + weight * value
    total = total / (weights if divisor == "Weights" else targets)
    total.backward()
    cells = [loss, "x".join(map(str, shape)), str(dimensions), " ".join(map(repr, class_weights or [])), repr(smoothing)]
    cells += ["" if ignored is None else str(ignored), divisor, repr(total.item()), repr(factor.grad.item())]
    print(",".join(cells))


DIVISORS = ["Targets", "Weights"]
WEIGHTS = [1.0, 2.5, 0.25]
for loss, (shape, dimensions), divisor in itertools.product(
    ELEMENTWISE, [((7, 1), 1), ((7, 1), 2), ((5, 2, 3), 1), ((5, 2, 3), 2)], DIVISORS
):
    write(loss, shape, dimensions, None, 0.0, None, divisor)
for (shape, dimensions), weights, divisor in itertools.product(
    [((7,), 1), ((5, 2), 1), ((5, 2), 2)], [None, WEIGHTS], DIVISORS
):
    write("NLL", shape, dimensions, weights, 0.0, None, divisor)
    for smoothing, ignored in itertools.product([0.0, 0.1], [None, 1]):
        write("CrossEntropy", shape, dimensions, weights, smoothing, ignored, divisor)
