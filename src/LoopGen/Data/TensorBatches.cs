using System.Collections;
using System.Globalization;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The batches of tensors that are in memory; made by <c>Batches.FromTensors</c> and
/// <see cref="Batches.FromTensor"/>. Every enumeration is one epoch.
/// </summary>
/// <typeparam name="TBatch">A tensor, or a tuple of tensors.</typeparam>
/// <remarks>
/// The data stays as it is stored and where it lives. Batches are copies, shuffled or not, so that an operation in place on
/// a batch does not change the data; a shuffled one is gathered by index, which is about ten times as fast as TorchSharp's
/// <c>DataLoader</c>. Batches belong to the dispose scope that is
/// open when they are made; read through <see cref="Batches.Checked"/> they are freed one by one.
/// The order of epoch <c>e</c> is a function of the seed and <c>e</c> alone; it neither reads nor moves torch's global
/// generator.
/// </remarks>
public sealed class TensorBatches<TBatch> : IReadOnlyCollection<TBatch>, IResumableBatches<TBatch>, IStoredBatches
{
    private const string NotShuffled = "not shuffled";

    /// <summary>How far a fraction and its difference from 1 may be from what they stand for: a few units in the last place.</summary>
    private const double RoundingError = 1.0 / (1L << 51);
    private readonly Tensor[] data;
    private readonly Func<Tensor[], TBatch> combine;
    private readonly int batchSize;
    private readonly bool dropLast;
    private readonly bool isSeedGiven;
    private readonly long firstSample;
    private readonly long sampleCount;
    private long? seed;
    private int epoch;
    private int epochsBefore;
    private bool isLoaded;
    private long position;

    internal TensorBatches(
        Tensor[] data, Func<Tensor[], TBatch> combine, int batchSize, bool shuffle, int? seed, bool dropLast)
        : this(
            data, combine, batchSize, firstSample: 0, data[0].size(0), CheckSeed(batchSize, shuffle, seed), isSeedGiven: seed is not null, dropLast)
    {
    }

    private TensorBatches(
        Tensor[] data,
        Func<Tensor[], TBatch> combine,
        int batchSize,
        long firstSample,
        long sampleCount,
        long? seed,
        bool isSeedGiven,
        bool dropLast)
    {
        this.isSeedGiven = isSeedGiven;
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
    /// The share to hold out, in [0, 1). Of N samples the first floor(N · (1 - fraction)) are for training, computed as
    /// with the decimal number that was written: 0.9 of 10 leaves 1 for training.
    /// </param>
    /// <returns>
    /// Batches of the first samples, which shuffle as these do and by the same seed, and of the last, in their order; for a fraction of 0 these batches and null.
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

        var kept = Kept(fraction);
        if (kept == 0 || kept == sampleCount)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{argument} {fraction} of {sampleCount} samples leaves {kept} for ")
                + $"training and {sampleCount - kept} for validation; neither may be empty.",
                argument);
        }

        var train = new TensorBatches<TBatch>(data, combine, batchSize, firstSample, kept, seed, isSeedGiven, dropLast);
        var heldOut = new TensorBatches<TBatch>(
            data, combine, batchSize, firstSample + kept, sampleCount - kept, seed: null, isSeedGiven: false, dropLast: false);
        return (train, heldOut);
    }

    /// <summary>Begins an epoch: it counts from when the first batch is asked for.</summary>
    /// <returns>The batches of one epoch, in that epoch's order.</returns>
    public IEnumerator<TBatch> GetEnumerator()
    {
        using var batches = Read(Interlocked.Increment(ref epoch), skip: 0);
        while (batches.MoveNext())
        {
            yield return batches.Current;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="epoch"/> is less than 1, or <paramref name="position"/> is negative.
    /// </exception>
    public IEnumerable<TBatch> StartAt(int epoch, long position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return ReadFrom();

        IEnumerable<TBatch> ReadFrom()
        {
            // A second training with the same batches has other orders, as a second walk through them has.
            if (epoch == 1 && position == 0 && !isLoaded)
            {
                epochsBefore = Epoch;
            }

            isLoaded = false;
            Volatile.Write(ref this.epoch, epochsBefore + epoch);
            using var batches = Read(epochsBefore + epoch, position);
            while (batches.MoveNext())
            {
                yield return batches.Current;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    string? IStoredBatches.WhyEmpty => Count > 0
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"its {sampleCount} samples do not fill a batch of {batchSize}, and dropLast leaves out what does not.");

    IReadOnlyList<Tensor> IStoredBatches.AllSamples() =>
        Array.ConvertAll(data, tensor => tensor.narrow(0, firstSample, sampleCount));

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Write("samples", sampleCount);
        state.Write("batch_size", batchSize);
        state.Write("drop_last", dropLast ? "true" : "false");
        state.Write("seed", seed?.ToString(CultureInfo.InvariantCulture) ?? NotShuffled);
        state.Write("epochs_before", epochsBefore);
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Check("samples", sampleCount);
        state.Check("batch_size", batchSize);
        state.Check("drop_last", dropLast ? "true" : "false");
        var before = state.ReadCount("epochs_before");
        if (seed is null)
        {
            state.Check("seed", NotShuffled);
        }
        else if (isSeedGiven)
        {
            state.Check("seed", seed.Value);
        }
        else
        {
            // Drawn, then and now: the order is that of the training that goes on.
            var drawn = state.ReadInt64("seed");
            state.OnSuccess(() => seed = drawn);
        }

        state.OnSuccess(() => (epochsBefore, isLoaded) = (before, true));
    }

    private IEnumerator<TBatch> Read(int thisEpoch, long skip)
    {
        Volatile.Write(ref position, skip);
        using var order = seed is { } key ? EpochOrder.Shuffled(data, firstSample, sampleCount, key, thisEpoch) : null;

        var count = Count;
        for (var batch = skip; batch < count; batch++)
        {
            var start = batch * batchSize;
            var length = Math.Min(batchSize, sampleCount - start);
            var parts = order?.Gather(start, length) ?? Array.ConvertAll(
                data, tensor => Copy(tensor, firstSample + start, length));

            if (Epoch == thisEpoch)
            {
                Volatile.Write(ref position, batch + 1);
            }

            yield return combine(parts);
        }
    }

    // 1 - 0.9 is a little less than a tenth in binary, and would cost a sample: what misses a whole number by no more than
    // rounding does is that number.
    private long Kept(double fraction)
    {
        var exact = sampleCount * (1 - fraction);
        var nearest = Math.Round(exact);
        return (long)(Math.Abs(exact - nearest) <= sampleCount * RoundingError ? nearest : Math.Floor(exact));
    }

    // A copy: an operation in place on a batch must not reach the data, where it would be made again in every epoch.
    private static Tensor Copy(Tensor tensor, long start, long length)
    {
        using var view = tensor.narrow(0, start, length);
        return view.clone();
    }

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
