using System.Collections;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The batches of tensors that are in memory; made by <c>Batches.FromTensors</c> and
/// <see cref="Batches.FromTensor"/>. Every enumeration is one epoch.
/// </summary>
/// <typeparam name="TBatch">A tensor, or a tuple of tensors.</typeparam>
/// <remarks>
/// The data stays as it is stored and where it lives. A shuffled batch is gathered by index, which is about ten times
/// as fast as TorchSharp's <c>DataLoader</c>; an unshuffled one is a view. Batches belong to the dispose scope that is
/// open when they are made; read through <see cref="Batches.Checked"/> they are freed one by one.
/// The order of epoch <c>e</c> is a function of the seed and <c>e</c> alone; it neither reads nor moves torch's global
/// generator.
/// </remarks>
public sealed class TensorBatches<TBatch> : IReadOnlyCollection<TBatch>
{
    private readonly Tensor[] data;
    private readonly Func<Tensor[], TBatch> combine;
    private readonly int batchSize;
    private readonly bool dropLast;
    private readonly long firstSample;
    private readonly long sampleCount;
    private readonly long? seed;
    private int epoch;
    private long position;

    internal TensorBatches(
        Tensor[] data, Func<Tensor[], TBatch> combine, int batchSize, bool shuffle, int? seed, bool dropLast)
        : this(data, combine, batchSize, firstSample: 0, data[0].size(0), CheckSeed(batchSize, shuffle, seed), dropLast)
    {
    }

    private TensorBatches(
        Tensor[] data,
        Func<Tensor[], TBatch> combine,
        int batchSize,
        long firstSample,
        long sampleCount,
        long? seed,
        bool dropLast)
    {
        this.data = data;
        this.combine = combine;
        this.batchSize = batchSize;
        this.firstSample = firstSample;
        this.sampleCount = sampleCount;
        this.seed = seed;
        this.dropLast = dropLast;
    }

    /// <summary>Batches per epoch.</summary>
    public int Count =>
        checked((int)(dropLast ? sampleCount / batchSize : (sampleCount + batchSize - 1) / batchSize));

    /// <summary>Epochs begun: 0 before the first batch was asked for.</summary>
    public int Epoch => Volatile.Read(ref epoch);

    /// <summary>
    /// Batches given in the epoch that was begun last, from 0 to <see cref="Count"/>. With two enumerations at once it
    /// is that of the later one.
    /// </summary>
    public long Position => Volatile.Read(ref position);

    /// <summary>
    /// Splits the samples into a part to train on and the last part, held out and never shuffled: Keras's
    /// <see href="https://keras.io/api/models/model_training_apis/#fit-method">validation_split</see>. Which samples
    /// they are does not depend on shuffling.
    /// </summary>
    /// <param name="fraction">
    /// The share to hold out, in [0, 1). Of N samples the first floor(N · (1 - fraction)) are for training.
    /// </param>
    /// <returns>
    /// Batches of the first samples, which shuffle as these do and by the same seed, and of the last, as views in their
    /// order; for a fraction of 0 these batches and null.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is outside [0, 1).</exception>
    /// <exception cref="ArgumentException">One of the two parts would be empty.</exception>
    public (TensorBatches<TBatch> Train, TensorBatches<TBatch>? HeldOut) Split(double fraction)
    {
        // Fit's argument is what the caller wrote: the errors name that.
        const string argument = "validationSplit";
        if (!(fraction is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                argument, fraction, $"{argument} must be at least 0 and less than 1.");
        }

        if (fraction == 0)
        {
            return (this, null);
        }

        var kept = (long)Math.Floor(sampleCount * (1 - fraction));
        if (kept == 0 || kept == sampleCount)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{argument} {fraction} of {sampleCount} samples leaves {kept} for ")
                + $"training and {sampleCount - kept} for validation; neither may be empty.",
                argument);
        }

        var train = new TensorBatches<TBatch>(data, combine, batchSize, firstSample, kept, seed, dropLast);
        var heldOut = new TensorBatches<TBatch>(
            data, combine, batchSize, firstSample + kept, sampleCount - kept, seed: null, dropLast: false);
        return (train, heldOut);
    }

    /// <summary>Begins an epoch: it counts from when the first batch is asked for.</summary>
    /// <returns>The batches of one epoch, in that epoch's order.</returns>
    public IEnumerator<TBatch> GetEnumerator()
    {
        var thisEpoch = Interlocked.Increment(ref epoch);
        Volatile.Write(ref position, 0);
        using var order = seed is { } key ? EpochOrder.Shuffled(data, firstSample, sampleCount, key, thisEpoch) : null;

        var count = Count;
        for (var batch = 0; batch < count; batch++)
        {
            var start = (long)batch * batchSize;
            var length = Math.Min(batchSize, sampleCount - start);
            var parts = order?.Gather(start, length) ?? Array.ConvertAll(
                data, tensor => tensor.narrow(0, firstSample + start, length));

            if (Epoch == thisEpoch)
            {
                Volatile.Write(ref position, batch + 1);
            }

            yield return combine(parts);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static long? CheckSeed(int batchSize, bool shuffle, int? seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (!shuffle)
        {
            return null;
        }

        return seed ?? Randomness.Draw();
    }
}
