namespace LoopGen.Tests;

/// <summary>
/// Small data with ties and absent classes, to compare figures with those of scikit-learn 1.2.1 (on NumPy 1.24.2),
/// which had the same numbers as one array and whose functions and arguments the tests name.
/// </summary>
internal static class ReferenceData
{
    /// <summary>
    /// 23 samples, 5 classes. Class 2 is a target that is never predicted, 3 is predicted but never a target, 4 neither.
    /// Several samples give equal scores to classes.
    /// </summary>
    public static readonly float[,] ClassScores =
    {
        { 0f, 0.3f, -6.3f, -0.9f, -6.5f },
        { 0.5f, 0.5f, -3f, 0.5f, -5f },
        { 0.5f, 1.4f, -5.9f, -0.9f, -6f },
        { 0.7f, -1.3f, -6.5f, -1.9f, -7.3f },
        { -1.8f, -0.2f, -7.3f, 0.3f, -5.8f },
        { -0.2f, -2.5f, -6.5f, 0f, -5.9f },
        { -1.5f, -0.5f, -7f, -0.8f, -4.9f },
        { -0.8f, 0f, -5.1f, -0.6f, -6.1f },
        { 0.1f, 0.1f, -7.2f, 0.1f, -4.6f },
        { -1.5f, 0.9f, -5.9f, -0.6f, -4f },
        { 1f, 1f, -3f, 1f, -5f },
        { 0.2f, 0.2f, 0.2f, 0.2f, 0.2f },
        { 0.2f, 0.5f, -5.9f, -1.2f, -6.6f },
        { -0.2f, 0.9f, -4.9f, -1.3f, -6.8f },
        { 0.6f, -2f, -6.5f, -0.1f, -4.7f },
        { 0.7f, -0.3f, -6.4f, -0.3f, -4.5f },
        { 0.6f, -0.3f, -5.6f, -0.1f, -6.2f },
        { -1.1f, 0f, -6.4f, 1.2f, -5.3f },
        { 1f, 0.7f, -6.3f, 1.1f, -6f },
        { 0.6f, -1.3f, -5.7f, -1.7f, -8f },
        { 0.7f, -0.9f, -5.8f, 2.2f, -6.8f },
        { -0.6f, 0.2f, -5.5f, -0.2f, -6.2f },
        { 0.7f, 0.5f, -7f, -0.1f, -6f },
    };

    public static readonly long[] ClassTargets =
    [
        2, 2, 1, 0, 2, 1, 2, 2, 2, 0, 2, 1, 1, 2, 2, 1, 0, 2, 0, 0, 0, 0, 2,
    ];

    /// <summary>29 probabilities of 16 different values, so that yeses and noes share some.</summary>
    public static readonly float[] Probabilities =
    [
        0.35f, 0.1f, 0.15f, 0.4f, 0.35f, 0.3f, 0.95f, 0.9f, 0.6f, 1f, 0.35f, 0.1f, 0.25f, 0.05f, 0.95f, 0.2f, 0.45f,
        0.2f, 1f, 0.15f, 0.5f, 0.95f, 0.5f, 0.9f, 0.9f, 0.8f, 0.75f, 0.6f, 0.6f,
    ];

    public static readonly float[] Truths =
    [
        0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1,
    ];

    /// <summary>21 samples of two numbers, the second far from zero.</summary>
    public static readonly double[,] Actual =
    {
        { -0.07, 100000.04 }, { -2.26, 100000.23 }, { -1.62, 99999.93 }, { -3.32, 99999.39 },
        { 4.01, 99999.75 }, { 0.88, 99999.98 }, { -1.32, 99999.75 }, { 1.89, 99999.85 },
        { -0.45, 100000.01 }, { 3.53, 100000.34 }, { 1.15, 99999.72 }, { -4.15, 100000.47 },
        { 2.9, 99999.93 }, { 1.63, 100000.39 }, { 2.49, 100000.46 }, { -1.37, 100000.76 },
        { -3.74, 100000.43 }, { 1.48, 100000.44 }, { 5.64, 100000.74 }, { -3.44, 99999.16 },
        { 2.45, 99999.49 },
    };

    public static readonly double[,] Predicted =
    {
        { -0.08, 100000.29 }, { -3.9, 99999.6 }, { -1.36, 99999.94 }, { -3.57, 99999.4 },
        { 3.15, 99999.3 }, { 0.71, 99999.69 }, { -2.96, 99999.9 }, { 1.83, 99999.97 },
        { -1.44, 99999.81 }, { 2.53, 100000.07 }, { 1.35, 99999.49 }, { -3.79, 100000.57 },
        { 4.93, 99999.51 }, { 2.52, 100000.36 }, { 2.48, 100000.03 }, { -1.83, 100000.98 },
        { -3.82, 100000.45 }, { 1.19, 100000.79 }, { 5.62, 100000.08 }, { -4.13, 99998.57 },
        { -0.8, 99999.33 },
    };

    /// <summary>Gives rows of outputs and targets to a metric in uneven batches.</summary>
    public static double Over(StreamingMetric metric, Tensor output, Tensor target, params int[] sizes)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(target.shape[0], sizes.Sum());
        long start = 0;
        foreach (var size in sizes)
        {
            metric.Update(output.narrow(0, start, size), target.narrow(0, start, size));
            start += size;
        }

        return metric.Compute();
    }
}
