namespace LoopGen.Tool;

/// <summary>Something that the user of the tool can mend; the message says what.</summary>
internal sealed class ToolException(string message, int exitCode = ExitCodes.Refused) : Exception(message)
{
    /// <summary>What the tool ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
