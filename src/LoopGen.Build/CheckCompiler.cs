using Microsoft.Build.Framework;

namespace LoopGen.Build;

/// <summary>
/// MSBuild task: warns of a compiler that is older than the generator. It would not load it, and what followed were errors
/// of methods that are not there.
/// </summary>
public sealed class CheckCompiler : Microsoft.Build.Utilities.Task
{
    /// <summary>The oldest compiler that loads the generator.</summary>
    internal static readonly Version Oldest = new(4, 8, 0);

    private const string Prefix = "roslyn";

    /// <summary>The assemblies that the compiler will see.</summary>
    [Required]
    public ITaskItem[] References { get; set; } = [];

    /// <summary>
    /// MSBuild's <c>CompilerApiVersion</c>, such as <c>roslyn4.8</c>: that of the SDK's compiler, or of the one in a
    /// Microsoft.Net.Compilers.Toolset. Nothing is said of one that is not known.
    /// </summary>
    public string CompilerApiVersion { get; set; } = "";

    /// <summary>The project file, which the warning names.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        // A project that got the targets from one that it references, but no library, has no models.
        if (this.References.Find("LoopGen") is not null
            && this.CompilerApiVersion.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && Version.TryParse(this.CompilerApiVersion.Substring(Prefix.Length), out var version)
            && version < new Version(Oldest.Major, Oldest.Minor))
        {
            this.Log.Warn(
                BuildDiagnostics.OldCompiler, this.Project,
                "This project is compiled by Roslyn {0}, which does not load LoopGen's generator: no loop is written. Build with the .NET 8 SDK, Visual Studio 2022 17.8 (Roslyn {1}) or newer, and reference no older Microsoft.Net.Compilers.Toolset.",
                version, Oldest.ToString(2));
        }

        return true;
    }
}
