using EmittedSample;

namespace LoopGen.Examples.Tests;

/// <summary>The hooks: where they are called, how often, and what they can change.</summary>
public sealed class HooksTests : IDisposable
{
    private readonly NumberData data = new(16);
    private readonly HookedModel model;

    public HooksTests()
    {
        DigitTests.Seed(1);
        model = new HookedModel();
    }

    [Fact]
    public void AreCalledInOrder()
    {
        var observer = new Observer();
        Fit(epochs: 2, validation: data.InBatches(16), callbacks: observer);
        string[] FirstEpoch(int epoch, int step) =>
        [
            $"epoch begin {epoch}",
            $"batch {step}", "forward", $"loss {step}", $"gradients {step}", $"step {step}",
            $"batch {step + 1}", "forward", $"loss {step + 1}", $"gradients {step + 1}", $"step {step + 1}",
            "forward",
            $"epoch end {epoch}",
        ];
        Assert.Equal(["train begin", .. FirstEpoch(1, 0), .. FirstEpoch(2, 2), "train end 2"], model.Calls);
    }

    [Fact]
    public void CountStepsAnewInEveryFit()
    {
        Fit();
        model.Calls.Clear();
        Fit();
        Assert.Contains("step 0", model.Calls);
        Assert.DoesNotContain("step 2", model.Calls);
    }

    [Fact]
    public void RunInTrainingOnly()
    {
        using var optimizer = model.CreateOptimizer(CPU);
        model.Evaluate(data.InBatches(8), CPU);
        model.TestOnBatch(data.Features, data.Target, CPU);
        using var output = model.Predict(data.Features, device: CPU);
        Assert.All(model.Calls, call => Assert.Equal("forward", call));
    }

    [Fact]
    public void SeeTheModelInItsModes()
    {
        var modes = new List<bool>();
        model.eval();
        model.AtEpochBegin = _ => modes.Add(model.training);
        model.AtStep = _ => modes.Add(model.training);
        model.AtTrainEnd = _ => modes.Add(model.training);
        Fit();
        Assert.Equal([true, true, true, false], modes);
    }

    [Fact]
    public void OnBatchReplacesTheBatch()
    {
        model.AtBatch = static (features, target) => (features.neg(), target.add(target));
        Fit(epochs: 3);

        using var other = NewLineModel();
        var replaced = data.InBatches(8).ConvertAll(batch => (batch.features.neg(), batch.target.add(batch.target)));
        other.Fit(replaced, epochs: 3, device: CPU, verbose: Verbosity.Silent);
        Assert.Equal(Bits.Of(other), Bits.Of(model));
        replaced.ForEach(Free);
    }

    [Fact]
    public void OnBatchIsCheckedAfterTheReplacement()
    {
        model.AtBatch = static (features, target) => (features, target.squeeze(1));
        Assert.Throws<ArgumentException>("target", () => Fit());
    }

    [Fact]
    public void OnLossReplacesTheLoss()
    {
        var weights = Bits.Of(model);
        model.AtLoss = static loss => loss.sub(loss);
        Assert.Equal(0, Fit(epochs: 2).Last.Loss);
        Assert.Equal(weights, Bits.Of(model));
    }

    [Fact]
    public void OnGradientsStandsBetweenBackwardAndUpdate()
    {
        byte[] before = [];
        var changed = new List<bool>();
        model.AtLoss = loss =>
        {
            Assert.All(Bits.OfGradients(model), Assert.Empty);
            before = Bits.Of(model);
            return loss;
        };
        model.AtGradients = _ =>
        {
            Assert.All(Bits.OfGradients(model), Assert.NotEmpty);
            changed.Add(!before.AsSpan().SequenceEqual(Bits.Of(model)));
        };
        model.AtStep = _ => changed.Add(!before.AsSpan().SequenceEqual(Bits.Of(model)));
        Fit();
        Assert.Equal([false, true, false, true], changed);
    }

    [Fact]
    public void OnGradientsChangesTheUpdate()
    {
        var weights = Bits.Of(model);
        model.AtGradients = _ =>
        {
            foreach (var parameter in model.parameters())
            {
                using var gradient = parameter.grad;
                gradient!.zero_();
            }
        };
        Fit(epochs: 2);
        Assert.Equal(weights, Bits.Of(model));
    }

    [Fact]
    public void OnEpochEndSeesTheLogThatIsReturned()
    {
        var logs = new List<HookedModel.EpochLog>();
        model.AtEpochEnd = logs.Add;
        var history = Fit(epochs: 3, validation: data.InBatches(16));
        Assert.Equal(history, logs);
        Assert.All(logs, log => Assert.NotNull(log.ValLoss));
    }

    [Fact]
    public void OnTrainEndKnowsWhyTrainingStopped()
    {
        string? reason = null;
        model.AtTrainEnd = history => reason = history.StopReason;
        var history = Fit(epochs: 3, callbacks: new Observer { AtBatchEnd = (run, _) => StopIn(run, epoch: 2) });
        Assert.Equal("enough", history.StopReason);
        Assert.Equal("enough", reason);
        Assert.Equal("train end 1", model.Calls[^1]);
        Assert.DoesNotContain("epoch end 2", model.Calls);
    }

    [Fact]
    public void OnTrainEndSeesNoReasonWhereNothingWasStopped()
    {
        var reason = "none";
        model.AtTrainEnd = history => reason = history.StopReason;

        // The wish to stop comes when the last batch is done: every epoch was made.
        var history = Fit(epochs: 2, callbacks: new Observer { AtEpochEnd = (run, _) => StopIn(run, epoch: 2) });
        Assert.Null(history.StopReason);
        Assert.Null(reason);
    }

    [Fact]
    public void LeaveNoTensors()
    {
        model.AtBatch = static (features, target) => (features.neg(), target.neg());
        model.AtLoss = static loss => loss.add(loss);
        var batches = data.InBatches(8);
        LiveTensors.AssertNoneLeft(() => model.Fit(batches, epochs: 2, device: CPU, verbose: Verbosity.Silent));
    }

    [Fact]
    public void MayFail()
    {
        var failure = new NotSupportedException("A failure of the test's own.");
        Action[] failing =
        [
            () => model.AtTrainBegin = () => throw failure,
            () => model.AtEpochBegin = _ => throw failure,
            () => model.AtBatch = (_, _) => throw failure,
            () => model.AtLoss = _ => throw failure,
            () => model.AtGradients = _ => throw failure,
            () => model.AtStep = _ => throw failure,
            () => model.AtEpochEnd = _ => throw failure,
            () => model.AtTrainEnd = _ => throw failure,
        ];

        // From the last to the first: what was set before is not reached.
        var batches = data.InBatches(8);
        foreach (var set in failing.Reverse())
        {
            set();
            model.train();
            LiveTensors.AssertNoneLeft(() => Assert.Same(
                failure,
                Assert.ThrowsAny<Exception>(() => model.Fit(batches, device: CPU, verbose: Verbosity.Silent))));
            Assert.True(model.training);
        }
    }

    public void Dispose()
    {
        model.Dispose();
        data.Dispose();
    }

    private static HookedModel NewLineModel()
    {
        DigitTests.Seed(1);
        return new HookedModel();
    }

    private static void StopIn(TrainingRun run, int epoch)
    {
        if (run.Epoch == epoch)
        {
            run.Stop("enough");
        }
    }

    private static void Free((Tensor Features, Tensor Target) batch)
    {
        batch.Features.Dispose();
        batch.Target.Dispose();
    }

    private History<HookedModel.EpochLog> Fit(
        int epochs = 1, List<(Tensor features, Tensor target)>? validation = null, params Callback[] callbacks) =>
        model.Fit(data.InBatches(8), epochs, validation, CPU, verbose: Verbosity.Silent, callbacks: callbacks);
}
