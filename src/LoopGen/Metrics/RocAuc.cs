using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The area under the ROC curve of yes-or-no answers, in [0, 1]: how likely a random yes has a higher output than a
/// random no, where equal outputs count one half. Exact, as scikit-learn's
/// <see href="https://scikit-learn.org/stable/modules/generated/sklearn.metrics.roc_auc_score.html">roc_auc_score</see>;
/// Keras's <see href="https://keras.io/api/metrics/classification_metrics/#auc-class">AUC</see> approximates it with 200
/// thresholds.
/// </summary>
/// <remarks>
/// Only the order of the outputs counts: logits, probabilities and any other scores give the same figure. It cannot be
/// made from totals, so every output (in its own type) and every target (a byte each) is kept on the device until
/// <see cref="Reset"/>, and <see cref="Compute"/> sorts them: <see cref="IsCheap"/> is false, and a progress bar does
/// without it until the epoch ends. Without a single yes, or without a single no, the figure is NaN, and so it is if an
/// output is NaN.
/// </remarks>
public sealed class RocAuc : StreamingMetric
{
    private readonly List<Tensor> scores = [];
    private readonly List<Tensor> truths = [];
    private readonly Scalar half = 0.5.ToScalar();
    private readonly Device device;
    private bool isDisposed;

    /// <summary>Makes a figure over no batches.</summary>
    /// <param name="device">Where outputs and targets will live.</param>
    /// <param name="name">The name to report it under.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public RocAuc(Device device, string name = "roc_auc")
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(device);
        this.device = device;
    }

    /// <summary>False: <see cref="Compute"/> sorts all outputs.</summary>
    public override bool IsCheap => false;

    /// <summary>Adds one batch.</summary>
    /// <param name="output">Probabilities, logits or other scores of any shape.</param>
    /// <param name="target">Truths of the same shape: a value above 0.5 is a yes.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Update(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Shapes.CheckSame(output, target, "the output's shape");

        using var noGrad = no_grad();
        using var flatOutput = output.flatten();
        using var flatTarget = target.flatten();

        // A copy: the output's own memory may be used again, and a view would keep what it is a part of.
        scores.Add(flatOutput.clone().DetachFromDisposeScope());
        truths.Add(flatTarget.gt(half).DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override void Reset()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Clear();
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public override double Compute()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (scores.Count == 0)
        {
            return double.NaN;
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var score = cat(scores);
        var isYes = cat(truths).to_type(ScalarType.Int64);
        if (score.numel() == 0 || ReadTruth(score.isnan().any()))
        {
            return double.NaN;
        }

        // Per value that occurs, in rising order: how many are a yes, how many a no.
        var (values, place, _) = score.unique(sorted: true, return_inverse: true);
        var yes = zeros_like(values, ScalarType.Int64).scatter_add_(0, place!, isYes);
        var no = zeros_like(values, ScalarType.Int64).scatter_add_(0, place!, isYes.eq(Scalars.Zero).to_type(ScalarType.Int64));

        // Each yes beats every no of a lower value and half of those of its own. Twice that is a whole number.
        var below = no.cumsum(0).sub_(no);
        var wins = yes.mul(below.add(below, Scalars.One).add(no, Scalars.One)).sum();
        return ReadCount(wins) / (2 * ReadCount(yes.sum()) * ReadCount(no.sum()));
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        state.Write("has_scores", scores.Count > 0 ? 1 : 0);
        if (scores.Count > 0)
        {
            // One tensor each: the order within is all that counts.
            using var noGrad = no_grad();
            state.WriteOwned("scores", cat(scores));
            state.WriteOwned("truths", cat(truths));
        }
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Tensor[] loaded = state.ReadInt64("has_scores", 0, 1) == 1 ? [state.ReadTensor("scores", device), state.ReadTensor("truths", device)] : [];
        if (loaded is [var score, var truth] && (truth.dtype != ScalarType.Bool || score.dim() != 1 || !score.shape.SequenceEqual(truth.shape)))
        {
            state.Note($"{Name} has {Describe.Tensor(score)} outputs in the file, and {Describe.Tensor(truth)} truths");
        }

        state.OnSuccess(() =>
        {
            Clear();
            scores.AddRange(loaded.Take(1));
            truths.AddRange(loaded.Skip(1));
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            isDisposed = true;
            Clear();
            half.Dispose();
        }

        base.Dispose(disposing);
    }

    private static double ReadCount(Tensor tensor)
    {
        using var value = tensor.ToScalar();
        return value.ToDouble();
    }

    private static bool ReadTruth(Tensor tensor)
    {
        using var value = tensor.ToScalar();
        return value.ToBoolean();
    }

    private void Clear()
    {
        foreach (var tensor in scores.Concat(truths))
        {
            tensor.Dispose();
        }

        scores.Clear();
        truths.Clear();
    }
}
