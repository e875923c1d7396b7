using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Checks of what only the data can tell, made on the first batch, between the forward pass and the loss: that a target
/// has the type, shape and values that the loss takes. What torch itself would accept in silence (a broadcast) or
/// refuse with an error from deep inside it is reported here in words, before any weight was changed.
/// </summary>
/// <remarks>
/// Each check is made until it succeeds once; later calls with the same names return at once and do nothing with the
/// tensors. The first call reads the targets and so waits for the device. Use one instance per run.
/// </remarks>
public sealed class FirstBatch
{
    private readonly HashSet<(string Check, string? Output, string? Target)> passed = [];

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
        var check = (nameof(CheckClassTargets), outputName, targetName);
        if (passed.Contains(check))
        {
            return;
        }

        new TargetCheck(output, target, outputName, targetName).ClassIndices(ignoreIndex);
        passed.Add(check);
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
        var check = (nameof(CheckClassWeights), outputName, (string?)null);
        if (passed.Contains(check))
        {
            return;
        }

        ArgumentNullException.ThrowIfNull(weights);
        new TargetCheck(output, weights, outputName, nameof(weights)).WeightPerClass();
        passed.Add(check);
    }

    /// <summary>
    /// Checks the weights of the samples, after the check of the target: a weight for each sample, or for each target.
    /// Their type, shape and device in every batch, which waits for nothing: a wrong number of weights would fall on the
    /// wrong losses. Their values in the first one.
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
        var check = new SampleWeightCheck(
            output, target, weight, outputName ?? nameof(output), targetName ?? nameof(target), weightName ?? nameof(weight));
        check.CheckForm();
        var passedOnce = (nameof(CheckSampleWeights), outputName, weightName);
        if (!passed.Contains(passedOnce))
        {
            check.CheckValues();
            passed.Add(passedOnce);
        }
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
        var check = (nameof(CheckSameShape), outputName, targetName);
        if (passed.Contains(check))
        {
            return;
        }

        new TargetCheck(output, target, outputName, targetName).SameShape();
        passed.Add(check);
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
        var check = (nameof(CheckProbabilityTargets), outputName, targetName);
        if (passed.Contains(check))
        {
            return;
        }

        new TargetCheck(output, target, outputName, targetName).Probabilities();
        passed.Add(check);
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
        var check = (nameof(CheckProbabilities), outputName, targetName);
        if (passed.Contains(check))
        {
            return;
        }

        var checks = new TargetCheck(output, target, outputName, targetName);
        checks.Probabilities();
        checks.ProbabilityOutput();
        passed.Add(check);
    }

    /// <summary>
    /// Checks output and target for the
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html">negative log-likelihood</see>: as
    /// <see cref="CheckClassTargets"/>, and every output the logarithm of a probability, at most 0.
    /// </summary>
    /// <param name="output">
    /// The model's output: log-probabilities of shape (N, C, d1, ...) for C classes, or (C) for a single sample.
    /// </param>
    /// <param name="target">Int64 of the output's shape without C, every value in 0..C-1.</param>
    /// <param name="outputName">What to call the output in an error; by default the argument's text.</param>
    /// <param name="targetName">What to call the target in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// One of the two is not as it should be. The message names it, what came, what was expected and what to do.
    /// </exception>
    public void CheckLogProbabilities(
        Tensor output,
        Tensor target,
        [CallerArgumentExpression(nameof(output))] string? outputName = null,
        [CallerArgumentExpression(nameof(target))] string? targetName = null)
    {
        var check = (nameof(CheckLogProbabilities), outputName, targetName);
        if (passed.Contains(check))
        {
            return;
        }

        var checks = new TargetCheck(output, target, outputName, targetName);
        checks.ClassIndices(ignoreIndex: null);
        checks.LogProbabilityOutput();
        passed.Add(check);
    }
}
