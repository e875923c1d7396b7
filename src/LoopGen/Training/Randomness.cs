using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Seeds.</summary>
public static class Randomness
{
    /// <summary>
    /// Seeds torch's global generators, of the CPU and of every GPU:
    /// <see href="https://pytorch.org/docs/stable/generated/torch.manual_seed.html">torch.manual_seed</see>.
    /// </summary>
    /// <param name="seed">The seed; null leaves the generators as they are.</param>
    /// <remarks>
    /// It governs what is drawn from then on, such as dropout. Weights that a constructor drew before it are not
    /// affected: for a run that repeats exactly, call <c>torch.manual_seed</c> before making the model too. The generators
    /// belong to the process: of two trainings at once neither repeats what it draws, and a run says so.
    /// </remarks>
    public static void SeedIfGiven(int? seed)
    {
        if (seed is { } value)
        {
            using var generator = manual_seed(value);
            ActiveRuns.OfThisThreadBesideOthers()?.Report(
                "Another thread is training too. Both draw from torch's one random generator, so that this training will not "
                + "repeat with its seed if it draws random numbers, as dropout does; the order of the samples repeats.");
        }
    }

    /// <summary>
    /// Seeds torch's global generators, of the CPU and of every GPU, with one number. It takes about a microsecond.
    /// </summary>
    /// <param name="seed">The seed, such as <see cref="TrainingProgress.StepSeed"/>.</param>
    public static void Seed(long seed)
    {
        using var generator = manual_seed(seed);
    }

    /// <summary>Draws a seed from torch's global generator on the CPU.</summary>
    internal static long Draw()
    {
        using var drawn = randint(0, long.MaxValue, [1], ScalarType.Int64, CPU);
        using var value = drawn.ToScalar();
        return value.ToInt64();
    }

    /// <summary>
    /// A seed for one epoch: two rounds of SplitMix64's finalizer (Steele, Lea, Flood 2014), so that neighbouring seeds
    /// and epochs give unrelated numbers in all bits, the low 32 that torch's Mersenne Twister uses among them.
    /// </summary>
    internal static long Mix(long seed, long epoch) => unchecked((long)Finalize(Finalize((ulong)seed) + (ulong)epoch));

    private static ulong Finalize(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
