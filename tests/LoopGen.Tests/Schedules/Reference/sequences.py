"""Writes sequences.csv: what PyTorch's learning rate schedulers give, to compare LoopGen's schedules with.

Made with PyTorch 1.13 (Debian 12's python3-torch, 1.13.1+dfsg-4) by

    /usr/bin/python3 sequences.py > sequences.csv

A line holds the schedule as the test constructs it, the distance of the steps that are given, and the rates at
steps 0, distance, 2 * distance, ... Every scheduler was stepped one by one, as a training does it.
"""

import torch
from torch.optim import lr_scheduler as s


def rates(peak, make, count, every, warmup=None):
    """The rates of `count` steps, `every` apart, of the scheduler that `make` makes for an optimizer."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=peak)
    if warmup is None:
        scheduler = make(optimizer)
    else:
        steps, factor = warmup
        rise = s.LinearLR(optimizer, start_factor=factor, total_iters=steps)
        scheduler = s.SequentialLR(optimizer, [rise, make(optimizer)], milestones=[steps])
    found = []
    for step in range((count - 1) * every + 1):
        if step > 0:
            optimizer.step()
            scheduler.step()
        if step % every == 0:
            found.append(optimizer.param_groups[0]["lr"])
    return found


def write(schedule, peak, make, count=120, every=1, warmup=None):
    values = ",".join(repr(value) for value in rates(peak, make, count, every, warmup))
    print(f'"{schedule}",{every},{values}')


write("StepSchedule(0.1, stepSize: 30)", 0.1, lambda o: s.StepLR(o, 30))
write("StepSchedule(0.1, stepSize: 1, gamma: 0.97)", 0.1, lambda o: s.StepLR(o, 1, gamma=0.97))
write("StepSchedule(3e-4, stepSize: 7, gamma: 0.5)", 3e-4, lambda o: s.StepLR(o, 7, gamma=0.5))
write("StepSchedule(0.1, stepSize: 250, gamma: 0.9)", 0.1, lambda o: s.StepLR(o, 250, gamma=0.9), every=83)
write("StepSchedule(0.1, stepSize: 10, gamma: 0.5, warmupSteps: 15)", 0.1,
      lambda o: s.StepLR(o, 10, gamma=0.5), warmup=(15, 0.01))

write("MultiStepSchedule(0.1, [30, 80])", 0.1, lambda o: s.MultiStepLR(o, [30, 80]))
write("MultiStepSchedule(0.1, [1, 2, 5, 100], gamma: 0.3)", 0.1, lambda o: s.MultiStepLR(o, [1, 2, 5, 100], gamma=0.3))
write("MultiStepSchedule(0.1, [20, 50, 50, 90], gamma: 0.5)", 0.1,
      lambda o: s.MultiStepLR(o, [20, 50, 50, 90], gamma=0.5))
write("MultiStepSchedule(2.0, [40, 20], gamma: 0.5)", 2.0, lambda o: s.MultiStepLR(o, [40, 20], gamma=0.5))
write("MultiStepSchedule(0.1, [10, 60], gamma: 0.2, warmupSteps: 20, warmupFactor: 0.1)", 0.1,
      lambda o: s.MultiStepLR(o, [10, 60], gamma=0.2), warmup=(20, 0.1))

write("ExponentialSchedule(0.1, gamma: 0.9)", 0.1, lambda o: s.ExponentialLR(o, 0.9))
write("ExponentialSchedule(0.01, gamma: 0.9995)", 0.01, lambda o: s.ExponentialLR(o, 0.9995), every=50)
write("ExponentialSchedule(1e-7, gamma: 1.1)", 1e-7, lambda o: s.ExponentialLR(o, 1.1))
write("ExponentialSchedule(0.1, gamma: 0.95, warmupSteps: 8, warmupFactor: 0.25)", 0.1,
      lambda o: s.ExponentialLR(o, 0.95), warmup=(8, 0.25))

write("LinearSchedule(0.1, decaySteps: 100)", 0.1, lambda o: s.LinearLR(o, 1.0, 0.0, 100))
write("LinearSchedule(0.1, decaySteps: 100, finalFactor: 0.2)", 0.1, lambda o: s.LinearLR(o, 1.0, 0.2, 100))
write("LinearSchedule(5e-5, decaySteps: 3)", 5e-5, lambda o: s.LinearLR(o, 1.0, 0.0, 3), count=20)
write("LinearSchedule(0.1, decaySteps: 5000, finalFactor: 0.1)", 0.1,
      lambda o: s.LinearLR(o, 1.0, 0.1, 5000), every=47)
write("LinearSchedule(0.1, decaySteps: 80, warmupSteps: 20, warmupFactor: 0.5)", 0.1,
      lambda o: s.LinearLR(o, 1.0, 0.0, 80), warmup=(20, 0.5))

write("PolynomialSchedule(0.1, decaySteps: 100)", 0.1, lambda o: s.PolynomialLR(o, 100))
write("PolynomialSchedule(0.1, decaySteps: 100, power: 2)", 0.1, lambda o: s.PolynomialLR(o, 100, power=2))
write("PolynomialSchedule(0.1, decaySteps: 100, power: 0.5)", 0.1, lambda o: s.PolynomialLR(o, 100, power=0.5))
write("PolynomialSchedule(0.01, decaySteps: 4000, power: 0.9)", 0.01,
      lambda o: s.PolynomialLR(o, 4000, power=0.9), every=37)
write("PolynomialSchedule(0.1, decaySteps: 60, power: 3, warmupSteps: 30)", 0.1,
      lambda o: s.PolynomialLR(o, 60, power=3), warmup=(30, 0.01))

write("CosineSchedule(0.1, decaySteps: 119)", 0.1, lambda o: s.CosineAnnealingLR(o, 119))
write("CosineSchedule(0.1, decaySteps: 119, finalFactor: 0.1)", 0.1, lambda o: s.CosineAnnealingLR(o, 119, eta_min=0.01))
write("CosineSchedule(6e-4, decaySteps: 1)", 6e-4, lambda o: s.CosineAnnealingLR(o, 1), count=2)
write("CosineSchedule(6e-4, decaySteps: 4998, finalFactor: 0.1)", 6e-4,
      lambda o: s.CosineAnnealingLR(o, 4998, eta_min=6e-5), every=42)
write("CosineSchedule(6e-4, decaySteps: 99, finalFactor: 0.1, warmupSteps: 20)", 6e-4,
      lambda o: s.CosineAnnealingLR(o, 99, eta_min=6e-5), warmup=(20, 0.01))
write("CosineSchedule(1.0, decaySteps: 118, warmupSteps: 1, warmupFactor: 0.125)", 1.0,
      lambda o: s.CosineAnnealingLR(o, 118), warmup=(1, 0.125))

write("CosineRestartsSchedule(0.1, firstPeriod: 25)", 0.1, lambda o: s.CosineAnnealingWarmRestarts(o, 25))
write("CosineRestartsSchedule(0.1, firstPeriod: 10, periodFactor: 2, finalFactor: 0.05)", 0.1,
      lambda o: s.CosineAnnealingWarmRestarts(o, 10, 2, eta_min=0.1 * 0.05))
write("CosineRestartsSchedule(0.1, firstPeriod: 1, periodFactor: 3)", 0.1,
      lambda o: s.CosineAnnealingWarmRestarts(o, 1, 3))
write("CosineRestartsSchedule(0.1, firstPeriod: 1)", 0.1, lambda o: s.CosineAnnealingWarmRestarts(o, 1), count=10)
write("CosineRestartsSchedule(3e-4, firstPeriod: 100, periodFactor: 2)", 3e-4,
      lambda o: s.CosineAnnealingWarmRestarts(o, 100, 2), every=53)
write("CosineRestartsSchedule(0.1, firstPeriod: 15, periodFactor: 2, warmupSteps: 10)", 0.1,
      lambda o: s.CosineAnnealingWarmRestarts(o, 15, 2), warmup=(10, 0.01))

write("OneCycleSchedule(0.1, totalSteps: 120)", 0.1, lambda o: s.OneCycleLR(o, 0.1, 120))
write("OneCycleSchedule(1.0, totalSteps: 120, warmupFraction: 0.25)", 1.0,
      lambda o: s.OneCycleLR(o, 1.0, 120, pct_start=0.25))
write("OneCycleSchedule(0.1, totalSteps: 113, warmupFraction: 0.37, initialFactor: 0.1, finalFactor: 1e-3)", 0.1,
      lambda o: s.OneCycleLR(o, 0.1, 113, pct_start=0.37, div_factor=10.0, final_div_factor=100.0), count=113)
write("OneCycleSchedule(0.1, totalSteps: 50, warmupFraction: 0)", 0.1,
      lambda o: s.OneCycleLR(o, 0.1, 50, pct_start=0.0), count=50)
write("OneCycleSchedule(0.1, totalSteps: 50, warmupFraction: 1)", 0.1,
      lambda o: s.OneCycleLR(o, 0.1, 50, pct_start=1.0), count=50)
write("OneCycleSchedule(0.1, totalSteps: 2)", 0.1, lambda o: s.OneCycleLR(o, 0.1, 2), count=2)
write("OneCycleSchedule(0.01, totalSteps: 5000)", 0.01, lambda o: s.OneCycleLR(o, 0.01, 5000), every=42)

write("CyclicSchedule(0.1, halfCycle: 20)", 0.1,
      lambda o: s.CyclicLR(o, 0.01, 0.1, step_size_up=20, cycle_momentum=False))
write("CyclicSchedule(0.1, halfCycle: 1, baseFactor: 0)", 0.1,
      lambda o: s.CyclicLR(o, 0.0, 0.1, step_size_up=1, cycle_momentum=False))
write("CyclicSchedule(0.1, halfCycle: 7, baseFactor: 0.5, gamma: 0.98)", 0.1,
      lambda o: s.CyclicLR(o, 0.05, 0.1, step_size_up=7, mode="exp_range", gamma=0.98, cycle_momentum=False))
write("CyclicSchedule(6e-3, halfCycle: 2000)", 6e-3,
      lambda o: s.CyclicLR(o, 6e-4, 6e-3, step_size_up=2000, cycle_momentum=False), every=79)
write("CyclicSchedule(0.1, halfCycle: 12, baseFactor: 0.2, warmupSteps: 10)", 0.1,
      lambda o: s.CyclicLR(o, 0.02, 0.1, step_size_up=12, cycle_momentum=False), warmup=(10, 0.01))
