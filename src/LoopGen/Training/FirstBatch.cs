using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Checks of what only the data can tell, made between the forward pass and the loss: that a target has the type, shape
/// and values that the loss takes. What torch itself would accept in silence (a broadcast) or refuse with an error from
/// deep inside it is reported here in words, before any weight was changed.
/// </summary>
/// <remarks>
/// Types, shapes and devices are compared in every batch, which takes less than a microsecond and waits for nothing. The
/// values of the targets are looked at in the first batch, which waits for the device, and in later ones where they are
/// on the CPU. Use one instance per run.
/// </remarks>
public sealed partial class FirstBatch
{
    private readonly Dictionary<(string Check, string? Output, string? Target), StrongBox<long>> batches = [];

    /// <summary>
    /// Checks a target for
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">cross-entropy</see>:
    /// int64 class indices.
    /// </summary>
    /// <param name="output">
    /// The model's output: floating, of shape (N, C, d1, ...) for C classes, or (C) for a single sample.
    /// </param>
    /// <param name="target">
    /// Int64 of the output's shape without C, every value in 0..C-1 or <paramref name="ignoreIndex"/>.
    /// </param>
    /// <param name="ignoreIndex">The value that stands for no class; null (the default) for none.</param>
    /// <param name="outputName">What to call the output in an error; by default the argument's text.</param>
    /// <param name="targetName">What to call the target in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// One of the two is not as it should be. The message names it, what came, what was expected and what to do.
    /// </exception>
    public void CheckClassTargets(
        Tensor output,
        Tensor target,
        long? ignoreIndex = null,
        [CallerArgumentExpression(nameof(output))] string? outputName = null,
        [CallerArgumentExpression(nameof(target))] string? targetName = null)
    {
        var seen = Seen(nameof(CheckClassTargets), output, target, outputName, targetName);
        if (seen.Value == 0 || !TargetForm.IsClasses(output, target) || !AreKnownClasses(output, target, ignoreIndex))
        {
            var check = Check(output, target, outputName, targetName, seen.Value);
            check.ClassIndices(ignoreIndex);

            // A copy, so that the closure is made here and not in every batch.
            var ignored = ignoreIndex;
            CheckStored(check, target, stored => stored.ClassRange(ignored));
        }

        seen.Value++;
    }

    /// <summary>
    /// Checks, in the first batch, that the dimension of the classes can be told: for a model whose <c>forward</c> ends in a layer
    /// with its outputs in the last dimension, (N, T, C), where losses look for them in dimension 1, (N, C, T). Where T and C are
    /// equal the loss would take the one for the other.
    /// </summary>
    /// <param name="output">The model's output. One of two dimensions, (N, C), always passes.</param>
    /// <param name="outputName">What to call the output in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    /// <exception cref="ArgumentException">Dimension 1 and the last are equal.</exception>
    public void CheckClassDimension(
        Tensor output, [CallerArgumentExpression(nameof(output))] string? outputName = null)
    {
        var seen = Seen(nameof(CheckClassDimension), output, output, outputName, outputName);
        if (seen.Value == 0)
        {
            Check(output, output, outputName, outputName, seen.Value).OneClassDimension();
        }

        seen.Value++;
    }

    /// <summary>
    /// Checks that there is a weight for each class of the output, after <see cref="CheckClassTargets"/> or
    /// <see cref="CheckLogProbabilities"/>.
    /// </summary>
    /// <param name="output">The model's output: float32, of shape (N, C, d1, ...) for C classes, or (C).</param>
    /// <param name="weights">The weights of the classes: float32, of shape (C).</param>
    /// <param name="outputName">What to call the output in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// There are more or fewer weights than classes, or the output is of another type than the weights. The message
    /// says what came, what was expected and what to do.
    /// </exception>
    public void CheckClassWeights(
        Tensor output,
        Tensor weights,
        [CallerArgumentExpression(nameof(output))] string? outputName = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var seen = Seen(nameof(CheckClassWeights), output, weights, outputName, null);
        if (seen.Value == 0 || weights.numel() != output.size(output.dim() == 1 ? 0 : 1) || output.dtype != weights.dtype)
        {
            Check(output, weights, outputName, nameof(weights), seen.Value).WeightPerClass();
        }

        seen.Value++;
    }

    /// <summary>
    /// Checks the weights of the samples, after the check of the target: a weight for each sample, or for each target.
    /// A wrong number of weights would fall on the wrong losses.
    /// </summary>
    /// <param name="output">The model's output.</param>
    /// <param name="target">The target, of the shape that its loss has for each target: (N, d1, ...).</param>
    /// <param name="weight">
    /// Of the output's type and of shape (N), or with further dimensions of the target, (N, d1); finite, none below 0.
    /// </param>
    /// <param name="outputName">What to call the output in an error; by default the argument's text.</param>
    /// <param name="targetName">What to call the target in an error; by default the argument's text.</param>
    /// <param name="weightName">What to call the weights in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The weights are not as they should be. The message says what came, what was expected and what to do.
    /// </exception>
    public void CheckSampleWeights(
        Tensor output,
        Tensor target,
        Tensor weight,
        [CallerArgumentExpression(nameof(output))] string? outputName = null,
        [CallerArgumentExpression(nameof(target))] string? targetName = null,
        [CallerArgumentExpression(nameof(weight))] string? weightName = null)
    {
        ArgumentNullException.ThrowIfNull(output, outputName ?? nameof(output));
        ArgumentNullException.ThrowIfNull(target, targetName ?? nameof(target));
        ArgumentNullException.ThrowIfNull(weight, weightName ?? nameof(weight));
        var seen = Seen(nameof(CheckSampleWeights), output, target, outputName, weightName);
        var areKnown = seen.Value > 0 && (weight.device_type != DeviceType.CPU
            || (HostValues.CanRead(weight) && HostValues.AreFromZeroTo(weight, double.MaxValue)));
        if (!areKnown || !TargetForm.IsWeights(output, target, weight))
        {
            var check = new SampleWeightCheck(
                output, target, weight, outputName ?? nameof(output), targetName ?? nameof(target), weightName ?? nameof(weight));
            check.CheckForm();
            check.CheckValues();
        }

        seen.Value++;
    }

    /// <summary>
    /// Checks a target for a loss that compares element by element, such as
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html">MSE</see>: equal types and shapes.
    /// </summary>
    /// <param name="output">The model's output: floating, of any shape.</param>
    /// <param name="target">Of the same type and shape; nothing is broadcast.</param>
    /// <param name="outputName">What to call the output in an error; by default the argument's text.</param>
    /// <param name="targetName">What to call the target in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// One of the two is not as it should be. The message names it, what came, what was expected and what to do.
    /// </exception>
    public void CheckSameShape(
        Tensor output,
        Tensor target,
        [CallerArgumentExpression(nameof(output))] string? outputName = null,
        [CallerArgumentExpression(nameof(target))] string? targetName = null)
    {
        var seen = Seen(nameof(CheckSameShape), output, target, outputName, targetName);
        if (seen.Value == 0 || !TargetForm.IsAlike(output, target))
        {
            var check = Check(output, target, outputName, targetName, seen.Value);
            check.SameShape();
            CheckStored(check, target, static _ => { });
        }

        seen.Value++;
    }

    /// <summary>
    /// Checks a target for
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">binary cross-entropy</see>:
    /// as <see cref="CheckSameShape"/>, and every value a probability.
    /// </summary>
    /// <param name="output">The model's output: floating, of any shape.</param>
    /// <param name="target">Of the same type and shape, every value in [0, 1].</param>
    /// <param name="outputName">What to call the output in an error; by default the argument's text.</param>
    /// <param name="targetName">What to call the target in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// One of the two is not as it should be. The message names it, what came, what was expected and what to do.
    /// </exception>
    public void CheckProbabilityTargets(
        Tensor output,
        Tensor target,
        [CallerArgumentExpression(nameof(output))] string? outputName = null,
        [CallerArgumentExpression(nameof(target))] string? targetName = null)
    {
        var seen = Seen(nameof(CheckProbabilityTargets), output, target, outputName, targetName);
        if (seen.Value == 0 || !TargetForm.IsAlike(output, target) || !AreKnownProbabilities(target))
        {
            var check = Check(output, target, outputName, targetName, seen.Value);
            check.Probabilities();
            CheckStored(check, target, static stored => stored.ProbabilityRange());
        }

        seen.Value++;
    }

    /// <summary>
    /// Checks output and target for
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html">binary cross-entropy</see> on
    /// probabilities: as <see cref="CheckProbabilityTargets"/>, and the outputs probabilities too. (On a GPU torch itself
    /// answers a logit with an assertion that makes the device unusable for the rest of the process.)
    /// </summary>
    /// <param name="output">The model's output: floating, of any shape, every value in [0, 1].</param>
    /// <param name="target">Of the same type and shape, every value in [0, 1].</param>
    /// <param name="outputName">What to call the output in an error; by default the argument's text.</param>
    /// <param name="targetName">What to call the target in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// One of the two is not as it should be. The message names it, what came, what was expected and what to do.
    /// </exception>
    public void CheckProbabilities(
        Tensor output,
        Tensor target,
        [CallerArgumentExpression(nameof(output))] string? outputName = null,
        [CallerArgumentExpression(nameof(target))] string? targetName = null)
    {
        var seen = Seen(nameof(CheckProbabilities), output, target, outputName, targetName);
        if (seen.Value == 0 || !TargetForm.IsAlike(output, target) || !AreKnownProbabilities(target))
        {
            var check = Check(output, target, outputName, targetName, seen.Value);
            check.Probabilities();
            if (seen.Value == 0)
            {
                check.ProbabilityOutput();
            }

            CheckStored(check, target, static stored => stored.ProbabilityRange());
        }

        seen.Value++;
    }

    /// <summary>
    /// Checks output and target for the
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html">negative log-likelihood</see>: as
    /// <see cref="CheckClassTargets"/>, and every output the logarithm of a probability, at most 0.
    /// </summary>
    /// <param name="output">
    /// The model's output: log-probabilities of shape (N, C, d1, ...) for C classes, or (C) for a single sample.
    /// </param>
    /// <param name="target">
    /// Int64 of the output's shape without C, every value in 0..C-1 or <paramref name="ignoreIndex"/>.
    /// </param>
    /// <param name="ignoreIndex">The value that stands for no class; null (the default) for none.</param>
    /// <param name="outputName">What to call the output in an error; by default the argument's text.</param>
    /// <param name="targetName">What to call the target in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// One of the two is not as it should be. The message names it, what came, what was expected and what to do.
    /// </exception>
    public void CheckLogProbabilities(
        Tensor output,
        Tensor target,
        long? ignoreIndex = null,
        [CallerArgumentExpression(nameof(output))] string? outputName = null,
        [CallerArgumentExpression(nameof(target))] string? targetName = null)
    {
        var seen = Seen(nameof(CheckLogProbabilities), output, target, outputName, targetName);
        if (seen.Value == 0 || !TargetForm.IsClasses(output, target) || !AreKnownClasses(output, target, ignoreIndex))
        {
            var check = Check(output, target, outputName, targetName, seen.Value);
            check.ClassIndices(ignoreIndex);
            if (seen.Value == 0)
            {
                check.LogProbabilityOutput();
            }

            // A copy, so that the closure is made here and not in every batch.
            var ignored = ignoreIndex;
            CheckStored(check, target, stored => stored.ClassRange(ignored));
        }

        seen.Value++;
    }

    private static bool AreKnownClasses(Tensor output, Tensor target, long? ignoreIndex) =>
        target.device_type != DeviceType.CPU
        || (HostValues.CanRead(target)
            && HostValues.AreClasses(target, output.size(output.dim() == 1 ? 0 : 1), ignoreIndex));

    private static bool AreKnownProbabilities(Tensor target) =>
        target.device_type != DeviceType.CPU || (HostValues.CanRead(target) && HostValues.AreFromZeroTo(target, 1));

    /// <summary>In how many batches a check was passed; with the arguments that it must have.</summary>
    private StrongBox<long> Seen(string check, Tensor output, Tensor target, string? outputName, string? targetName)
    {
        ArgumentNullException.ThrowIfNull(output, outputName ?? nameof(output));
        ArgumentNullException.ThrowIfNull(target, targetName ?? nameof(target));
        var key = (check, outputName, targetName);
        if (!batches.TryGetValue(key, out var seen))
        {
            seen = new StrongBox<long>();
            batches.Add(key, seen);
        }

        return seen;
    }

    private TargetCheck Check(Tensor output, Tensor target, string? outputName, string? targetName, long before) =>
        new(output, target, outputName, targetName, Place(before));
}
