namespace LoopGen.Tests;

/// <summary>What is compared in every batch, and not in the first one alone.</summary>
public sealed class EveryBatchTests
{
    public static TheoryData<string> LaterTargets => new(
        "broadcast", "other type", "class above", "class below", "label outside", "label NaN", "half precision");

    [Theory]
    [MemberData(nameof(LaterTargets))]
    public void RefusesALaterTarget(string which)
    {
        using var scope = NewDisposeScope();
        var scores = rand(4, 3);
        var numbers = rand(4, 1);
        var classes = tensor(new[] { 0L, 2L, 1L, 0L });
        Action<FirstBatch> right = which switch
        {
            "class above" or "class below" => first => Classes(first, scores, classes),
            "label outside" or "label NaN" => first => Labels(first, numbers, target: zeros(4, 1)),
            "half precision" => first => Alike(first, scores, target: rand(4, 3)),
            _ => first => Alike(first, numbers, target: rand(4, 1)),
        };
        Action<FirstBatch> wrong = which switch
        {
            "broadcast" => first => Alike(first, numbers, target: rand(4)),
            "other type" => first => Alike(first, numbers, target: rand(4, 1, dtype: float64)),
            "class above" => first => Classes(first, scores, target: tensor(new[] { 0L, 3L, 1L, 0L })),
            "class below" => first => Classes(first, scores, target: tensor(new[] { 0L, -1L, 1L, 0L })),
            "label outside" => first => Labels(first, numbers, target: tensor(new[,] { { 0f }, { 1f }, { 1.01f }, { 0f } })),
            "label NaN" => first => Labels(first, numbers, target: tensor(new[,] { { 0f }, { 1f }, { float.NaN }, { 0f } })),
            _ => first => Alike(first, scores, target: rand(4, 3, dtype: float16)),
        };
        var firstBatch = new FirstBatch();
        right(firstBatch);
        right(firstBatch);
        var exception = Assert.ThrowsAny<ArgumentException>(() => wrong(firstBatch));
        Assert.StartsWith("target must", exception.Message);
        Assert.Contains("This is batch 3 of the run; those before were right.", exception.Message);
    }

    [Fact]
    public void ComparesWithTheOutputOfTheSameBatch()
    {
        using var scope = NewDisposeScope();
        var firstBatch = new FirstBatch();
        Classes(firstBatch, output: rand(4, 3), target: zeros(4, dtype: int64));

        // Padded text: other lengths, and other numbers of samples.
        Classes(firstBatch, output: rand(2, 3, 9), target: zeros(2, 9, dtype: int64));
        Assert.ThrowsAny<ArgumentException>(() => Classes(firstBatch, output: rand(2, 3, 9), target: zeros(2, 8, dtype: int64)));

        // The classes that this output has.
        Assert.ThrowsAny<ArgumentException>(() => Classes(firstBatch, output: rand(2, 2), target: full(2, 2L, dtype: int64)));
    }

    [Fact]
    public void LooksAtValuesThatDoNotStandInARow()
    {
        using var scope = NewDisposeScope();
        var firstBatch = new FirstBatch();
        var columns = tensor(new[,] { { 0L, 9L }, { 1L, 9L }, { 2L, 9L } });
        Classes(firstBatch, output: rand(3, 3), target: columns.select(1, 0));
        Classes(firstBatch, output: rand(3, 3), target: columns.select(1, 0));
        Assert.ThrowsAny<ArgumentException>(() => Classes(firstBatch, output: rand(3, 3), target: columns.select(1, 1)));
    }

    [Fact]
    public void FindsAWrongValueAtEveryPlace()
    {
        using var scope = NewDisposeScope();
        using var output = rand(1, 5, 37);
        using var labels = zeros(37);
        using var classes = zeros(1, 37, dtype: int64);
        for (var place = 0; place < 37; place++)
        {
            var firstBatch = new FirstBatch();
            Classes(firstBatch, output, target: classes, ignoreIndex: -100);
            Labels(firstBatch, labels, target: labels);
            foreach (var (value, isRight) in new[] { (4L, true), (-100L, true), (5L, false), (-1L, false), (long.MinValue, false) })
            {
                using var changed = classes.clone();
                changed[0, place] = value;
                var error = Record.Exception(() => Classes(firstBatch, output, target: changed, ignoreIndex: -100));
                Assert.Equal(isRight, error is null);
            }

            foreach (var (value, isRight) in new[] { (1f, true), (1.5f, false), (-0.1f, false), (float.NaN, false) })
            {
                using var changed = labels.clone();
                changed[place] = value;
                var error = Record.Exception(() => Labels(firstBatch, labels, target: changed));
                Assert.Equal(isRight, error is null);
            }
        }
    }

    [Fact]
    public void RefusesLaterWeights()
    {
        using var scope = NewDisposeScope();
        var (output, target) = (rand(4, 2), rand(4, 2));
        var firstBatch = new FirstBatch();
        Weights(firstBatch, output, target, weight: ones(4));
        Weights(firstBatch, output, target, weight: rand(4, 2));
        Assert.ThrowsAny<ArgumentException>(() => Weights(firstBatch, output, target, weight: ones(3)));
        Assert.ThrowsAny<ArgumentException>(() => Weights(firstBatch, output, target, weight: ones(4, dtype: float64)));
        Assert.ThrowsAny<ArgumentException>(() => Weights(firstBatch, output, target, weight: full(4, -1f)));
        Assert.ThrowsAny<ArgumentException>(() => Weights(firstBatch, output, target, weight: full(4, float.PositiveInfinity)));
    }

    [Fact]
    public void AllocatesNothingInLaterBatches()
    {
        using var scope = NewDisposeScope();
        var (output, target, same, weight) = (rand(64, 10), randint(10, 64), rand(64, 10), ones(64));
        var negative = output.neg();
        var firstBatch = new FirstBatch();
        void Check()
        {
            firstBatch.CheckClassTargets(output, target, ignoreIndex: -100);
            firstBatch.CheckLogProbabilities(output: negative, target, outputName: "output");
            firstBatch.CheckSameShape(output, same);
            firstBatch.CheckProbabilityTargets(output, same);
            firstBatch.CheckProbabilities(output, same);
            firstBatch.CheckSampleWeights(output, same, weight);
        }

        Check();
        Check();
        var created = LiveTensors.Created;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var batch = 0; batch < 100; batch++)
        {
            Check();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.Equal(created, LiveTensors.Created);
    }

    // The loop's names, whatever the arguments are called.
    private static void Classes(FirstBatch first, Tensor output, Tensor target, long? ignoreIndex = null) =>
        first.CheckClassTargets(output, target, ignoreIndex);

    private static void Alike(FirstBatch first, Tensor output, Tensor target) => first.CheckSameShape(output, target);

    private static void Labels(FirstBatch first, Tensor output, Tensor target) =>
        first.CheckProbabilityTargets(output, target);

    private static void Weights(FirstBatch first, Tensor output, Tensor target, Tensor weight) =>
        first.CheckSampleWeights(output, target, weight);
}
