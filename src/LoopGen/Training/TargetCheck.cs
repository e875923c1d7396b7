using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The checks behind <see cref="FirstBatch"/> and their messages, for one output and its target.</summary>
internal sealed class TargetCheck
{
    /// <summary>How far above 0 a log-probability may be: a small number was added to the probability, perhaps.</summary>
    private const double LogRounding = 1e-3;

    private readonly Tensor output;
    private readonly Tensor target;
    private readonly string outputName;
    private readonly string targetName;
    private readonly DataPlace place;

    public TargetCheck(Tensor output, Tensor target, string? outputName, string? targetName, DataPlace place = default)
    {
        this.place = place;
        this.output = output;
        this.target = target;
        this.outputName = outputName ?? nameof(output);
        this.targetName = targetName ?? nameof(target);
        ArgumentNullException.ThrowIfNull(output, this.outputName);
        ArgumentNullException.ThrowIfNull(target, this.targetName);
    }

    /// <summary>What the target is called.</summary>
    public string TargetName => targetName;

    /// <summary>The same output with other targets: those of other data.</summary>
    public TargetCheck With(Tensor otherTarget, DataPlace otherPlace) =>
        new(output, otherTarget, outputName, targetName, otherPlace);

    private string OutputText => $"{outputName} {Describe.Shape(output.shape)}";

    private string TargetText => Describe.Tensor(target);

    public void ClassIndices(long? ignoreIndex)
    {
        CheckOutput();
        if (output.dim() == 0)
        {
            throw OutputError($"{outputName} must have a dimension of classes, (N, C), but is 0-dimensional.");
        }

        long[] shape = [.. output.shape];
        var classDimension = shape.Length == 1 ? 0 : 1;
        long[] expected = [.. shape.Where((_, dimension) => dimension != classDimension)];
        if (target.dtype != ScalarType.Int64 || !target.shape.SequenceEqual(expected))
        {
            throw TargetError(
                $"{targetName} must hold int64 class indices of shape {Describe.Shape(expected)} to match {OutputText}, "
                + $"but is {TargetText}. {AdviceForClasses(shape, expected)}");
        }

        CheckDevice();
        ClassRange(ignoreIndex);
    }

    /// <summary>Nothing tells which of two equal dimensions holds the classes.</summary>
    public void OneClassDimension()
    {
        var dimensions = (int)output.dim();
        if (dimensions > 2 && output.size(1) == output.size(dimensions - 1))
        {
            throw OutputError(
                $"{OutputText} may have its classes in dimension 1 or in the last, which are equal in this batch, and forward ends in a "
                + "layer whose outputs are last. Say which: set ClassDimension to -1 or to 1.");
        }
    }

    /// <summary>The target is the weights here.</summary>
    public void WeightPerClass()
    {
        CheckOutput();
        var classes = output.size(Shapes.ClassDimension(output));
        if (target.numel() != classes)
        {
            throw OutputError(
                $"{OutputText} has {Text(classes)} classes, but ClassWeights has {Text(target.numel())} weights. "
                + "Give [Compile] a weight for each class, in the order of the classes.");
        }

        // Torch says "expected scalar type" and no more.
        if (output.dtype != target.dtype)
        {
            throw OutputError(
                $"{outputName} must be {target.dtype} like the weights of its classes, but is {Describe.Tensor(output)}. "
                + $"End forward with .to({Describe.TypeInCode(target.dtype)}).");
        }
    }

    public void SameShape()
    {
        CheckOutput();
        if (!is_floating_point(target.dtype))
        {
            throw TargetError(
                $"{targetName} must hold {output.dtype} numbers of the shape of {OutputText}, but is {TargetText}. "
                + $"Convert it: {AsOutputType}.");
        }

        if (target.dtype != output.dtype)
        {
            throw TargetError(
                $"{targetName} must be of the type of {outputName}, {output.dtype}, but is {TargetText}. "
                + $"Convert it: {AsOutputType}.");
        }

        if (!Shapes.AreSame(output, target))
        {
            throw TargetError(
                $"{targetName} must have the shape of {OutputText}, but is {TargetText}. "
                + AdviceForShapes(output.shape, target.shape));
        }

        CheckDevice();
    }

    public void Probabilities()
    {
        SameShape();
        ProbabilityRange();
    }

    /// <summary>The values alone: the target may have more samples than the output.</summary>
    public void ProbabilityRange()
    {
        if (target.numel() == 0 || (HostValues.CanRead(target) && HostValues.AreFromZeroTo(target, 1)))
        {
            return;
        }

        var (lowest, highest) = ValueRange.Of(target);

        // Written so that NaN, which is neither, fails.
        if (!(lowest >= 0 && highest <= 1))
        {
            throw TargetError(
                $"{targetName} must hold probabilities, 0 to 1, but holds values from {Text(lowest)} to {Text(highest)}. "
                + $"Labels -1 and 1 become 0 and 1 by ({targetName} + 1) / 2; for more than two classes use cross-entropy.");
        }
    }

    /// <summary>The values alone: the target may have more samples than the output.</summary>
    public void ClassRange(long? ignoreIndex)
    {
        var classes = output.size(Shapes.ClassDimension(output));
        if (HostValues.CanRead(target) && HostValues.AreClasses(target, classes, ignoreIndex))
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var counted = target;
        if (ignoreIndex is { } ignored)
        {
            using var value = ignored.ToScalar();
            counted = target.masked_select(target.ne(value));
        }

        if (counted.numel() == 0)
        {
            return;
        }

        var (lowest, highest) = ValueRange.Of(counted);
        if (lowest < 0 || highest >= classes)
        {
            var fromOne = lowest == 1 && highest == classes;
            throw TargetError(
                $"{targetName} must hold class indices 0..{Text(classes - 1)}, because {OutputText} has "
                + $"{Text(classes)} classes, but holds values from {Text(lowest)} to {Text(highest)}. "
                + (fromOne
                    ? $"They seem to count from 1: subtract 1, {targetName} - 1."
                    : lowest < 0
                        ? "If a negative value marks targets to leave out, set IgnoreIndex to it."
                        : "Give the model an output per class, or correct the labels."));
        }
    }

    public void ProbabilityOutput()
    {
        if (output.numel() == 0)
        {
            return;
        }

        var (lowest, highest) = ValueRange.Of(output);
        if (!(lowest >= 0 && highest <= 1))
        {
            throw OutputError(
                $"{outputName} must hold probabilities, 0 to 1, but holds values from {Text(lowest)} to {Text(highest)}. "
                + "Logits need Loss.BCEWithLogits in place of Loss.BCE, or a sigmoid at the end of forward.");
        }
    }

    public void LogProbabilityOutput()
    {
        if (output.numel() == 0)
        {
            return;
        }

        var (lowest, highest) = ValueRange.Of(output);
        if (!(highest <= LogRounding))
        {
            throw OutputError(
                $"{outputName} must hold log-probabilities, at most 0, but holds values from {Text(lowest)} to {Text(highest)}. "
                + (lowest >= 0 && highest <= 1
                    ? "Probabilities need a log_softmax(1) at the end of forward in place of the softmax."
                    : "Scores need a log_softmax(1) at the end of forward, or Loss.CrossEntropy in place of Loss.NLL."));
        }
    }

    private string AsOutputType => $"{targetName}.to({Describe.TypeInCode(output.dtype)})";

    private void CheckOutput()
    {
        if (!is_floating_point(output.dtype))
        {
            throw OutputError(
                $"{outputName} must be of a floating type for a loss, but is {Describe.Tensor(output)}.");
        }
    }

    private void CheckDevice()
    {
        if (target.device_type != output.device_type || target.device_index != output.device_index)
        {
            throw TargetError(
                $"{targetName} is on {target.device} but {outputName} is on {output.device}. "
                + $"Move it: {targetName}.to({outputName}.device).");
        }
    }

    /// <summary>What most likely happened, and its mend.</summary>
    private string AdviceForClasses(long[] shape, long[] expected)
    {
        var came = target.shape;
        var convert = target.dtype == ScalarType.Int64 ? "" : ".to(torch.int64)";
        if (came.SequenceEqual(expected))
        {
            return $"Convert it: {targetName}{convert}.";
        }

        if (came.SequenceEqual(shape) && shape.Length > 1)
        {
            return IsShares()
                ? "It holds a share for each class, as mixup and label smoothing make them, where this loss takes one class for each "
                + $"target. The class of the largest share, {targetName}.argmax(1), leaves the shares out."
                : $"It looks one-hot, a column per class: take the index of the highest, {targetName}.argmax(1).";
        }

        if (shape.Length > 2 && came.SequenceEqual(shape[..^1]))
        {
            return $"The last dimension of {outputName} seems to hold the classes, where they are looked for in dimension 1: end forward "
                + (shape.Length == 3 ? "with .transpose(1, 2)." : "with .movedim(-1, 1).");
        }

        if (came.Length == expected.Length + 1 && came.Length > 1 && came[1] == 1
            && came.Where((_, dimension) => dimension != 1).SequenceEqual(expected))
        {
            return $"Remove the dimension of size 1: {targetName}.squeeze(1){convert}.";
        }

        return shape.Length == 1 && came.Length == 1
            ? $"{OutputText} has no dimension of classes: a batch of outputs has the shape (N, C), one score per class."
            : "Give one class index for every place of the output.";
    }

    /// <summary>Whether some values are between 0 and 1; the target is of the output's shape.</summary>
    private bool IsShares()
    {
        if (!is_floating_point(target.dtype) || target.numel() == 0)
        {
            return false;
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var rounded = target.round();
        using var isWhole = rounded.eq(target).all().ToScalar();
        return !isWhole.ToBoolean();
    }

    private string AdviceForShapes(long[] outputShape, long[] targetShape)
    {
        var broadcast = Shapes.Broadcast(outputShape, targetShape);
        var silent = broadcast is null
            ? ""
            : $"The two would broadcast to {Describe.Shape(broadcast)}, silently, and the loss would mean nothing. ";

        if (outputShape.Length == targetShape.Length + 1 && outputShape[^1] == 1
            && outputShape[..^1].SequenceEqual(targetShape))
        {
            return silent + (targetShape.Length == 1
                ? $"Add the dimension to the target, {targetName}.unsqueeze(1), or take it from the output, squeeze(1)."
                : $"Add the dimension to the target: {targetName}.unsqueeze(-1).");
        }

        if (targetShape.Length == outputShape.Length + 1 && targetShape[^1] == 1
            && targetShape[..^1].SequenceEqual(outputShape))
        {
            return silent + (outputShape.Length == 1
                ? $"Take the dimension from the target, {targetName}.squeeze(1), or add it to the output, unsqueeze(1)."
                : $"Take the dimension from the target: {targetName}.squeeze(-1).");
        }

        return silent + "Reshape one of them so that every output has its own target.";
    }

    private static string Text(double value) => ValueRange.Text(value);

    private ArgumentException TargetError(string message) => new(place.Say(message), targetName);

    private ArgumentException OutputError(string message) => new(place.Say(message), outputName);
}
