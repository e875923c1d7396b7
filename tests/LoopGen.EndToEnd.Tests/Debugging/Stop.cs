namespace LoopGen.EndToEnd.Tests.Debugging;

/// <summary>Where a program stopped, and what its locals held there.</summary>
internal sealed record Stop(string File, int Line, string Method, IReadOnlyDictionary<string, string> Locals)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path.GetFileName(this.File)}:{this.Line} in {this.Method}";
}
