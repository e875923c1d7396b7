namespace LoopGen.Tests;

/// <summary>What every figure owes its caller: no tensor left behind, no tensor lost to a scope of the caller's.</summary>
public sealed class FigureMemoryTests
{
    public static TheoryData<string> Figures => new(All.Keys);

    private static Dictionary<string, (Func<IFigure> Make, Action<IFigure> Update)> All { get; } = new()
    {
        ["mean, count on the host"] = (
            () => new Mean(CPU),
            figure => Use(rand([]), ones(1), (value, _) => ((Mean)figure).Update(value, 3))),
        ["mean, count on the device"] = (
            () => new Mean(CPU),
            figure => Use(rand([]), tensor(3L), (value, count) => ((Mean)figure).Update(value, count))),
        ["mean, in brackets"] = (
            () => new Mean(CPU),
            figure => Use(rand(1), tensor(new[] { 3L }), (value, count) =>
            {
                ((Mean)figure).Update(value, count);
                ((Mean)figure).Update(value, 3);
            })),
        ["mean, sums"] = (
            () => new Mean(CPU),
            figure => Use(rand(1), rand(1), (sum, _) => ((Mean)figure).UpdateSum(sum, 3))),
        ["mean, sums and counts on the device"] = (
            () => new Mean(CPU),
            figure => Use(rand([]), tensor(3L), (sum, count) => ((Mean)figure).UpdateSum(sum, count))),
        ["mean, weights on the device"] = (
            () => new Mean(CPU),
            figure => Use(rand([]), rand(1), (value, weight) =>
            {
                ((Mean)figure).Update(value, weight);
                ((Mean)figure).UpdateSum(value, weight);
            })),
        ["accuracy"] = (
            () => new Accuracy(CPU),
            figure => Use(rand(6, 3), randint(3, 6), ((Accuracy)figure).Update)),
        ["accuracy, some targets ignored"] = (
            () => new Accuracy(CPU, ignoreIndex: 0),
            figure => Use(rand(6, 3), randint(3, 6), ((Accuracy)figure).Update)),
        ["binary accuracy"] = (
            () => new BinaryAccuracy(CPU),
            figure => Use(rand(6), rand(6), ((BinaryAccuracy)figure).Update)),
        ["mean squared error"] = (
            () => new MeanSquaredError(CPU),
            figure => Use(rand(6), rand(6), ((MeanSquaredError)figure).Update)),
        ["mean squared error, bfloat16"] = (
            () => new MeanSquaredError(CPU),
            figure => Use(ones(6, dtype: bfloat16), ones(6, dtype: bfloat16), ((MeanSquaredError)figure).Update)),
        ["mean absolute error"] = (
            () => new MeanAbsoluteError(CPU),
            figure => Use(rand(6), rand(6), ((MeanAbsoluteError)figure).Update)),
        ["top-k accuracy"] = (
            () => Begun(new TopKAccuracy(CPU, k: 2), rand(6, 3), randint(3, 6)),
            figure => Use(rand(6, 3), randint(3, 6), ((TopKAccuracy)figure).Update)),
        ["top-k accuracy, some targets ignored"] = (
            () => Begun(new TopKAccuracy(CPU, k: 2, ignoreIndex: -1), rand(6, 3), randint(3, 6)),
            figure => Use(rand(6, 3), randint(3, 6), ((TopKAccuracy)figure).Update)),
        ["macro F1"] = (
            () => Begun(new F1Score(CPU), rand(6, 3), randint(3, 6)),
            figure => Use(rand(6, 3), randint(3, 6), ((F1Score)figure).Update)),
        ["macro F1, some targets ignored"] = (
            () => Begun(new F1Score(CPU, ignoreIndex: -1), rand(6, 3), randint(3, 6)),
            figure => Use(rand(6, 3), randint(3, 6), ((F1Score)figure).Update)),
        ["binary F1"] = (
            () => new BinaryF1Score(CPU),
            figure => Use(rand(6), rand(6), ((BinaryF1Score)figure).Update)),
        ["R2"] = (
            () => Begun(new R2Score(CPU), rand(6, 2), rand(6, 2)),
            figure => Use(rand(6, 2), rand(6, 2), ((R2Score)figure).Update)),
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void UpdateLeavesNoTensorBehind(string name)
    {
        var (make, update) = All[name];
        var figure = make();
        LiveTensors.AssertNoneLeft(() => update(figure));
        LiveTensors.AssertNoneLeft(() =>
        {
            using var scope = NewDisposeScope();
            update(figure);
            Assert.Equal(0, scope.DisposablesCount);
        });
        LiveTensors.AssertNoneLeft(() => Assert.False(double.IsNaN(figure.Compute())));
        ((IDisposable)figure).Dispose();
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void OutlivesTheScopeItWasMadeIn(string name)
    {
        var (make, update) = All[name];
        LiveTensors.AssertNoneLeft(() =>
        {
            IFigure figure;
            using (NewDisposeScope())
            {
                figure = make();
                update(figure);
            }

            update(figure);
            Assert.False(double.IsNaN(figure.Compute()));
            ((IDisposable)figure).Dispose();
        });
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void UpdateKeepsNoGradientsAndTheirMode(string name)
    {
        var (make, update) = All[name];
        var figure = make();
        update(figure);
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            update(figure);
            Assert.False(is_grad_enabled());
        }

        ((IDisposable)figure).Dispose();
    }

    /// <summary>It keeps two tensors a batch, the outputs and the truths, until it is reset.</summary>
    [Fact]
    public void RocAucKeepsTwoTensorsABatch()
    {
        LiveTensors.AssertNoneLeft(() =>
        {
            using var area = new RocAuc(CPU);
            var before = LiveTensors.Count;
            for (var batch = 1; batch <= 3; batch++)
            {
                using (NewDisposeScope())
                {
                    Use(rand(6), arange(6L).to_type(float32).sub(tensor(2f)), area.Update);
                }

                Assert.Equal(before + (2 * batch), LiveTensors.Count);
                Assert.InRange(area.Compute(), 0, 1);
                Assert.Equal(before + (2 * batch), LiveTensors.Count);
            }

            area.Reset();
            Assert.Equal(before, LiveTensors.Count);
            Use(rand(6), rand(6), area.Update);
        });
    }

    /// <summary>A metric whose totals have their length, as they have after the first batch.</summary>
    private static StreamingMetric Begun(StreamingMetric metric, Tensor output, Tensor target)
    {
        Use(output, target, metric.Update);
        return metric;
    }

    private static void Use(Tensor first, Tensor second, Action<Tensor, Tensor> update)
    {
        first.DetachFromDisposeScope();
        second.DetachFromDisposeScope();
        if (first.is_floating_point())
        {
            first.requires_grad_(true);
        }

        update(first, second);
        first.Dispose();
        second.Dispose();
    }
}
