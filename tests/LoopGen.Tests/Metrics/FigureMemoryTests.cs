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
