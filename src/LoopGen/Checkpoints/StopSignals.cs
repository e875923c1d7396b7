using System.Runtime.InteropServices;

namespace LoopGen;

/// <summary>
/// While it is not disposed, Ctrl-C and SIGTERM end a training as a cancellation does: the batch is finished, the state is
/// saved, <c>Fit</c> returns. The process then ends with exit code 130 or 143, as one that such a signal ended, unless it
/// sets another. A second signal ends the process at once.
/// </summary>
public sealed class StopSignals : IDisposable
{
    private readonly TrainingRun run;
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private int count;

    private StopSignals(TrainingRun run)
    {
        this.run = run;
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, "interrupted (Ctrl-C)", 130));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, "terminated (SIGTERM)", 143));
    }

    /// <summary>Begins to handle the two signals. Several trainings at once are all stopped.</summary>
    /// <param name="run">What to stop.</param>
    /// <returns>What ends the handling when it is disposed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="run"/> is null.</exception>
    public static StopSignals Handle(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new StopSignals(run);
    }

    /// <summary>Leaves the signals to whoever handled them before.</summary>
    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
    }

    private void Handle(PosixSignalContext context, string reason, int exitCode)
    {
        if (Interlocked.Increment(ref count) > 1)
        {
            return;
        }

        context.Cancel = true;
        Environment.ExitCode = exitCode;
        run.Stop(reason);
    }
}
