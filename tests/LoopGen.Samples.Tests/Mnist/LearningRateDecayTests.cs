using TorchSharp;

namespace LoopGen.Samples.Tests.Mnist;

public sealed class LearningRateDecayTests
{
    [Fact]
    public void Goes_down_in_equal_steps()
    {
        using var model = new Cnn();
        using var optimizer = model.CreateOptimizer(learningRate: 0.4);
        using var images = torch.zeros(4, 1, 28, 28);
        using var labels = torch.zeros(4, torch.int64);
        var rates = new List<double>();

        model.Fit(
            images, labels, epochs: 4, optimizer: optimizer, verbose: Verbosity.Silent,
            callbacks: [new LearningRateDecay(optimizer), new Recorder(optimizer, rates)]);

        Assert.Equal([0.4, 0.3, 0.2, 0.1], rates, (expected, actual) => Math.Abs(expected - actual) < 1e-12);
    }

    private sealed class Recorder(torch.optim.Optimizer optimizer, List<double> rates) : Callback
    {
        public override void OnEpochBegin(TrainingRun run, int epoch)
            => rates.Add(optimizer.ParamGroups.First().LearningRate);
    }
}
