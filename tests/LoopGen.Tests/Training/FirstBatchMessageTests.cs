namespace LoopGen.Tests;

/// <summary>Every mistake that is found, with the whole sentence that the user reads.</summary>
public sealed class FirstBatchMessageTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void ClassTargetsOfAFloatingType() => Classes(
        rand(64, 10),
        rand(64),
        "target must hold int64 class indices of shape (64) to match output (64, 10), but is Float32 (64). "
        + "Convert it: target.to(torch.int64).");

    [Fact]
    public void ClassTargetsOfAShorterInteger() => Classes(
        rand(64, 10),
        zeros(64, dtype: int32),
        "target must hold int64 class indices of shape (64) to match output (64, 10), but is Int32 (64). "
        + "Convert it: target.to(torch.int64).");

    [Fact]
    public void ClassTargetsInAColumn() => Classes(
        rand(64, 10),
        zeros(64, 1, dtype: int64),
        "target must hold int64 class indices of shape (64) to match output (64, 10), but is Int64 (64, 1). "
        + "Remove the dimension of size 1: target.squeeze(1).");

    [Fact]
    public void ClassTargetsInAColumnOfAnotherType() => Classes(
        rand(64, 10),
        zeros(64, 1),
        "target must hold int64 class indices of shape (64) to match output (64, 10), but is Float32 (64, 1). "
        + "Remove the dimension of size 1: target.squeeze(1).to(torch.int64).");

    [Fact]
    public void ClassTargetsThatAreOneHot() => Classes(
        rand(64, 10),
        zeros(64, 10),
        "target must hold int64 class indices of shape (64) to match output (64, 10), but is Float32 (64, 10). "
        + "It looks one-hot, a column per class: take the index of the highest, target.argmax(1).");

    [Fact]
    public void ClassTargetsThatAreShares() => Classes(
        rand(64, 10),
        full(64, 10, 0.1f),
        "target must hold int64 class indices of shape (64) to match output (64, 10), but is Float32 (64, 10). "
        + "It holds a share for each class, as mixup and label smoothing make them, where this loss takes one class for each "
        + "target. The class of the largest share, target.argmax(1), leaves the shares out.");

    [Fact]
    public void ClassesInTheLastDimension() => Classes(
        rand(8, 5, 10),
        zeros(8, 5, dtype: int64),
        "target must hold int64 class indices of shape (8, 10) to match output (8, 5, 10), but is Int64 (8, 5). "
        + "The last dimension of output seems to hold the classes, where they are looked for in dimension 1: end forward with "
        + ".transpose(1, 2).");

    [Fact]
    public void ClassesInTheLastOfFourDimensions() => Classes(
        rand(8, 5, 6, 10),
        zeros(8, 5, 6, dtype: int64),
        "target must hold int64 class indices of shape (8, 6, 10) to match output (8, 5, 6, 10), but is Int64 (8, 5, 6). "
        + "The last dimension of output seems to hold the classes, where they are looked for in dimension 1: end forward with "
        + ".movedim(-1, 1).");

    [Fact]
    public void ClassesThatMayBeInTwoDimensions()
    {
        var first = new FirstBatch();
        var exception = Assert.Throws<ArgumentException>("output", () => first.CheckClassDimension(rand(8, 5, 5), "output"));
        Assert.StartsWith(
            "output (8, 5, 5) may have its classes in dimension 1 or in the last, which are equal in this batch, and forward ends in a "
            + "layer whose outputs are last. Say which: set ClassDimension to -1 or to 1.",
            exception.Message);
        first.CheckClassDimension(rand(8, 8), "output");

        // In a later batch the texts may happen to be that long.
        first.CheckClassDimension(rand(8, 5, 5), "output");
        Assert.Throws<ArgumentException>("output", () => new FirstBatch().CheckClassDimension(rand(8, 5, 6, 5), "output"));
        new FirstBatch().CheckClassDimension(rand(8, 5, 6), "output");
    }

    [Fact]
    public void ClassTargetsForOutputsWithoutClasses() => Classes(
        rand(64),
        zeros(64, dtype: int64),
        "target must hold int64 class indices of shape () to match output (64), but is Int64 (64). "
        + "output (64) has no dimension of classes: a batch of outputs has the shape (N, C), one score per class.");

    [Fact]
    public void ClassTargetsOfAnotherShape() => Classes(
        rand(64, 10, 28),
        zeros(64, dtype: int64),
        "target must hold int64 class indices of shape (64, 28) to match output (64, 10, 28), but is Int64 (64). "
        + "Give one class index for every place of the output.");

    [Fact]
    public void ClassTargetsBeyondTheClasses() => Classes(
        rand(3, 10),
        tensor(new[] { 0L, 12L, 3L }),
        "target must hold class indices 0..9, because output (3, 10) has 10 classes, but holds values from 0 to 12. "
        + "Give the model an output per class, or correct the labels.");

    [Fact]
    public void ClassTargetsThatCountFromOne() => Classes(
        rand(3, 10),
        tensor(new[] { 1L, 10L, 3L }),
        "target must hold class indices 0..9, because output (3, 10) has 10 classes, but holds values from 1 to 10. "
        + "They seem to count from 1: subtract 1, target - 1.");

    [Fact]
    public void ClassTargetsBelowZero() => Classes(
        rand(3, 10),
        tensor(new[] { 1L, -1L, 3L }),
        "target must hold class indices 0..9, because output (3, 10) has 10 classes, but holds values from -1 to 3. "
        + "If a negative value marks targets to leave out, set IgnoreIndex to it.");

    [Fact]
    public void OutputsOfAnIntegerType()
    {
        var output = zeros(6, 3, dtype: int64);
        const string message = "output must be of a floating type for a loss, but is Int64 (6, 3).";
        AssertMessage("output", message, target => new FirstBatch().CheckClassTargets(output, target));
        AssertMessage("output", message, target => new FirstBatch().CheckSameShape(output, target));
        AssertMessage("output", message, target => new FirstBatch().CheckProbabilityTargets(output, target));
    }

    [Fact]
    public void OutputsWithoutDimensions()
    {
        var output = rand([]);
        AssertMessage(
            "output",
            "output must have a dimension of classes, (N, C), but is 0-dimensional.",
            target => new FirstBatch().CheckClassTargets(output, target));
    }

    [Fact]
    public void NumbersOfAnIntegerType() => Numbers(
        rand(6, 3),
        zeros(6, 3, dtype: int64),
        "target must hold Float32 numbers of the shape of output (6, 3), but is Int64 (6, 3). "
        + "Convert it: target.to(torch.float32).");

    [Fact]
    public void NumbersOfAnotherFloatingType() => Numbers(
        rand(6, 3),
        zeros(6, 3, dtype: float64),
        "target must be of the type of output, Float32, but is Float64 (6, 3). "
        + "Convert it: target.to(torch.float32).");

    [Fact]
    public void NumbersThatLackTheColumn() => Numbers(
        rand(64, 1),
        rand(64),
        "target must have the shape of output (64, 1), but is Float32 (64). The two would broadcast to (64, 64), "
        + "silently, and the loss would mean nothing. Add the dimension to the target, target.unsqueeze(1), or take it "
        + "from the output, squeeze(1).");

    [Fact]
    public void NumbersInAColumn() => Numbers(
        rand(64),
        rand(64, 1),
        "target must have the shape of output (64), but is Float32 (64, 1). The two would broadcast to (64, 64), "
        + "silently, and the loss would mean nothing. Take the dimension from the target, target.squeeze(1), or add it "
        + "to the output, unsqueeze(1).");

    [Fact]
    public void NumbersThatLackTheLastOfSeveralDimensions() => Numbers(
        rand(8, 8, 1),
        rand(8, 8),
        "target must have the shape of output (8, 8, 1), but is Float32 (8, 8). The two would broadcast to (8, 8, 8), "
        + "silently, and the loss would mean nothing. Add the dimension to the target: target.unsqueeze(-1).");

    [Fact]
    public void NumbersOfAShapeThatDoesNotFit() => Numbers(
        rand(64, 3),
        rand(64, 4),
        "target must have the shape of output (64, 3), but is Float32 (64, 4). "
        + "Reshape one of them so that every output has its own target.");

    [Theory]
    [InlineData(-1f, 1f, "-1 to 1")]
    [InlineData(0f, 9f, "0 to 9")]
    [InlineData(0f, float.NaN, "NaN to NaN")]
    public void ProbabilitiesOutsideTheirRange(float first, float second, string range)
    {
        var output = rand(2);
        var target = tensor(new[] { first, second });
        var exception = Assert.Throws<ArgumentException>(
            "target", () => new FirstBatch().CheckProbabilityTargets(output, target));
        Assert.Equal(
            $"target must hold probabilities, 0 to 1, but holds values from {range}. Labels -1 and 1 become 0 and 1 by "
            + "(target + 1) / 2; for more than two classes use cross-entropy. (Parameter 'target')",
            exception.Message);
    }

    [Fact]
    public void ProbabilitiesOfAnotherShape()
    {
        var output = rand(64, 1);
        var target = rand(64);
        var exception = Assert.Throws<ArgumentException>(
            "target", () => new FirstBatch().CheckProbabilityTargets(output, target));
        Assert.Contains("would broadcast to (64, 64)", exception.Message);
    }

    [Fact]
    public void TargetsThatAreElsewhere()
    {
        // The meta device has shapes and no values: it stands for any second device.
        var output = rand(6, 3);
        var labels = zeros(6, dtype: int64, device: META);
        var numbers = zeros(6, 3, device: META);
        const string mend = "is on meta but output is on cpu. Move it: ";
        Assert.Contains(
            $"labels {mend}labels.to(output.device).",
            Assert.Throws<ArgumentException>("labels", () => new FirstBatch().CheckClassTargets(output, labels)).Message);
        Assert.Contains(
            $"numbers {mend}numbers.to(output.device).",
            Assert.Throws<ArgumentException>("numbers", () => new FirstBatch().CheckSameShape(output, numbers)).Message);
    }

    private static void Classes(Tensor output, Tensor target, string message)
    {
        var exception = Assert.Throws<ArgumentException>(
            "target", () => new FirstBatch().CheckClassTargets(output, target));
        Assert.Equal($"{message} (Parameter 'target')", exception.Message);
    }

    private static void Numbers(Tensor output, Tensor target, string message)
    {
        var exception = Assert.Throws<ArgumentException>(
            "target", () => new FirstBatch().CheckSameShape(output, target));
        Assert.Equal($"{message} (Parameter 'target')", exception.Message);
    }

    private static void AssertMessage(string name, string message, Action<Tensor> check)
    {
        using var target = rand(6);
        var exception = Assert.Throws<ArgumentException>(name, () => check(target));
        Assert.Equal($"{message} (Parameter '{name}')", exception.Message);
    }
}
