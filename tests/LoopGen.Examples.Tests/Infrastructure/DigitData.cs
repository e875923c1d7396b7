namespace LoopGen.Examples.Tests;

/// <summary>
/// Made-up digits: a random pattern per class plus noise. Drawn by .NET, so that torch's generator stays where it is.
/// </summary>
public sealed class DigitData : IDisposable
{
    private readonly List<Tensor> batches = [];

    public DigitData(int count, int seed = 0)
    {
        // The patterns are the same for all seeds: data made with another seed are unseen samples of the same classes.
        var patterns = new Random(-1);
        var centres = Enumerable.Range(0, 640).Select(_ => patterns.NextSingle() - 0.5f).ToArray();

        var random = new Random(seed);
        var pixels = new float[count * 64];
        var labels = new long[count];
        for (var sample = 0; sample < count; sample++)
        {
            labels[sample] = random.Next(10);
            for (var pixel = 0; pixel < 64; pixel++)
            {
                pixels[(sample * 64) + pixel] =
                    centres[(labels[sample] * 64) + pixel] + (0.5f * (random.NextSingle() - 0.5f));
            }
        }

        // Copied to where torch itself puts tensors: sums over memory that is aligned in another way may differ in the
        // last bit, and tests compare bits.
        using var scope = NewDisposeScope();
        Image = tensor(pixels, [count, 64]).clone().DetachFromDisposeScope();
        Target = tensor(labels).clone().DetachFromDisposeScope();
    }

    public Tensor Image { get; }

    public Tensor Target { get; }

    /// <summary>A list of batches that keeps its tensors; they live as long as this.</summary>
    public List<(Tensor image, Tensor target)> InBatches(int size)
    {
        using var scope = NewDisposeScope();
        var list = new List<(Tensor image, Tensor target)>();
        for (long start = 0; start < Image.size(0); start += size)
        {
            var length = Math.Min(size, Image.size(0) - start);
            var image = Image.narrow(0, start, length).clone().DetachFromDisposeScope();
            var target = Target.narrow(0, start, length).clone().DetachFromDisposeScope();
            batches.Add(image);
            batches.Add(target);
            list.Add((image, target));
        }

        return list;
    }

    public void Dispose()
    {
        foreach (var batch in batches)
        {
            batch.Dispose();
        }

        Image.Dispose();
        Target.Dispose();
    }
}
