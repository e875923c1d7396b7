using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <content>What belongs to the state.</content>
public sealed partial class Checkpoints
{
    /// <summary>Makes a model's parameters and buffers part of the state.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="model">The model, on its device.</param>
    public void Track(string name, nn.Module model) => Add(name, new StatefulModel(model ?? throw new ArgumentNullException(nameof(model))));

    /// <summary>Makes the state of an optimizer part of the state.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="optimizer">One of TorchSharp's managed optimizers, or one derived from its <c>OptimizerHelper</c>.</param>
    /// <exception cref="NotSupportedException">The optimizer is of another kind, whose state cannot be read.</exception>
    public void Track(string name, optim.Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Add(name, optimizer as IStateful ?? new StatefulOptimizer(optimizer as OptimizerHelper ?? throw new NotSupportedException(
            $"The state of {optimizer.GetType().Name} cannot be saved: derive it from TorchSharp.Modules.OptimizerHelper, or "
            + "implement IStateful.")));
    }

    /// <summary>Makes something that has a state part of the state.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="part">What has a state.</param>
    public void Track(string name, IStateful part)
    {
        ArgumentNullException.ThrowIfNull(part);
        progress = part as TrainingProgress ?? progress;
        Add(name, part);
    }

    /// <summary>Makes the totals of the running epoch part of the state, as <c>totals</c>.</summary>
    /// <param name="totals">The figures, each of which must be <see cref="IStateful"/>.</param>
    /// <exception cref="NotSupportedException">A figure is not.</exception>
    public void TrackTotals(params IFigure[] totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        foreach (var figure in totals)
        {
            Add($"totals.{figure.Name}", figure as IStateful ?? throw new NotSupportedException(
                $"The state of {figure.GetType().Name} cannot be saved: let it implement IStateful."));
        }
    }

    /// <summary>Makes the figures of the completed epochs part of the state.</summary>
    /// <typeparam name="TLog">The model's record of an epoch.</typeparam>
    /// <param name="name">The name of the part.</param>
    /// <param name="history">The figures.</param>
    /// <param name="read">Makes a record of an epoch and its figures.</param>
    public void Track<TLog>(
        string name, History<TLog> history, Func<int, IReadOnlyDictionary<string, double?>, TLog> read)
        where TLog : IEpochLog
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(read);
        Add(name, new StatefulHistory<TLog>(history, read));
    }

    /// <summary>Makes the order of the batches part of the state.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <param name="name">The name of the part.</param>
    /// <param name="batches">The batches, such as those of <c>Batches.FromTensors</c>.</param>
    public void Track<TBatch>(string name, IResumableBatches<TBatch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        Add(name, batches);
    }

    /// <summary>Makes the order of the batches part of the state, where the source has one that can be saved.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <param name="name">The name of the part.</param>
    /// <param name="batches">
    /// The batches. <see cref="IResumableBatches{TBatch}"/>, such as those of <c>Batches.FromTensors</c>, are set to the
    /// epoch and go on at the batch; others are read from the beginning of an epoch up to it, so they must give the same
    /// batches in the same order.
    /// </param>
    public void Track<TBatch>(string name, IEnumerable<TBatch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        Add(name, batches as IResumableBatches<TBatch> ?? (IStateful)new CountedBatches(BatchCount.Of(batches)));
    }

    private void Add(string name, IStateful part)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (hasBegun)
        {
            throw new InvalidOperationException($"'{name}' must be tracked before Begin is called.");
        }

        if (name == OwnName || parts.Exists(known => known.Name == name))
        {
            throw new ArgumentException($"There is a part with the name '{name}' already.", nameof(name));
        }

        parts.Add((name, part));
    }
}
