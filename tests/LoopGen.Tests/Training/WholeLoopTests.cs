namespace LoopGen.Tests;

/// <summary>The library as an emitted loop uses it.</summary>
public sealed class WholeLoopTests
{
    [Fact]
    public void Learns()
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        var (input, target) = Data();
        using var model = new TinyModel();
        var history = Fit(model, Batches.FromTensors(input, target, 16, shuffle: true, seed: 2), epochs: 20);
        Assert.Equal(20, history.Count);
        Assert.Null(history.StopReason);
        Assert.True(history.Last.Values[0].Value < history[0].Values[0].Value / 2);
        Assert.True(history.Last.Values[1].Value > 0.9);
        Assert.False(model.training);
    }

    [Fact]
    public void LeavesNoTensorBehind()
    {
        using var scope = NewDisposeScope();
        var (input, target) = Data();
        using var model = new TinyModel();

        // The gradients that the last step leaves belong to the model.
        Fit(model, Batches.FromTensors(input, target, 16), epochs: 1);
        model.zero_grad();
        var held = scope.DisposablesCount;
        LiveTensors.AssertNoneLeft(() =>
        {
            Fit(model, Batches.FromTensors(input, target, 16, shuffle: true), epochs: 2);
            model.zero_grad();
        });
        Assert.Equal(held, scope.DisposablesCount);
    }

    [Fact]
    public void LeavesNoTensorBehindWhenACallbackFails()
    {
        var (input, target) = Data();
        using var model = new TinyModel();
        model.eval();
        LiveTensors.AssertNoneLeft(() =>
        {
            Assert.Throws<FormatException>(() => _ = Fit(
                model, Batches.FromTensors(input, target, 16), 2, new At(3, _ => throw new FormatException())));
            model.zero_grad();
        });
        Assert.False(model.training);
        input.Dispose();
        target.Dispose();
    }

    [Fact]
    public void ReportsNoHalfEpoch()
    {
        using var scope = NewDisposeScope();
        var (input, target) = Data();
        using var model = new TinyModel();
        var batches = Batches.FromTensors(input, target, 16);
        var history = Fit(model, batches, 5, new At(batches.Count + 1, run => run.Stop("enough")));
        Assert.Single(history);
        Assert.Equal("enough", history.StopReason);

        // Stopped by the last batch of an epoch: that epoch is complete.
        history = Fit(model, batches, 5, new At(2 * batches.Count, run => run.Stop("enough")));
        Assert.Equal(2, history.Count);
    }

    /// <summary>Points on two sides of a plane.</summary>
    private static (Tensor Input, Tensor Target) Data()
    {
        using var generator = new Generator(5);
        using var scope = NewDisposeScope();
        var input = randn(90, 3, generator: generator);
        var target = input.sum(1).gt(0).to(int64);
        return scope.MoveToOuter(input, target);
    }

    private static History<TestLog> Fit(
        TinyModel model, IEnumerable<(Tensor, Tensor)> trainBatches, int epochs, params Callback[] callbacks)
    {
        using var run = TrainingRun.Start(model, trainBatches, epochs, Verbosity.Silent, callbacks);
        var optimizer = run.Own(optim.SGD(model.parameters(), 0.1, momentum: 0.9));
        using var lossFunction = nn.CrossEntropyLoss();
        var firstBatch = new FirstBatch();
        using var meanLoss = new Mean(CPU, name: "loss");
        using var accuracy = new Accuracy(CPU);
        var history = new History<TestLog>();
        for (var epoch = 1; epoch <= epochs && !run.IsStopped; epoch++)
        {
            run.BeginEpoch(epoch);
            model.train();
            model.Dropout.eval();
            meanLoss.Reset();
            accuracy.Reset();
            var isComplete = true;
            foreach (var (hostInput, hostTarget) in Batches.Checked(trainBatches))
            {
                if (run.IsStopped)
                {
                    isComplete = false;
                    break;
                }

                using var stepScope = NewDisposeScope();
                var input = hostInput.to(CPU);
                var target = hostTarget.to(CPU);
                model.zero_grad();
                var output = model.call(input);
                firstBatch.CheckClassTargets(output, target);
                var loss = lossFunction.call(output, target);
                loss.backward();
                optimizer.step();
                meanLoss.Update(loss, count: target.numel());
                accuracy.Update(output, target);
                run.EndBatch(meanLoss, accuracy);
            }

            if (!isComplete)
            {
                break;
            }

            var log = new TestLog(epoch, ("loss", meanLoss.Compute()), ("accuracy", accuracy.Compute()));
            history.Add(log);
            run.EndEpoch(log);
        }

        model.eval();
        return run.End(history);
    }

    /// <summary>Does something after one batch of the run.</summary>
    private sealed class At(int batch, Action<TrainingRun> action) : Callback
    {
        private int seen;

        public override void OnBatchEnd(TrainingRun run, long batchOfEpoch)
        {
            if (++seen == batch)
            {
                action(run);
            }
        }
    }
}
