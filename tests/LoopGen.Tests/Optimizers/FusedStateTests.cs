using TorchSharp.Modules;

namespace LoopGen.Tests;

/// <summary>What a managed optimizer has saved a fused one goes on from, and the other way round.</summary>
public sealed class FusedStateTests : IDisposable
{
    private const int Steps = 6;

    private readonly OneThread oneThread = new();
    private readonly TemporaryFolder folder = new(isInMemory: true);

    public enum Way
    {
        Checkpoint,
        Stream,
        StateDict,
    }

    public void Dispose()
    {
        oneThread.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(Way.Checkpoint, false)]
    [InlineData(Way.Checkpoint, true)]
    [InlineData(Way.Stream, false)]
    [InlineData(Way.Stream, true)]
    [InlineData(Way.StateDict, false)]
    [InlineData(Way.StateDict, true)]
    public void GoesOnFromTheOther(Way way, bool fromFused)
        => Assert.All(OptimizerCase.Few.Where(one => way != Way.StateDict || HasBuffers(one)), one =>
        {
            var (from, to) = fromFused ? (one.Fused, one.Managed) : (one.Managed, one.Fused);
            using var whole = new ParameterSet();
            using var wholeOptimizer = to(whole.Parameters);
            whole.Train(wholeOptimizer, 0, Steps);

            using var first = new ParameterSet();
            using var firstOptimizer = from(first.Parameters);
            first.Train(firstOptimizer, 0, 3);

            using var second = new ParameterSet();
            using var secondOptimizer = to(second.Parameters);
            second.Train(secondOptimizer, 20, 21);
            secondOptimizer.SetLearningRate(0.3);
            Copy(way, firstOptimizer, secondOptimizer);
            for (var index = 0; index < first.Parameters.Count; index++)
            {
                using var noGrad = no_grad();
                second.Parameters[index].copy_(first.Parameters[index]);
            }

            second.Train(secondOptimizer, 3, Steps);

            Assert.InRange(whole.DifferenceTo(second), 0, 1e-6);
        });

    [Fact]
    public void TheStateIsTorchSharps()
    {
        using var set = new ParameterSet();
        using var optimizer = new Fused.Adam(set.Parameters, amsgrad: true);

        set.Train(optimizer, 0, 3);

        var states = optimizer.state_dict();
        Assert.Equal(set.Parameters.Count, states.State.Count);
        Assert.All(states.State, state => Assert.Equal(3, ((Adam.State)state).step));
        Assert.IsAssignableFrom<Adam>(optimizer);
    }

    // TorchSharp's own load from an object needs a momentum.
    private static bool HasBuffers(OptimizerCase one) => !one.Name.StartsWith("SGD momentum 0 ", StringComparison.Ordinal);

    private void Copy(Way way, OptimizerHelper from, OptimizerHelper to)
    {
        switch (way)
        {
            case Way.Checkpoint:
                StateFile.Save(folder["state.safetensors"], ("optimizer", new StatefulOptimizer(from)));
                Assert.Empty(StateFile.Load(folder["state.safetensors"], ("optimizer", new StatefulOptimizer(to))));
                break;

            case Way.Stream:
                from.save_state_dict(folder["state.bin"]);
                to.load_state_dict(folder["state.bin"]);
                break;

            default:
                to.load_state_dict(from.state_dict());
                break;
        }
    }
}
