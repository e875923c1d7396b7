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
public sealed partial class TrainingRun : IDisposable
{
    private readonly nn.Module model;
    private readonly string trainBatchesName;
    private readonly ModuleModes modes;
    private readonly CancellationToken cancellationToken;
    private readonly RunProgress progress;
    private readonly OwnedResources owned = new();
    private readonly IReadOnlyList<Callback> callbacks;
    private readonly List<string> notes = [];
    private readonly CancellationTokenSource stopping;
    private readonly LayerInputs layerInputs;
    private string? stopReason;
    private bool hasBegun;
    private bool hasEndedBatch;
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
        stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Stopping = stopping.Token;

        // Last, as it may fail, and from here on the run has to be disposed.
        ActiveRuns.Add(this, model);
        layerInputs = LayerInputs.Watch(model);
        ThrownLast.Forget();
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

    /// <summary>
    /// Cancelled when training should end, by <see cref="Stop"/> or by the token that <c>Fit</c> was given: for what takes long
    /// within the run, such as an evaluation.
    /// </summary>
    public CancellationToken Stopping { get; }

    /// <summary>Whether it was neither ended nor disposed.</summary>
    internal bool IsActive => !hasEnded && !isDisposed;

    /// <summary>The thread that trains.</summary>
    internal int Thread { get; } = Environment.CurrentManagedThreadId;

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
    /// <exception cref="InvalidOperationException">
    /// The model has no parameter that requires a gradient or was disposed, another thread is training it, or gradients are
    /// switched off.
    /// </exception>
    /// <remarks>
    /// Modules with parameters that the model holds and has not registered are reported (<see cref="Notes"/>). While the run
    /// lasts its layers are watched as by <see cref="LayerInputs"/>.
    /// </remarks>
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

        ThrowIfUntrainable(model);
        var progress = new RunProgress(
            epochs, BatchCount.Of(trainBatches), new ProgressWriter(verbose, environment), observers, environment.Time);
        var run = new TrainingRun(
            model, ModuleModes.Capture(model, inputs: null), trainBatchesName, epochs, progress, observers, cancellationToken);
        if (UnknownParts.Describe(model) is { } unknown)
        {
            run.Report(unknown);
        }

        return run;
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
        try
        {
            stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run is over: there is nothing left to stop.
        }
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
    /// <exception cref="ArgumentOutOfRangeException">
    /// It is an optimizer whose learning rate is negative, infinite or not a number.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The run was disposed.</exception>
    public T Own<T>(T resource)
        where T : IDisposable
    {
        ArgumentNullException.ThrowIfNull(resource);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        owned.Add(resource);
        if (resource is optim.Optimizer optimizer && OptimizerCheck.WrongRate(optimizer) is { } rate)
        {
            throw OptimizerCheck.NoRate(rate);
        }

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
    /// Frees what the run owns. Without <see cref="End"/> before (an exception is on its way) every module of the model
    /// is put back to the mode it had, and nothing that goes wrong here hides that exception.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The exception on its way says that some tensor was freed: this one names those that the model holds, with that one as
    /// its inner exception.
    /// </exception>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        // Before the clean-up, which may throw and catch on its own.
        var cause = ThrownLast.OfThisThread;
        isDisposed = true;
        if (hasEnded)
        {
            owned.Dispose();
            return;
        }

        IgnoreFailure(StopWatching);
        IgnoreFailure(modes.Restore);
        IgnoreFailure(progress.FinishLine);
        var explained = Explain(cause);
        IgnoreFailure(owned.Dispose);
        if (explained is not null)
        {
            throw explained;
        }
    }

    private void StopWatching()
    {
        layerInputs.Dispose();
        stopping.Dispose();
        ThrownLast.Forget();
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
