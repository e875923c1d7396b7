using TorchSharp.Modules;

namespace LoopGen.Examples.Tests;

/// <summary>
/// What the tests of the small example share. Each class of them has two nested ones, for the loop that a person wrote
/// and for the one that the generator wrote: the contract is the same.
/// </summary>
public abstract class DigitTests(Func<IDigitLoop> create) : IDisposable
{
    private readonly List<IDisposable> owned = [];

    /// <summary>50 samples: batches of 8 leave a last one of 2.</summary>
    protected DigitData Data { get; } = new(50);

    protected DigitData Unseen { get; } = new(21, seed: 1);

    /// <summary>Batches that keep their tensors: six of 8 and one of 2.</summary>
    protected List<(Tensor image, Tensor target)> TrainBatches => field ??= Data.InBatches(8);

    /// <summary>Three batches: 8, 8 and 5.</summary>
    protected List<(Tensor image, Tensor target)> ValidationBatches => field ??= Unseen.InBatches(8);

    public static void Seed(long seed)
    {
        using var generator = manual_seed(seed);
    }

    /// <summary>A model whose initial weights are always the same; torch's generator is where that leaves it.</summary>
    protected IDigitLoop NewLoop()
    {
        Seed(1);
        return Own(create());
    }

    protected T Own<T>(T resource)
        where T : IDisposable
    {
        owned.Add(resource);
        return resource;
    }

    /// <summary>Fresh tensors for every batch, which nobody but the reader frees.</summary>
    protected IEnumerable<(Tensor image, Tensor target)> FreshBatches()
    {
        foreach (var (image, target) in TrainBatches)
        {
            yield return (image.clone(), target.clone());
        }
    }

    /// <summary>The model trains but for its dropout, which is held in evaluation mode.</summary>
    protected static Dropout MixModes(IDigitLoop loop)
    {
        loop.Model.train();
        var dropout = loop.Model.modules().OfType<Dropout>().Single();
        dropout.eval();
        return dropout;
    }

    protected static void AssertModesMixed(IDigitLoop loop) =>
        Assert.All(loop.Model.modules(), module => Assert.Equal(module is not Dropout, module.training));

    protected static void AssertEvaluating(IDigitLoop loop)
    {
        Assert.False(loop.Model.training);
        Assert.All(loop.Model.modules(), module => Assert.False(module.training));
    }

    /// <summary>Asserts that a model is where so many plain steps from the start would have brought it.</summary>
    protected void AssertMadeSteps(int steps, IDigitLoop loop)
    {
        var plain = NewLoop();
        PlainLoop.TakeSteps(plain.Model, TrainBatches, steps);
        Assert.Equal(Bits.Of(plain.Model), Bits.Of(loop.Model));
    }

    public void Dispose()
    {
        foreach (var resource in owned)
        {
            resource.Dispose();
        }

        Data.Dispose();
        Unseen.Dispose();
        GC.SuppressFinalize(this);
    }
}
