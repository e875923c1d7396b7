using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// One call of <c>Fit</c>: checks its arguments, tells callbacks and the console how it goes, remembers the wish to
/// stop, and cleans up.
/// </summary>
/// <remarks>
/// The order of events is <see cref="Callback.OnTrainBegin"/> (in the first <see cref="BeginEpoch"/>), then per epoch
/// <see cref="Callback.OnEpochBegin"/>, per batch <see cref="Callback.OnBatchEnd"/> and at times
/// <see cref="Callback.OnFigures"/>, then <see cref="Callback.OnEpochEnd"/>; at last <see cref="Callback.OnTrainEnd"/>
/// (in <see cref="End"/>). A run that is stopped before its first epoch raises none of them.
/// </remarks>
public sealed class TrainingRun : IDisposable
{
    private readonly nn.Module model;
    private readonly string trainBatchesName;
    private readonly ModuleModes modes;
    private readonly CancellationToken cancellationToken;
    private readonly RunProgress progress;
    private readonly OwnedResources owned = new();
    private readonly IReadOnlyList<Callback> callbacks;
    private readonly List<string> notes = [];
    private string? stopReason;
    private bool hasBegun;
    private bool hasEnded;
    private bool isDisposed;

    private TrainingRun(
        nn.Module model,
        ModuleModes modes,
        string trainBatchesName,
        int epochs,
        RunProgress progress,
        IReadOnlyList<Callback> callbacks,
        CancellationToken cancellationToken)
    {
        this.model = model;
        this.modes = modes;
        this.trainBatchesName = trainBatchesName;
        Epochs = epochs;
        this.progress = progress;
        this.callbacks = callbacks;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>How many epochs were asked for.</summary>
    public int Epochs { get; }

    /// <summary>The epoch that was begun last, from 1; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>
    /// Batches per epoch, where the source of the batches tells; else null until the first epoch has ended.
    /// </summary>
    public long? BatchesPerEpoch => progress.BatchesPerEpoch;

    /// <summary>The batch of the running epoch that ended last, from 1; 0 before the first.</summary>
    internal long Batch => progress.Batch;

    /// <summary>The clock that tells when figures are shown.</summary>
    internal TimeProvider Time => progress.Time;

    /// <summary>
    /// Whether training should end: <see cref="Stop"/> was called, or the cancellation token is cancelled.
    /// </summary>
    public bool IsStopped => Volatile.Read(ref stopReason) is not null || cancellationToken.IsCancellationRequested;

    /// <summary>
    /// Why training should end: what was given to <see cref="Stop"/> first, else <c>cancelled</c> if the cancellation
    /// token is; null if it should go on.
    /// </summary>
    public string? StopReason =>
        Volatile.Read(ref stopReason) ?? (cancellationToken.IsCancellationRequested ? "cancelled" : null);

    /// <summary>What was reported in words, such as a damaged checkpoint that was passed over.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Checks the arguments of <c>Fit</c> before anything is touched, and begins a run.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <param name="model">The model to train. The mode of each of its modules is remembered.</param>
    /// <param name="trainBatches">The batches of an epoch; not read here, only asked how many they are.</param>
    /// <param name="epochs">How many epochs to make, at least 1.</param>
    /// <param name="verbose">How much to print to the console.</param>
    /// <param name="callbacks">Observers; null (the default) for none.</param>
    /// <param name="cancellationToken">Ends the training after the batch that is being worked on.</param>
    /// <param name="trainBatchesName">What to call the batches in an error; by default the argument's text.</param>
    /// <returns>The run, to be disposed.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="model"/> or <paramref name="trainBatches"/> is null.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="epochs"/> is less than 1, or <paramref name="verbose"/> is no member of its enumeration.
    /// </exception>
    /// <exception cref="ArgumentException">A callback is null.</exception>
    /// <exception cref="InvalidOperationException">The model has no parameter that requires a gradient.</exception>
    public static TrainingRun Start<TBatch>(
        nn.Module model,
        IEnumerable<TBatch> trainBatches,
        int epochs,
        Verbosity verbose = Verbosity.Auto,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(trainBatches))] string? trainBatchesName = null) =>
        Start(
            model,
            trainBatches,
            epochs,
            verbose,
            callbacks,
            cancellationToken,
            trainBatchesName ?? nameof(trainBatches),
            RunEnvironment.Current);

    /// <summary>The same with a clock and a console of the caller's.</summary>
    internal static TrainingRun Start<TBatch>(
        nn.Module model,
        IEnumerable<TBatch> trainBatches,
        int epochs,
        Verbosity verbose,
        IReadOnlyList<Callback>? callbacks,
        CancellationToken cancellationToken,
        string trainBatchesName,
        RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(trainBatches, trainBatchesName);
        if (epochs < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(epochs), epochs, "epochs must be at least 1.");
        }

        if (!Enum.IsDefined(verbose))
        {
            throw new ArgumentOutOfRangeException(nameof(verbose), verbose, "verbose must be a member of Verbosity.");
        }

        // A copy: a list that changes while it is walked would end the training.
        Callback[] observers = [.. callbacks ?? []];
        if (observers.Contains(null))
        {
            throw new ArgumentException("callbacks must not contain null.", nameof(callbacks));
        }

        if (!model.parameters().Any(parameter => parameter.requires_grad))
        {
            throw new InvalidOperationException(
                $"{model.GetType().Name} has no trainable parameters. If its layers are fields, call "
                + "RegisterComponents() at the end of the constructor; if they were frozen, set requires_grad to true "
                + "on what is to be trained.");
        }

        var progress = new RunProgress(
            epochs, BatchCount.Of(trainBatches), new ProgressWriter(verbose, environment), observers, environment.Time);
        return new TrainingRun(
            model, ModuleModes.Capture(model), trainBatchesName, epochs, progress, observers, cancellationToken);
    }

    /// <summary>
    /// How many times the weights are updated in the whole run, if nothing stops it: for a schedule that ends with it.
    /// </summary>
    /// <param name="batchesPerStep">
    /// Batches whose gradients are added up for one update, at least 1; the last update of an epoch may have fewer.
    /// </param>
    /// <returns><c>epochs · ⌈batches per epoch / batchesPerStep⌉</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchesPerStep"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// The source of the batches does not tell how many they are (<see cref="BatchesPerEpoch"/> is null).
    /// </exception>
    public long CountSteps(int batchesPerStep = 1)
    {
        if (batchesPerStep < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchesPerStep), batchesPerStep, "batchesPerStep must be at least 1.");
        }

        if (BatchesPerEpoch is not { } batches)
        {
            throw new InvalidOperationException(
                $"{trainBatchesName} does not tell how many batches it has, so that the schedule has no end: set its "
                + "length (DecaySteps or TotalSteps of [Schedule]), or pass a collection, such as a list or "
                + "TensorBatches.");
        }

        return Epochs * ((batches + batchesPerStep - 1) / batchesPerStep);
    }

    /// <summary>
    /// Asks for the end of the training after the current batch, or of the epoch if it was its last one. May be called
    /// from any thread.
    /// </summary>
    /// <param name="reason">Why, in words that can follow "stopped:". The first reason given is kept.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is null, empty or blank.</exception>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Interlocked.CompareExchange(ref stopReason, reason, null);
    }

    /// <summary>Prints a line, unless the run is silent, and keeps it in <see cref="Notes"/>.</summary>
    /// <param name="note">What there is to say, in a sentence.</param>
    /// <exception cref="ArgumentException"><paramref name="note"/> is null, empty or blank.</exception>
    public void Report(string note)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(note);
        notes.Add(note);
        progress.Report(note);
    }

    /// <summary>Hands a resource over to the run, which disposes it when it is disposed itself.</summary>
    /// <typeparam name="T">The type of the resource.</typeparam>
    /// <param name="resource">The resource. Several are disposed in reverse order.</param>
    /// <returns>The same resource.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The run was disposed.</exception>
    public T Own<T>(T resource)
        where T : IDisposable
    {
        ArgumentNullException.ThrowIfNull(resource);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        owned.Add(resource);
        return resource;
    }

    /// <summary>
    /// Makes sure that an optimizer would train this run's model: an optimizer that was made before the model moved to
    /// another device knows parameters that the model no longer has. It would train nothing, or its step would fail
    /// without saying why.
    /// </summary>
    /// <param name="optimizer">What the caller passed to <c>Fit</c>, or null.</param>
    /// <param name="name">What to call it in an error; by default the argument's text.</param>
    /// <returns>The same optimizer, or null.</returns>
    /// <exception cref="ArgumentException">
    /// It holds none of the model's trainable parameters, it was made before they were replaced, or it needs a closure, as
    /// LBFGS does.
    /// </exception>
    [return: NotNullIfNotNull(nameof(optimizer))]
    public optim.Optimizer? Checked(
        optim.Optimizer? optimizer,
        [CallerArgumentExpression(nameof(optimizer))] string? name = null)
    {
        if (optimizer is not null)
        {
            OptimizerCheck.ThrowIfUnfit(optimizer, model, name ?? nameof(optimizer));
        }

        return optimizer;
    }

    /// <summary>
    /// Makes sure that an optimizer trains this run's model: an optimizer that was made before the model moved to another
    /// device knows parameters that the model no longer has. It would train nothing, or its step would fail without saying
    /// why.
    /// </summary>
    /// <param name="optimizer">The optimizer of the run.</param>
    /// <param name="name">What to call it in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="optimizer"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// It holds none of the model's trainable parameters, it was made before they were replaced, or it needs a closure, as
    /// LBFGS does.
    /// </exception>
    public void Check(optim.Optimizer optimizer, [CallerArgumentExpression(nameof(optimizer))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer, name);
        OptimizerCheck.ThrowIfUnfit(optimizer, model, name ?? nameof(optimizer));
    }

    /// <summary>Begins an epoch, or goes on with one.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="position">Batches of the epoch that were used before it was interrupted; by default none.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="epoch"/> is less than 1, or <paramref name="position"/> is negative.
    /// </exception>
    public void BeginEpoch(int epoch, long position = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        Epoch = epoch;
        if (!hasBegun)
        {
            hasBegun = true;
            foreach (var callback in callbacks)
            {
                callback.OnTrainBegin(this);
            }
        }

        progress.BeginEpoch(epoch, position);
        foreach (var callback in callbacks)
        {
            callback.OnEpochBegin(this, epoch);
        }
    }

    /// <summary>
    /// Ends a batch. The figures are computed, which waits for the device, only if somebody wants to see them and the
    /// last time was a tenth of a second ago; those that are not <see cref="IFigure.IsCheap"/> are left out.
    /// </summary>
    /// <param name="figures">The figures of the running epoch.</param>
    /// <exception cref="ArgumentNullException"><paramref name="figures"/> is null.</exception>
    public void EndBatch(params IFigure[] figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        progress.CountBatch();
        foreach (var callback in callbacks)
        {
            callback.OnBatchEnd(this, progress.Batch);
        }

        progress.ShowFigures(this, figures);
    }

    /// <summary>Ends an epoch that was completed: prints its figures and tells the callbacks.</summary>
    /// <param name="log">Its figures.</param>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    public void EndEpoch(IEpochLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        progress.EndEpoch(log);
        foreach (var callback in callbacks)
        {
            callback.OnEpochEnd(this, log);
        }
    }

    /// <summary>
    /// Ends the run well: from here on the model's modes stay as they are, and the history knows why training stopped
    /// early, if it did.
    /// </summary>
    /// <typeparam name="TLog">The model's record of an epoch.</typeparam>
    /// <param name="history">The figures of all epochs.</param>
    /// <returns>The same history.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="history"/> is null.</exception>
    public History<TLog> End<TLog>(History<TLog> history)
        where TLog : IEpochLog
    {
        ArgumentNullException.ThrowIfNull(history);

        // A wish to stop that came when all was done stopped nothing.
        var reason = history.Count < Epochs ? StopReason : null;
        history.StopReason = reason;
        if (reason is not null)
        {
            progress.Stopped(reason);
        }

        if (hasBegun)
        {
            foreach (var callback in callbacks)
            {
                callback.OnTrainEnd(this);
            }
        }

        hasEnded = true;
        return history;
    }

    /// <summary>
    /// Frees what the run owns. Without <see cref="End"/> before (an exception is on its way) every module of the model
    /// is put back to the mode it had, and nothing that goes wrong here hides that exception.
    /// </summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        if (hasEnded)
        {
            owned.Dispose();
            return;
        }

        IgnoreFailure(modes.Restore);
        IgnoreFailure(progress.FinishLine);
        IgnoreFailure(owned.Dispose);
    }

    /// <summary>Cleans up while an exception is on its way: the first one is the one to report.</summary>
    private static void IgnoreFailure(Action cleanUp)
    {
        try
        {
            cleanUp();
        }
        catch (Exception)
        {
            // Thrown from a Dispose that runs because of an earlier exception, it would replace that one.
        }
    }
}
