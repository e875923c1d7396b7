namespace LoopGen;

/// <summary>A training met a value that is NaN or infinite.</summary>
/// <remarks>
/// Thrown under <see cref="StopOnNaNAttribute"/> and <see cref="DetectAnomalyAttribute"/>. The message says which value
/// was the first, what is known of it, and what to do.
/// </remarks>
public sealed class NonFiniteException : ArithmeticException
{
    internal NonFiniteException(string message, string name, StepPlace place, StepOrigin origin, Exception? innerException = null)
        : base(message, innerException)
    {
        Name = name;
        Epoch = place.Epoch;
        Batch = place.Batch;
        Step = place.Step;
        Seed = origin.Seed;
    }

    /// <summary>
    /// What was the first that is not finite: a member of the batch (<c>image</c>), <c>output</c>, <c>loss</c>, a
    /// parameter (<c>layers.2.weight</c>), a module (<c>layers.2</c>) or an operation (<c>SqrtBackward0</c>).
    /// </summary>
    public string Name { get; }

    /// <summary>The epoch in which it was, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The batch of that epoch, from 1.</summary>
    public long Batch { get; }

    /// <summary>The number of updates that were made before it.</summary>
    public long Step { get; }

    /// <summary>The seed of the training; null if none is known.</summary>
    public long? Seed { get; }
}
