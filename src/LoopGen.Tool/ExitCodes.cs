namespace LoopGen.Tool;

/// <summary>What the tool ends with.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary><c>diff</c> found something.</summary>
    public const int Different = 1;

    /// <summary>What was asked for does not exist or cannot be done.</summary>
    public const int Refused = 2;

    /// <summary>The project cannot be read.</summary>
    public const int NoProject = 3;
}
