namespace LoopGen.Tests;

/// <summary>What is known of all data before the first update.</summary>
public sealed class StoredDataTests
{
    [Fact]
    public void LooksAtAllTargetsOfWholeTensors()
    {
        using var scope = NewDisposeScope();
        var target = zeros(320, dtype: int64);
        target[300] = 7L;
        var exception = Assert.Throws<ArgumentException>("target", () => First(Batches.FromTensors(rand(320, 4), target)));
        Assert.Contains("holds values from 0 to 7", exception.Message);

        // The held-out part is validation data, and found as such.
        var (train, heldOut) = Batches.FromTensors(rand(320, 4), target).Split(0.1);
        First(train);
        exception = Assert.Throws<ArgumentException>("target", () => First(train, heldOut));
        Assert.StartsWith("Validation data: target must hold class indices 0..2", exception.Message);
    }

    [Fact]
    public void LooksAtAllLabelsOfWholeTensors()
    {
        using var scope = NewDisposeScope();
        var target = zeros(320, 1);
        target[300] = -0.5f;
        var batches = Batches.FromTensors(rand(320, 4), target);
        var firstBatch = new FirstBatch(batches);
        Assert.Throws<ArgumentException>(
            "target", () => firstBatch.CheckProbabilityTargets(rand(32, 1), zeros(32, 1), targetName: "target"));
        new FirstBatch(batches).CheckSameShape(output: rand(32, 1), target: zeros(32, 1));
    }

    [Fact]
    public void LooksAtTheSecondTargetToo()
    {
        using var scope = NewDisposeScope();
        var second = zeros(320, dtype: int64);
        second[300] = 7L;
        var firstBatch = new FirstBatch(Batches.FromTensors(rand(320, 4), rand(320, 1), second));
        firstBatch.CheckSameShape(output: rand(32, 1), target: rand(32, 1));
        Assert.Throws<ArgumentException>(
            "kindTarget", () => firstBatch.CheckClassTargets(rand(32, 3), zeros(32, dtype: int64), targetName: "kindTarget"));
    }

    public static TheoryData<string, string> WrongValidation => new()
    {
        { "empty", "Validation data: they are empty." },
        { "input type", "Validation data: member 1 of a batch must have the type and the number of dimensions" },
        { "input dimensions", "Validation data: member 1 of a batch must have" },
        { "target type", "Validation data: target must have" },
        { "target dimensions", "Validation data: target must have" },
        { "members", "Validation data: a batch has 3 members, but one of the training data has 2." },
        { "class", "Validation data: target must hold class indices 0..2" },
        { "class in a later batch", "Validation data: target must hold class indices 0..2" },
    };

    [Theory]
    [MemberData(nameof(WrongValidation))]
    public void RefusesValidationData(string which, string message)
    {
        using var scope = NewDisposeScope();
        var (input, target) = (rand(8, 4), zeros(8, dtype: int64));
        (Tensor, Tensor) right = (input, target);
        System.Collections.IEnumerable validation = which switch
        {
            "empty" => new List<(Tensor, Tensor)>(),
            "input type" => Batches.FromTensors(rand(8, 4, dtype: float64), target),
            "input dimensions" => new[] { right, (rand(8, 4, 1), target) },
            "target type" => Batches.FromTensors(input, target.to(int32)),
            "target dimensions" => new List<(Tensor, Tensor)> { right, (input, zeros(8, 1, dtype: int64)) },
            "members" => Batches.FromTensors(input, target, weight: ones(8)),
            "class" => Batches.FromTensors(input, full(8, 3L, dtype: int64)),
            _ => new List<(Tensor, Tensor)> { right, right, (input, full(8, 3L, dtype: int64)) },
        };
        foreach (var train in new System.Collections.IEnumerable[] { Batches.FromTensors(input, target), new[] { right } })
        {
            Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => First(train, validation)).Message);
        }
    }

    [Fact]
    public void AcceptsOtherSizes()
    {
        using var scope = NewDisposeScope();
        First(Batches.FromTensors(rand(8, 4), zeros(8, dtype: int64)), Batches.FromTensors(rand(100, 9), zeros(100, dtype: int64)));
    }

    [Fact]
    public void ReadsNothingThatMustBeRead()
    {
        using var scope = NewDisposeScope();
        var batch = (rand(8, 4), zeros(8, dtype: int64));
        var reads = 0;
        IEnumerable<(Tensor, Tensor)> Iterator()
        {
            reads++;
            yield return batch;
        }

        var own = new OwnList(() => reads++);
        First(Iterator(), Iterator());
        First(own, own);
        Assert.Equal(0, reads);

        // Nor does it count as an epoch, or draw a number.
        var train = Batches.FromTensors(batch.Item1, batch.Item2, shuffle: true);
        using var before = random.get_rng_state();
        First(train, train);
        using var after = random.get_rng_state();
        Assert.Equal(0, train.Epoch);
        Assert.True(before.bytes.SequenceEqual(after.bytes));
    }

    [Fact]
    public void SaysThatAnEvaluationFoundIt()
    {
        using var scope = NewDisposeScope();
        var target = zeros(320, dtype: int64);
        target[300] = 7L;
        Action<FirstBatch> check = first => first.CheckClassTargets(rand(32, 3), zeros(32, dtype: int64), targetName: "target");
        check(FirstBatch.OfValidation());
        var exception = Assert.Throws<ArgumentException>(
            "target", () => check(FirstBatch.OfValidation(Batches.FromTensors(rand(320, 4), target))));
        Assert.StartsWith("Validation data: target", exception.Message);
        exception = Assert.Throws<ArgumentException>(
            "target", () => FirstBatch.OfValidation().CheckClassTargets(rand(32, 3), zeros(31, dtype: int64), targetName: "target"));
        Assert.StartsWith("Validation data: target", exception.Message);
    }

    [Fact]
    public void LeavesNoTensorBehind()
    {
        using var input = rand(8, 4);
        using var target = zeros(8, dtype: int64);
        using var output = rand(8, 3);
        LiveTensors.AssertNoneLeft(() => new FirstBatch(
            Batches.FromTensors(input, target), Batches.FromTensors(input, target)).CheckClassTargets(output, target));
    }

    /// <summary>The check of a first batch, as the loop makes it.</summary>
    private static void First(System.Collections.IEnumerable train, System.Collections.IEnumerable? validation = null) =>
        new FirstBatch(train, validation).CheckClassTargets(zeros(8, 3), zeros(8, dtype: int64), targetName: "target");

    /// <summary>A list that works when it is read.</summary>
    private sealed class OwnList(Action onRead) : System.Collections.ObjectModel.Collection<(Tensor, Tensor)>, IEnumerable<(Tensor, Tensor)>
    {
        IEnumerator<(Tensor, Tensor)> IEnumerable<(Tensor, Tensor)>.GetEnumerator()
        {
            onRead();
            return GetEnumerator();
        }
    }
}
