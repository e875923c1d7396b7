using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Reads one epoch of a source, or the rest of it, and frees what the source made for a batch when the next is asked for.
/// </summary>
internal sealed class BatchReader<TBatch>(IEnumerable<TBatch> source, string name, TrainingProgress? progress = null)
    : IDisposable
{
    private readonly IEnumerable<TBatch> rest = progress is not null && source is IResumableBatches<TBatch> resumable
        ? resumable.StartAt(progress.Epoch, progress.Position)
        : source;

    private long toSkip = progress is null || source is IResumableBatches<TBatch> ? 0 : progress.Position;
    private long batchesAskedFor = progress is null || source is not IResumableBatches<TBatch> ? 0 : progress.Position;
    private IEnumerator<TBatch>? batches;
    private IReadOnlyList<IDisposable> madeForBatch = [];

    /// <summary>The batch, alive until the next call of <see cref="MoveNext"/>.</summary>
    public TBatch Current { get; private set; } = default!;

    /// <summary>Frees the batch before and reads the next.</summary>
    /// <param name="beginsStep">Whether the batch is the first of an update: what the source draws is seeded then.</param>
    public bool MoveNext(bool beginsStep = true)
    {
        // A source that cannot begin in the middle is read up to there.
        for (; toSkip > 0; toSkip--)
        {
            if (!Advance(beginsStep: true))
            {
                throw new InvalidOperationException(
                    $"{name} gave fewer batches in this epoch than the {progress!.Position} that the training had used when its "
                    + "checkpoint was made: it must give the same batches in the same order.");
            }
        }

        var hasBatch = Advance(beginsStep);
        if (hasBatch)
        {
            progress?.ReadBatch();
        }

        return hasBatch;
    }

    private bool Advance(bool beginsStep)
    {
        // All batches of an epoch may have been used before it was interrupted.
        var isFirst = batches is null && progress?.IsMidEpoch != true;
        Current = default!;
        FreeBatch();

        bool hasBatch;
        using (var scope = NewDisposeScope())
        {
            try
            {
                if (beginsStep)
                {
                    progress?.SeedBatch(batchesAskedFor);
                }

                batchesAskedFor++;
                batches ??= rest.GetEnumerator();
                hasBatch = batches.MoveNext();
                if (hasBatch)
                {
                    Current = batches.Current;
                }
            }
            catch (InvalidOperationException exception)
                when (exception.Message.Contains("empty handle", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(
                    $"{name} used a tensor that was already freed. {Advice}", exception);
            }

            // Out of the scope without moving to an outer one: the batch must outlive this scope, and is freed at the
            // next request and not when a scope of the caller ends.
            madeForBatch = scope.DisposablesView;
            scope.Detach(madeForBatch);
        }

        if (hasBatch)
        {
            CheckAlive(Current);
        }
        else if (isFirst)
        {
            if (source is IStoredBatches stored && stored.WhyEmpty is { } reason)
            {
                throw new ArgumentException($"{name} gave no batch: {reason}", name);
            }

            throw new ArgumentException(
                $"{name} gave no batch: it is empty, or an earlier pass spent it (an iterator can be read once; pass a "
                + "list, TensorBatches, or something that starts anew for every epoch).",
                name);
        }

        return hasBatch;
    }

    public void Dispose()
    {
        // The source's own clean-up first, in a scope: what it still makes must not fall to the caller.
        try
        {
            using var scope = NewDisposeScope();
            batches?.Dispose();
        }
        finally
        {
            FreeBatch();
        }
    }

    private static string Advice =>
        "What a source makes for one batch is freed when the next is asked for: call DetachFromDisposeScope() on a "
        + "tensor that it needs for longer, and dispose it at the end.";

    private void FreeBatch()
    {
        // A tensor that the source disposed itself, or that is in the list twice, is disposed once.
        foreach (var made in madeForBatch)
        {
            made.Dispose();
        }

        madeForBatch = [];
    }

    /// <summary>A tensor that is none, or was freed with an earlier batch, would fail later, far from its cause.</summary>
    private void CheckAlive(TBatch batch)
    {
        switch (batch)
        {
            case null:
                throw new ArgumentNullException(name, $"{name} gave null as a batch.");

            case Tensor tensor:
                CheckAlive(tensor);
                break;

            case ITuple tuple:
                for (var index = 0; index < tuple.Length; index++)
                {
                    if (tuple[index] is Tensor member)
                    {
                        CheckAlive(member);
                    }
                    else if (tuple[index] is null)
                    {
                        CheckMayBeNull(tuple, index);
                    }
                }

                break;
        }
    }

    private void CheckAlive(Tensor tensor)
    {
        if (tensor.IsInvalid)
        {
            throw new InvalidOperationException($"{name} gave a tensor that was already freed. {Advice}");
        }
    }

    private void CheckMayBeNull(ITuple tuple, int index)
    {
        var types = tuple.GetType().GetGenericArguments();
        if (index < types.Length && types[index] == typeof(Tensor))
        {
            throw new ArgumentNullException(
                name, string.Create(CultureInfo.InvariantCulture, $"{name} gave a batch whose member {index + 1} of {tuple.Length} is null."));
        }
    }
}
