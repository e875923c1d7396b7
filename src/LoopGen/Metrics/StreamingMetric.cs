using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The base of every metric: a figure that is made from pairs of outputs and targets as they pass. Derive from it for
/// a metric of your own.
/// </summary>
/// <remarks>
/// Keep totals in tensors on the device, detached from dispose scopes (<c>DetachFromDisposeScope()</c>) and without
/// gradients, and read them in <see cref="Compute"/> only: then an update never makes the step wait for the device.
/// </remarks>
public abstract class StreamingMetric : IFigure, IStateful, IDisposable
{
    /// <summary>Sets the name.</summary>
    /// <param name="name">The name to report it under, in snake_case.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    protected StreamingMetric(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>
    /// Whether <see cref="Compute"/> merely reads totals: true, unless overridden. Override it where the work grows with
    /// what was counted; the figure is then computed when an epoch ends and not while it runs.
    /// </summary>
    public virtual bool IsCheap => true;

    /// <summary>Adds one batch.</summary>
    /// <param name="output">What the model gave; its gradients are not touched.</param>
    /// <param name="target">What it should have given, on the same device.</param>
    public abstract void Update(Tensor output, Tensor target);

    /// <summary>Forgets every batch that was added.</summary>
    public abstract void Reset();

    /// <inheritdoc/>
    public abstract double Compute();

    /// <summary>
    /// Writes what was counted since the last reset, so that a training with <c>[Checkpoint]</c> can go on in the middle of an
    /// epoch. A metric that does not override it, and <see cref="LoadState"/>, cannot be part of such a training.
    /// </summary>
    /// <param name="state">Takes the numbers and tensors under names.</param>
    /// <exception cref="NotSupportedException">The metric does not override it.</exception>
    public virtual void SaveState(StateWriter state) => throw NoState();

    /// <summary>
    /// Reads what <see cref="SaveState"/> wrote, and queues with <see cref="StateReader.OnSuccess"/> and
    /// <see cref="StateReader.Fill"/> that it takes the place of what is counted here.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <exception cref="NotSupportedException">The metric does not override it.</exception>
    public virtual void LoadState(StateReader state) => throw NoState();

    /// <summary>Frees what the metric holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the metric holds; override it to dispose totals.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>, false by a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    private NotSupportedException NoState() => new(
        $"The totals of {GetType().Name} cannot be saved: override SaveState and LoadState, so that a training with [Checkpoint] "
        + "can go on in the middle of an epoch.");
}
