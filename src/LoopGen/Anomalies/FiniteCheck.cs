using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Ends a training whose loss or gradients are no longer finite, with an error that names the first value that is not,
/// its epoch, batch and step.
/// </summary>
/// <remarks>
/// <para>
/// Nothing in a step waits for the device: <see cref="Update"/> notes there what is finite, and reads the notes at most
/// ten times a second. The error may so come some steps late; what it says is of the step at which it happened.
/// </para>
/// <para>
/// What counts are the loss and the gradients, and at the end of an epoch the weights. A batch or an output that holds
/// an infinity, such as a mask, is no mistake by itself; it is named when it comes with one.
/// </para>
/// <para>Make it after the model has moved to its device. An instance is for one run, and for one thread at a time.</para>
/// </remarks>
public sealed class FiniteCheck : IDisposable
{
    /// <summary>How many notes may wait on the device: more would cost memory and save nothing.</summary>
    private const int MaxNotes = 10_000;

    private readonly nn.Module model;
    private readonly TrainingRun run;
    private readonly string[] names;
    private readonly StepOrigin origin;
    private readonly bool ignoresTargets;
    private readonly (string Name, Parameter Parameter)[] parameters;
    private readonly FinitenessNotes notes = new();
    private readonly List<StepPlace> places = [];
    private readonly bool[] wasInfinite;
    private StepPlace lastPlace;
    private long? lastRead;
    private bool isDisposed;

    /// <summary>Makes a check.</summary>
    /// <param name="model">The model, on its device.</param>
    /// <param name="run">The run that trains it.</param>
    /// <param name="names">
    /// What the tensors are called that <see cref="Update"/> is given beside the loss, in that order: the members of a
    /// batch, then the output.
    /// </param>
    /// <param name="seed">The seed of the training, for the error; null (the default) if it has none.</param>
    /// <param name="progress">
    /// Where the training is, for the error, if its steps can be repeated from a checkpoint; by default null.
    /// </param>
    /// <param name="ignoresTargets">
    /// Whether the loss leaves out some targets; by default not. The mean over a batch that has no other is NaN, which
    /// then is no mistake as long as the gradients are finite: torch makes them 0.
    /// </param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="model"/>, <paramref name="run"/> or <paramref name="names"/> is null.
    /// </exception>
    public FiniteCheck(
        nn.Module model,
        TrainingRun run,
        string[] names,
        int? seed = null,
        TrainingProgress? progress = null,
        bool ignoresTargets = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(names);
        this.model = model;
        this.run = run;
        this.names = [.. names];
        origin = new StepOrigin(seed, progress);
        this.ignoresTargets = ignoresTargets;
        parameters = [.. model.named_parameters()];
        wasInfinite = new bool[names.Length];
    }

    /// <summary>
    /// Notes which values of a step are finite: after backward, before anything is done to the gradients. At most ten
    /// times a second the notes are read, which waits for the device.
    /// </summary>
    /// <param name="step">The number of updates made before.</param>
    /// <param name="loss">The loss, whose gradients the parameters have.</param>
    /// <param name="tensors">The tensors of the names that the check was made with; those of integers are passed over.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There are more or fewer tensors than names.</exception>
    /// <exception cref="NonFiniteException">A loss or gradient of this step or one before is NaN or infinite.</exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void Update(long step, Tensor loss, params Tensor[] tensors)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Length != names.Length)
        {
            throw new ArgumentException(
                $"There are {tensors.Length} tensors for {names.Length} names ({string.Join(", ", names)}).", nameof(tensors));
        }

        lastPlace = new StepPlace(run.Epoch, run.Batch + 1, step);
        Note(loss, tensors);
        var isDue = lastRead is not { } last || run.Time.GetElapsedTime(last) >= RunProgress.Interval;
        if (isDue || notes.Count > MaxNotes)
        {
            Read(loss, tensors);
        }
    }

    /// <summary>
    /// Reads what was noted, and looks at the weights: before a model is evaluated, kept or saved. This waits for the
    /// device.
    /// </summary>
    /// <exception cref="NonFiniteException">
    /// A loss or gradient was NaN or infinite, a trainable parameter is, or another parameter or a buffer holds NaN.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void ThrowIfAny()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Read(loss: null, tensors: []);
        if (WeightCount.Of(model) is { First: { } first } weights)
        {
            throw FiniteReport.OfWeights(first, weights, lastPlace, origin);
        }
    }

    /// <summary>Frees what was not read.</summary>
    public void Dispose()
    {
        isDisposed = true;
        notes.Dispose();
    }

    // The slots of a step are the named tensors, the loss, and the gradients in the order of the parameters.
    private void Note(Tensor loss, Tensor[] tensors)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var row = places.Count;
        places.Add(lastPlace);
        for (var index = 0; index < tensors.Length; index++)
        {
            notes.Add(row, index, tensors[index]);
        }

        notes.Add(row, tensors.Length, loss);
        for (var index = 0; index < parameters.Length; index++)
        {
            if (parameters[index].Parameter.grad is { } gradient)
            {
                notes.Add(row, tensors.Length + 1 + index, gradient);
            }
        }
    }

    private void Read(Tensor? loss, Tensor[] tensors)
    {
        var values = notes.Read(places.Count, names.Length + 1 + parameters.Length);
        for (var row = 0; row < places.Count; row++)
        {
            if (IsBroken(values, row))
            {
                // Only of the step that has just been noted are there more than notes.
                var isNow = loss is not null && row == places.Count - 1;
                throw Report(values, row, isNow ? tensors : null, isReadLater: loss is null);
            }

            for (var index = 0; index < names.Length; index++)
            {
                wasInfinite[index] |= values[row, index] != Finiteness.Finite;
            }
        }

        places.Clear();

        // From when the device was done, so that a slow one is not asked again at once.
        lastRead = run.Time.GetTimestamp();
    }

    private bool IsBroken(Finiteness[,] values, int row)
    {
        for (var slot = names.Length + 1; slot < values.GetLength(1); slot++)
        {
            if (values[row, slot] != Finiteness.Finite)
            {
                return true;
            }
        }

        return values[row, names.Length] switch
        {
            Finiteness.Infinite => true,
            Finiteness.NaN => !ignoresTargets,
            _ => false,
        };
    }

    private NonFiniteException Report(Finiteness[,] values, int row, Tensor[]? tensors, bool isReadLater)
    {
        var gradients = new List<(string Name, Finiteness Value, Parameter Parameter)>();
        for (var index = 0; index < parameters.Length; index++)
        {
            var value = values[row, names.Length + 1 + index];
            if (value != Finiteness.Finite)
            {
                gradients.Add((parameters[index].Name, value, parameters[index].Parameter));
            }
        }

        // At the end of an epoch the update of the last step was made, too.
        var updates = places[^1].Step - places[row].Step + (isReadLater ? 1 : 0);
        var report = new FiniteReport(model, places[row], updates, origin, gradients);
        for (var index = 0; index < names.Length; index++)
        {
            // What held an infinity or an unused NaN in a good step, too, is not why this one went wrong.
            if (values[row, index] != Finiteness.Finite && !wasInfinite[index])
            {
                return report.OfTensor(names[index], isOutput: index == names.Length - 1, values[row, index], tensors?[index]);
            }
        }

        return values[row, names.Length] is not Finiteness.Finite and var loss && !(ignoresTargets && loss == Finiteness.NaN)
            ? report.OfLoss(loss)
            : report.OfGradients(isNow: tensors is not null);
    }
}
