namespace LoopGen;

/// <summary>
/// Whether a training goes on where a checkpoint of it was made: <c>true</c>, <c>false</c>, one file, or one step of it again.
/// </summary>
public readonly record struct Resume
{
    private Resume(bool isAsked, string? path, long? step)
    {
        IsAsked = isAsked;
        Path = path;
        Step = step;
    }

    /// <summary>Whether to go on at all. False by default: the training begins anew.</summary>
    public bool IsAsked { get; }

    /// <summary>The file to go on from; null for the newest whole one of the folder.</summary>
    public string? Path { get; }

    /// <summary>The step to repeat, from 0; null to go on with all of them.</summary>
    public long? Step { get; }

    /// <summary>Whether one step is repeated and nothing is saved.</summary>
    public bool IsReplay => Step is not null;

    /// <summary>
    /// <c>true</c> goes on from the newest whole checkpoint of the folder, or begins anew where there is none, so that the
    /// same program can be started again and again; <c>false</c> begins anew.
    /// </summary>
    /// <param name="isAsked">Whether to go on.</param>
    public static implicit operator Resume(bool isAsked) => new(isAsked, path: null, step: null);

    /// <summary>Goes on from one file. Later checkpoints of the folder are moved aside.</summary>
    /// <param name="path">A checkpoint that this model wrote.</param>
    /// <returns>What to pass to <c>Fit</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public static Resume From(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new Resume(isAsked: true, path, step: null);
    }

    /// <summary>
    /// Goes from a checkpoint through one step and ends there. A debugger that is attached stops before that step. Nothing
    /// is saved.
    /// </summary>
    /// <param name="path">A checkpoint that was made before the step, the nearer the quicker.</param>
    /// <param name="step">The step, from 0, as messages about it name it.</param>
    /// <returns>What to pass to <c>Fit</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public static Resume Replay(string path, long step)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return new Resume(isAsked: true, path, step);
    }
}
