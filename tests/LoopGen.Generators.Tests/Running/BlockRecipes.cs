using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>Every block with the arithmetic that a person would write for it.</summary>
internal static class BlockRecipes
{
    public static IReadOnlyList<BlockRecipe> Schedules { get; } =
    [
        new()
        {
            Name = "cosine",
            Attributes = "[Schedule(Schedule.Cosine, FinalFactor = 0.1)]",
            Factor = (step, total) => 0.1 + (0.9 * (1 + Math.Cos(Math.PI * step / total)) / 2),
        },
        new()
        {
            Name = "cosine after a warm-up",
            Attributes = "[Schedule(Schedule.Cosine, WarmupSteps = 3, WarmupFactor = 0.25, DecaySteps = 4)]",
            Factor = (step, _) => step < 3 ? 0.25 + (0.75 * step / 3) : (1 + Math.Cos(Math.PI * Math.Min(step - 3, 4) / 4)) / 2,
        },
        new()
        {
            Name = "restarts",
            Attributes = "[Schedule(Schedule.CosineRestarts, FirstPeriod = 3)]",
            Factor = (step, _) => (1 + Math.Cos(Math.PI * (step % 3) / 3.0)) / 2,
        },
        new() { Name = "step", Attributes = "[Schedule(Schedule.Step, StepSize = 2, Gamma = 0.5)]", Factor = (step, _) => Math.Pow(0.5, step / 2) },
        new()
        {
            Name = "multi-step",
            Attributes = "[Schedule(Schedule.MultiStep, Milestones = new long[] { 1, 4 })]",
            Factor = (step, _) => step < 1 ? 1 : step < 4 ? 0.1 : Math.Pow(0.1, 2),
        },
        new() { Name = "exponential", Attributes = "[Schedule(Schedule.Exponential, Gamma = 0.9)]", Factor = (step, _) => Math.Pow(0.9, step) },
        new() { Name = "linear", Attributes = "[Schedule(Schedule.Linear, DecaySteps = 4, FinalFactor = 0.5)]", Factor = (step, _) => 1 - (0.5 * Math.Min(step, 4) / 4) },
        new()
        {
            Name = "polynomial",
            Attributes = "[Schedule(Schedule.Polynomial, Power = 2)]",
            Factor = (step, total) => Math.Pow(1 - ((double)step / total), 2),
        },
        new()
        {
            Name = "one-cycle",
            Attributes = "[Schedule(Schedule.OneCycle, TotalSteps = 11, InitialFactor = 0.5, FinalFactor = 0.01)]",
            Factor = (step, _) => step <= 2.3
                ? 1 + ((0.5 - 1) * (1 + Math.Cos(Math.PI * step / 2.3)) / 2)
                : 0.01 + (0.99 * (1 + Math.Cos(Math.PI * Math.Min((step - 2.3) / (10 - 2.3), 1))) / 2),
        },
        new()
        {
            Name = "cyclic",
            Attributes = "[Schedule(Schedule.Cyclic, HalfCycle = 2)]",
            Factor = (step, _) => 0.1 + (0.9 * (step % 4 <= 2 ? step % 4 : 4 - (step % 4)) / 2),
        },
        new()
        {
            Name = "plateau",
            Attributes = "[Schedule(Schedule.Plateau, Patience = 1, MinDelta = 0.01)]",
            Plateau = () =>
            {
                double best = double.PositiveInfinity, factor = 1;
                return loss =>
                {
                    // The first epoch always improves; each that does not, at a patience of 1, costs a tenth.
                    if (loss < best - 0.01)
                    {
                        best = loss;
                    }
                    else
                    {
                        factor *= 0.1;
                    }

                    return factor;
                };
            },
        },
        new()
        {
            Name = "own schedule",
            Attributes = "",
            Member = "[Schedule] private double Half(long step) => 1.0 / (1 + step);",
            Factor = (step, _) => 1.0 / (1 + step),
        },
    ];

    public static IReadOnlyList<BlockRecipe> Clips { get; } =
    [
        new()
        {
            Name = "norm",
            Attributes = "[ClipGradients(Norm = 0.1)]",
            Clip = gradients =>
            {
                var factor = Factor(stack(gradients.Select(gradient => gradient.norm()).ToArray()).norm());
                foreach (var gradient in gradients)
                {
                    gradient.mul_(factor);
                }
            },
        },
        new()
        {
            Name = "value",
            Attributes = "[ClipGradients(Value = 0.05)]",
            Clip = gradients =>
            {
                foreach (var gradient in gradients)
                {
                    gradient.clamp_(-0.05, 0.05);
                }
            },
        },
        new()
        {
            Name = "each norm",
            Attributes = "[ClipGradients(EachNorm = 0.1)]",
            Clip = gradients =>
            {
                foreach (var gradient in gradients)
                {
                    gradient.mul_(Factor(gradient.norm()));
                }
            },
        },
    ];

    public static BlockRecipe Noise { get; } = new()
    {
        Name = "noise",
        Attributes = "[GradientNoise(Variance = 0.04, Decay = 0)]",
        Clip = gradients =>
        {
            foreach (var gradient in gradients)
            {
                gradient.add_(randn_like(gradient).mul_(0.2));
            }
        },
    };

    public static BlockRecipe Windows { get; } = new() { Name = "windows", Attributes = "[Accumulate(Steps = 2)]", Window = 2 };

    public static IReadOnlyList<BlockRecipe> Averages { get; } =
    [
        new() { Name = "moving average", Attributes = "[Ema(Decay = 0.5)]", Share = update => Math.Max(0.5, 9.0 / (10 + update)) },
        new() { Name = "moving average without warm-up", Attributes = "[Ema(Decay = 0.75, Warmup = false)]", Share = _ => 0.25 },
        new() { Name = "average of epochs", Attributes = "[Swa(StartEpoch = 2)]", AverageFrom = 2 },
    ];

    public static BlockRecipe SampleWeights { get; } = new() { Name = "sample weights", Attributes = "[SampleWeights]", IsWeighted = true };

    public static BlockRecipe Stopping { get; } = new()
    {
        Name = "early stopping",
        Attributes = "[EarlyStopping(Patience = 1, RestoreBest = true)]",
        Patience = 1,
    };

    public static BlockRecipe Checkpoints { get; } = new()
    {
        Name = "checkpoints",
        Attributes = $"[Checkpoint(@\"{ScratchFolder.New()}\", Monitor = \"val_loss\", EverySteps = 2)]",
        IsSeededByStep = true,
    };

    /// <summary>They only look: the weights must not change by a bit.</summary>
    public static IReadOnlyList<BlockRecipe> Checks { get; } =
    [
        new() { Name = "stop on NaN", Attributes = "[StopOnNaN]" },
        new() { Name = "anomaly detection", Attributes = "[DetectAnomaly]" },
        new() { Name = "stop on NaN with anomaly detection", Attributes = "[StopOnNaN][DetectAnomaly]" },
    ];

    /// <summary>Each by itself.</summary>
    public static IEnumerable<BlockRecipe> Alone => [.. Schedules, .. Clips, Noise, Windows, .. Averages, SampleWeights, Stopping, Checkpoints, .. Checks];

    /// <summary>Pairs of different kinds.</summary>
    public static IEnumerable<BlockRecipe> Pairs =>
    [
        Schedules[0].With(Clips[0]),
        Schedules[1].With(Windows),
        Schedules[10].With(Averages[0]),
        Schedules[3].With(Averages[2]),
        Schedules[10].With(Clips[2]),
        Clips[0].With(Windows),
        Clips[1].With(Averages[0]),
        Clips[2].With(Averages[2]),
        Windows.With(Averages[1]),
        Windows.With(Averages[2]),
        SampleWeights.With(Windows),
        SampleWeights.With(Clips[0]),
        SampleWeights.With(Averages[0]),
        Stopping.With(Averages[0]),
        Stopping.With(Windows),
        Schedules[10].With(Stopping),
        Checkpoints.With(Windows),
        Noise.With(Windows),
        Noise.With(Averages[0]),
        Checkpoints.With(Averages[0]),
        Checkpoints.With(Stopping),
        Checkpoints.With(Schedules[10]),
        Checks[0].With(Windows),
        Checks[0].With(Averages[0]),
        Checks[2].With(SampleWeights),
        Checks[2].With(Checkpoints),
    ];

    /// <summary>All pairs of different kinds.</summary>
    public static IEnumerable<BlockRecipe> AllPairs
    {
        get
        {
            IReadOnlyList<BlockRecipe>[] kinds = [Schedules, Clips, [Windows], Averages, [SampleWeights], [Stopping], [Checkpoints], [Checks[2]]];
            for (var i = 0; i < kinds.Length; i++)
            {
                for (var j = i + 1; j < kinds.Length; j++)
                {
                    foreach (var one in kinds[i])
                    {
                        foreach (var other in kinds[j])
                        {
                            yield return one.With(other);
                        }
                    }
                }
            }
        }
    }

    // As torch.nn.utils.clip_grad_norm_ computes it: max_norm / (norm + 1e-6), at most 1.
    private static Tensor Factor(Tensor norm) => norm.add(1e-6).reciprocal().mul(0.1).clamp(max: 1);
}
