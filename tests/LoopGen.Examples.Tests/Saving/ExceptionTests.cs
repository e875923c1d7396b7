using EmittedSample;

namespace LoopGen.Examples.Tests;

/// <summary>What is left of a training that failed.</summary>
public sealed class ExceptionTests : IDisposable
{
    private readonly NumberData data = new(45);
    private readonly SalvagedModel model = new();
    private readonly string folder = Directory.CreateTempSubdirectory("loopgen-exception-").FullName;

    [Fact]
    public void TheStateIsSavedAndTheExceptionGoesOn()
    {
        model.AtLoss = step => Throw(step == 8);
        var exception = Assert.Throws<TimeoutException>(() => Fit(epochs: 3));
        Assert.Equal("The data went away.", exception.Message);

        // Six batches an epoch: one epoch was complete, and of the second two updates were made.
        Assert.Equal(["failed-000000008.safetensors", "last-000000006.safetensors"], Files());
        var atFailure = Bits.Of(model);

        using var salvaged = new SalvagedModel();
        salvaged.LoadWeights(Path.Combine(folder, "failed-000000008.safetensors"));
        Assert.Equal(atFailure, Bits.Of(salvaged));
    }

    [Fact]
    public void ResumingTakesTheExactStateBeforeIt()
    {
        model.AtLoss = step => Throw(step == 8);
        Assert.Throws<TimeoutException>(() => Fit(epochs: 2));
        model.AtLoss = null;
        var history = Fit(epochs: 2, resume: true);
        Assert.Equal(2, history.Count);
        Assert.Contains("last-000000012.safetensors", Files());
    }

    [Fact]
    public void NothingIsSavedOfWeightsThatAreNotFinite()
    {
        model.AtLoss = step =>
        {
            if (step == 8)
            {
                using var noGrad = no_grad();
                model.parameters().First().fill_(double.NaN);
            }
        };
        var exception = Assert.Throws<NonFiniteException>(() => Fit(epochs: 3));
        Assert.Contains("ReplayStep(checkpoint, ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(7L, exception.Seed);
        Assert.Equal(["last-000000006.safetensors"], Files());
    }

    public void Dispose()
    {
        data.Dispose();
        model.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void Throw(bool now)
    {
        if (now)
        {
            throw new TimeoutException("The data went away.");
        }
    }

    private History<SalvagedModel.EpochLog> Fit(int epochs, Resume resume = default) => model.Fit(
        data.InBatches(8), epochs, device: CPU, seed: 7, resume: resume, checkpointFolder: folder, verbose: Verbosity.Silent);

    private string[] Files() => [.. Directory.GetFiles(folder, "*.safetensors").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
