namespace LoopGen.Tests;

/// <summary>A run with a clock and a console of its own.</summary>
internal sealed class TestRun : IDisposable
{
    private readonly StringWriter console = new() { NewLine = "\n" };

    public TestRun(
        int epochs = 1,
        Verbosity verbosity = Verbosity.Silent,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellationToken = default,
        bool isOutputRedirected = false,
        int? width = null,
        IEnumerable<int>? batches = null)
    {
        Run = TrainingRun.Start(
            Model,
            batches ?? [1, 2],
            epochs,
            verbosity,
            callbacks,
            cancellationToken,
            "trainBatches",
            new RunEnvironment(Time, console, isOutputRedirected, () => width));
    }

    public TinyModel Model { get; } = new();

    public FakeTime Time { get; } = new();

    public TrainingRun Run { get; }

    public string Printed => console.ToString();

    /// <summary>Makes an epoch of batches that take a time each.</summary>
    public void Epoch(int epoch, int batches, double milliseconds, IFigure figure, params (string, double?)[] values)
    {
        Run.BeginEpoch(epoch);
        for (var batch = 0; batch < batches; batch++)
        {
            Time.Advance(milliseconds);
            Run.EndBatch(figure);
        }

        Run.EndEpoch(new TestLog(epoch, values));
    }

    public void Dispose()
    {
        Run.Dispose();
        Model.Dispose();
        console.Dispose();
    }
}
