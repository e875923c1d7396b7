namespace LoopGen.Tests;

/// <summary>Every metric that counts classes leaves out the targets that torch's losses leave out.</summary>
public sealed class IgnoredTargetsTests
{
    public static TheoryData<string> Metrics => new("accuracy", "top_k", "precision", "recall", "f1");

    [Theory]
    [MemberData(nameof(Metrics))]
    public void LeavesOutTorchsIndexByDefault(string name)
    {
        using var scope = NewDisposeScope();
        var output = rand(9, 3);
        var target = randint(0, 3, 9);
        target[8] = output[8].argmax();
        using var all = Make(name, ignoreIndex: null);
        all.Update(output.narrow(0, 0, 6), target.narrow(0, 0, 6));
        using var some = Make(name);
        var part = target.clone();
        part[6] = -100L;
        part[7] = -100L;
        part[8] = -100L;
        some.Update(output.narrow(0, 0, 3), part.narrow(0, 0, 3));
        some.Update(output.narrow(0, 3, 6), part.narrow(0, 3, 6));
        Assert.Equal(all.Compute(), some.Compute(), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void LeavesOutAClassThatIsIgnored(string name)
    {
        using var scope = NewDisposeScope();
        var output = rand(9, 3);
        var target = randint(0, 3, 9);
        using var some = Make(name, ignoreIndex: 1);
        some.Update(output, target);
        using var all = Make(name, ignoreIndex: null);
        var isCounted = target.ne(tensor(1L)).nonzero().squeeze(1);
        all.Update(output.index_select(0, isCounted), target.index_select(0, isCounted));
        Assert.Equal(all.Compute(), some.Compute(), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void CountsTheSameWhereTheHostCannotLook(string name)
    {
        // Not in a row, so that the count is made by torch.
        using var scope = NewDisposeScope();
        var output = rand(4, 3, 5);
        var target = randint(0, 3, [4, 5]);
        target[1, 2] = -100L;
        using var inRow = Make(name);
        using var notInRow = Make(name);
        inRow.Update(output, target);
        notInRow.Update(output, target.t().contiguous().t());
        Assert.Equal(inRow.Compute(), notInRow.Compute());
        notInRow.Reset();
        Assert.Equal(double.NaN, notInRow.Compute());
    }

    internal static StreamingMetric Make(string name, long? ignoreIndex = -100) => name switch
    {
        "accuracy" => ignoreIndex == -100 ? new Accuracy(CPU) : new Accuracy(CPU, ignoreIndex: ignoreIndex),
        "top_k" => ignoreIndex == -100 ? new TopKAccuracy(CPU, 2) : new TopKAccuracy(CPU, 2, ignoreIndex: ignoreIndex),
        "precision" => ignoreIndex == -100 ? new Precision(CPU) : new Precision(CPU, ignoreIndex: ignoreIndex),
        "recall" => ignoreIndex == -100 ? new Recall(CPU) : new Recall(CPU, ignoreIndex: ignoreIndex),
        _ => ignoreIndex == -100 ? new F1Score(CPU) : new F1Score(CPU, ignoreIndex: ignoreIndex),
    };
}
