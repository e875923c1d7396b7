using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>What is refused before anything is touched: no mode is changed, no batch read, no callback told.</summary>
public sealed class StartTests
{
    [Fact]
    public void RefusesAModelWithoutParameters()
    {
        using var model = new Unregistered();
        var exception = Refuse<InvalidOperationException>(model);
        Assert.Equal(
            "Unregistered has no trainable parameters. If its layers are fields, call RegisterComponents() at the end "
            + "of the constructor; if they were frozen, set requires_grad to true on what is to be trained.",
            exception.Message);
    }

    [Fact]
    public void RefusesAModelThatIsFrozen()
    {
        using var model = new TinyModel();
        foreach (var parameter in model.parameters())
        {
            parameter.requires_grad = false;
        }

        Refuse<InvalidOperationException>(model);

        // One parameter is enough.
        model.Linear.bias!.requires_grad = true;
        using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void RefusesFewerEpochsThanOne(int epochs)
    {
        using var model = new TinyModel();
        var exception = Refuse<ArgumentOutOfRangeException>(model, epochs);
        Assert.Equal("epochs", exception.ParamName);
        Assert.Equal(epochs, exception.ActualValue);
        Assert.StartsWith("epochs must be at least 1.", exception.Message);
    }

    [Fact]
    public void RefusesAnUnknownVerbosity()
    {
        using var model = new TinyModel();
        Assert.Equal("verbose", Refuse<ArgumentOutOfRangeException>(model, verbosity: (Verbosity)9).ParamName);
    }

    [Fact]
    public void RefusesNothing()
    {
        using var model = new TinyModel();
        int[]? trainBatches = null;
        Assert.Throws<ArgumentNullException>("model", () => TrainingRun.Start(null!, new[] { 1 }, 1));
        Assert.Throws<ArgumentNullException>("trainBatches", () => TrainingRun.Start(model, trainBatches!, 1));
        Assert.Throws<ArgumentException>(
            "callbacks", () => TrainingRun.Start(model, new[] { 1 }, 1, callbacks: [null!]));
    }

    [Fact]
    public void MakesNoTensors()
    {
        using var model = new TinyModel();
        using var data = rand(4, 3);
        var created = LiveTensors.Created;
        using var run = TrainingRun.Start(model, Batches.FromTensors(data, data), 1, Verbosity.Silent);
        Assert.Equal(created, LiveTensors.Created);
    }

    private static TException Refuse<TException>(
        Module model, int epochs = 1, Verbosity verbosity = Verbosity.Silent)
        where TException : Exception
    {
        model.eval();
        var recorder = new FigureRecorder();
        var isRead = false;
        var exception = Assert.Throws<TException>(
            () => TrainingRun.Start(model, Source(), epochs, verbosity, [recorder]));
        Assert.False(isRead);
        Assert.Empty(recorder.Events);
        Assert.All([model, .. model.modules()], module => Assert.False(module.training));
        return exception;

        IEnumerable<int> Source()
        {
            isRead = true;
            yield return 1;
        }
    }

    private sealed class Unregistered : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> layer = Linear(2, 2);

        public Unregistered()
            : base(nameof(Unregistered))
        {
        }

        public override Tensor forward(Tensor input) => layer.call(input);

        protected override void Dispose(bool disposing)
        {
            layer.Dispose();
            base.Dispose(disposing);
        }
    }
}
