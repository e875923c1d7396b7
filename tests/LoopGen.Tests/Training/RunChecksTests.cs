using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>What a run refuses, or says, before the first batch.</summary>
public sealed class RunChecksTests
{
    [Fact]
    public void ValidationDataAreAskedForByWhatNeedsThem()
    {
        TrainingRun.RequireValidation(new[] { 1 }, "[EarlyStopping] watches val_loss");
        var exception = Assert.Throws<ArgumentNullException>(() => TrainingRun.RequireValidation(null, "[EarlyStopping] watches val_loss"));
        Assert.Equal(
            "[EarlyStopping] watches val_loss: give Fit validation data (validationBatches:, validation: or validationSplit:).",
            exception.Message);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ARateThatIsNoNumberIsRefused(double rate)
    {
        using var test = new TestRun();
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => test.Run.Own(optim.AdamW(test.Model.parameters(), lr: rate)));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => test.Run.CheckLearningRate(rate, null));
        using var passed = optim.Adam(test.Model.parameters(), lr: rate);
        Assert.Throws<ArgumentException>("passed", () => test.Run.Checked(passed));
        Assert.Throws<ArgumentException>("passed", () => test.Run.Check(passed));
        Assert.Throws<ArgumentException>("passed", () => TrainingRun.CheckStep(test.Model, passed));
        using var group = optim.SGD([new SGD.ParamGroup(test.Model.parameters()) { Options = new SGD.Options { LearningRate = rate } }], 0.1);
        Assert.Throws<ArgumentException>("group", () => test.Run.Checked(group));
    }

    [Fact]
    public void ARateWithoutEffectIsRefused()
    {
        using var test = new TestRun();
        using var optimizer = optim.SGD(test.Model.parameters(), 0.5);
        test.Run.CheckLearningRate(0.001, optimizer, unchanged: 0.001);
        test.Run.CheckLearningRate(0.01, null, unchanged: 0.001);
        test.Run.CheckLearningRate(null, optimizer);
        var exception = Assert.Throws<ArgumentException>("learningRate", () => test.Run.CheckLearningRate(0.01, optimizer, unchanged: 0.001));
        Assert.StartsWith("Fit got an optimizer and a learningRate of 0.01, which would have no effect", exception.Message);
        Assert.Throws<ArgumentException>("learningRate", () => test.Run.CheckLearningRate(0.01, optimizer));
    }

    [Fact]
    public void GradientsThatAreOffAreSaid()
    {
        using var model = new TinyModel();
        using var optimizer = optim.SGD(model.parameters(), 0.5);
        using (no_grad())
        {
            var message = Assert.Throws<InvalidOperationException>(() => TrainingRun.Start(model, new[] { 1 }, 1)).Message;
            Assert.StartsWith("Fit was called in torch.no_grad()", message);
            Assert.Throws<InvalidOperationException>(() => TrainingRun.CheckStep(model, optimizer));
        }

        using (inference_mode(true))
        {
            var message = Assert.Throws<InvalidOperationException>(() => TrainingRun.Start(model, new[] { 1 }, 1)).Message;
            Assert.StartsWith("Fit was called in torch.inference_mode()", message);
            Assert.Throws<InvalidOperationException>(() => TrainingRun.CheckStep(model, optimizer));
        }

        using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
    }

    [Fact]
    public void AnOptimizerOfAnotherModelIsRefusedInSingleSteps()
    {
        using var model = new TinyModel();
        using var other = new TinyModel();
        using var optimizer = optim.SGD(model.parameters(), 0.5);
        TrainingRun.CheckStep(model, optimizer);
        TrainingRun.CheckStep(model, optimizer);
        var exception = Assert.Throws<ArgumentException>("optimizer", () => TrainingRun.CheckStep(other, optimizer));
        Assert.Contains("holds none of the trainable parameters of TinyModel", exception.Message);
        TrainingRun.CheckStep(model, optimizer);
        Assert.Throws<ArgumentNullException>("optimizer", () => TrainingRun.CheckStep(model, null!, "optimizer"));
        Assert.Throws<ArgumentNullException>("model", () => TrainingRun.CheckStep(null!, optimizer));
    }

    [Fact]
    public void ALayerThatWasPutInEvaluationModeIsNoted()
    {
        using var test = new TestRun();
        test.Model.train();
        test.Model.Dropout.eval();
        using var run = TrainingRun.Start(test.Model, new[] { 1 }, 1, Verbosity.Silent);
        run.BeginEpoch(1);
        test.Model.train();
        run.EndBatch();
        run.EndBatch();
        Assert.StartsWith("Dropout of TinyModel had been put in evaluation mode, and Fit puts every module in training mode.", Assert.Single(run.Notes));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ALayerThatStaysInEvaluationModeIsNot(bool isModelInTraining)
    {
        using var model = new TinyModel();
        model.train(isModelInTraining);
        model.Dropout.eval();
        using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
        run.BeginEpoch(1);
        model.train();
        if (isModelInTraining)
        {
            // In OnEpochBegin.
            model.Dropout.eval();
        }

        run.EndBatch();
        Assert.Empty(run.Notes);
    }

    [Fact]
    public void StoppingIsCancelledByEitherWish()
    {
        using var source = new CancellationTokenSource();
        using (var test = new TestRun(cancellationToken: source.Token))
        {
            Assert.False(test.Run.Stopping.IsCancellationRequested);
            test.Run.Stop("enough");
            Assert.True(test.Run.Stopping.IsCancellationRequested);
            Assert.Equal("enough", test.Run.StopReason);
        }

        using var second = new TestRun(cancellationToken: source.Token);
        source.Cancel();
        Assert.True(second.Run.Stopping.IsCancellationRequested);
        Assert.Throws<OperationCanceledException>(() => second.Run.Stopping.ThrowIfCancellationRequested());
        second.Run.Dispose();
        second.Run.Stop("too late");
    }

    [Fact]
    public void TheSameModelInTwoThreadsIsRefused()
    {
        using var model = new TinyModel();
        using var whole = Sequential(("part", model));
        Exception? same = null;
        Exception? shared = null;
        using (var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent))
        {
            InThread(() => same = Record.Exception(() => TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent)));
            InThread(() => shared = Record.Exception(() => TrainingRun.Start(whole, new[] { 1 }, 1, Verbosity.Silent)));

            // One within another, in the same thread, is one after the other.
            using var inner = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
        }

        Assert.StartsWith("TinyModel is being trained by another Fit, in another thread.", Assert.IsType<InvalidOperationException>(same).Message);
        Assert.Contains("TinyModel is a part of both models", Assert.IsType<InvalidOperationException>(shared).Message);
        InThread(() => TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent).Dispose());
    }

    [Fact]
    public void TwoTrainingsAtOnceAreToldThatTheyShareAGenerator()
    {
        using var model = new TinyModel();
        using var other = new TinyModel();
        using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
        Randomness.SeedIfGiven(1);
        Assert.Empty(run.Notes);
        IReadOnlyList<string> notes = [];
        InThread(() =>
        {
            using var second = TrainingRun.Start(other, new[] { 1 }, 1, Verbosity.Silent);
            Randomness.SeedIfGiven(null);
            Assert.Empty(second.Notes);
            Randomness.SeedIfGiven(1);
            notes = second.Notes;
        });
        Assert.StartsWith("Another thread is training too.", Assert.Single(notes));
        Randomness.SeedIfGiven(1);
        Assert.Empty(run.Notes);
    }

    private static void InThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
