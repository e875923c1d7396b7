namespace LoopGen.Tests;

public sealed class BestWeightsTests
{
    [Fact]
    public void GivesBackWeightsAndBuffersBitForBit()
    {
        using var model = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3));
        using var best = new BestWeights(model);
        Assert.False(best.IsKept);

        Train(model);
        best.Keep();
        var kept = State(model);
        Train(model);
        Assert.NotEqual(kept, State(model));

        best.CopyToModel();

        Assert.True(best.IsKept);
        Assert.Equal(kept, State(model));
    }

    [Fact]
    public void KeepsTheLastOfSeveral()
    {
        using var model = nn.Linear(2, 3);
        using var best = new BestWeights(model);
        best.Keep();
        Train(model);
        var live = LiveTensors.Count;
        best.Keep();
        Assert.Equal(live, LiveTensors.Count);
        var kept = State(model);
        Train(model);

        best.CopyToModel();

        Assert.Equal(kept, State(model));
    }

    [Fact]
    public void LeavesTheModelWhereNothingWasKept()
    {
        using var model = nn.Linear(2, 3);
        using var best = new BestWeights(model);
        var before = State(model);

        best.CopyToModel();

        Assert.Equal(before, State(model));
    }

    [Fact]
    public void AnOptimizerGoesOnWithTheSameParameters()
    {
        using var model = nn.Linear(2, 3);
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        using var best = new BestWeights(model);
        best.Keep();
        best.CopyToModel();
        var before = State(model);

        using (NewDisposeScope())
        {
            model.call(ones(4, 2)).sum().backward();
            optimizer.step();
        }

        Assert.NotEqual(before, State(model));
    }

    [Fact]
    public void LivesOutsideTheCallersScopeAndLeavesNothing()
    {
        using var model = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3));
        _ = State(model);
        var before = LiveTensors.Count;
        var best = new BestWeights(model);
        using (NewDisposeScope())
        {
            best.Keep();
        }

        best.CopyToModel();
        best.Dispose();

        Assert.Equal(before, LiveTensors.Count);
        Assert.Throws<ObjectDisposedException>(best.Keep);
        Assert.Throws<ObjectDisposedException>(best.CopyToModel);
    }

    [Fact]
    public void RefusesAnotherModel()
    {
        using var model = nn.Sequential(nn.Linear(2, 3));
        using var best = new BestWeights(model);
        best.Keep();
        model.append(nn.Linear(3, 1));

        var exception = Assert.Throws<InvalidOperationException>(best.CopyToModel);

        Assert.Contains("Sequential has other parameters or buffers", exception.Message);
    }

    private static void Train(nn.Module<Tensor, Tensor> model)
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        model.call(rand(4, 2)).sum().backward();
        optimizer.step();
    }

    private static float[] State(nn.Module model)
    {
        using var scope = NewDisposeScope();
        return [.. model.state_dict().Values.SelectMany(tensor => tensor.to_type(float32).data<float>().ToArray())];
    }
}
