using EmittedSample;

namespace LoopGen.Examples.Tests;

/// <summary>What outlives a process of the rule for stopping, and of the clock.</summary>
public sealed class ExhaustedTests : IDisposable
{
    private readonly NumberData data = new(45);
    private readonly string folder = Directory.CreateTempSubdirectory("loopgen-exhausted-").FullName;

    [Fact]
    public void ATrainingThatTheRuleEndedStaysEnded()
    {
        using var model = new PatientModel();
        var history = Fit(model, epochs: 50);
        Assert.StartsWith("loss has not improved for 2 epochs", history.StopReason, StringComparison.Ordinal);
        Assert.InRange(history.Count, 3, 49);

        using var other = new PatientModel();
        var resumed = Fit(other, epochs: 50, resume: true);
        Assert.Equal(history.StopReason, resumed.StopReason);
        Assert.Equal(history, resumed);
        Assert.Equal(Bits.Of(model), Bits.Of(other));
    }

    [Fact]
    public void PatienceIsCountedThroughAnInterruption()
    {
        using var whole = new PatientModel();
        var start = whole.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var history = Fit(whole, epochs: 50);

        // Interrupted when one of the two epochs of patience is spent.
        using var model = new PatientModel();
        model.load_state_dict(start);
        var last = history.Count;
        Fit(model, epochs: 50, callback: new Observer { AtEpochEnd = (run, log) => Stop(run, log.Epoch == last - 1) });
        using var other = new PatientModel();
        Assert.Equal(history, Fit(other, epochs: 50, resume: true));
        Assert.Equal(Bits.Of(whole), Bits.Of(other));
    }

    [Fact]
    public void WhenTimeHasPassedTheStateIsSavedInMidEpoch()
    {
        using var model = new PatientModel();
        var files = new List<string>();
        Fit(model, epochs: 1, callback: new Observer { AtBatchEnd = (_, _) => files.AddRange(Directory.GetFiles(folder, "last-*").Select(path => Path.GetFileName(path))) });
        Assert.Equal(
            ["last-000000001.safetensors", "last-000000002.safetensors", "last-000000003.safetensors", "last-000000004.safetensors", "last-000000005.safetensors"],
            files.Distinct().Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        data.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void Stop(TrainingRun run, bool now)
    {
        if (now)
        {
            run.Stop("enough");
        }
    }

    // So large a step that the loss soon grows.
    private History<PatientModel.EpochLog> Fit(PatientModel model, int epochs, Resume resume = default, Callback? callback = null) => model.Fit(
        data.InBatches(8), epochs, device: CPU, learningRate: 0.6, seed: 7, resume: resume, checkpointFolder: folder, verbose: Verbosity.Silent,
        callbacks: callback is null ? null : [callback]);
}
