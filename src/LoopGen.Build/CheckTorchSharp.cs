using System.Reflection;
using Microsoft.Build.Framework;

namespace LoopGen.Build;

/// <summary>
/// MSBuild task: warns of a project whose TorchSharp is missing or of another release than LoopGen was made for. The
/// compiler's own errors, of a type or a parameter that it does not find in an emitted file, would not say why.
/// </summary>
public sealed class CheckTorchSharp : Microsoft.Build.Utilities.Task
{
    /// <summary>The release that LoopGen is made for, and names as its dependency.</summary>
    internal static readonly Version Supported = new(0, 107, 0);

    private const string TorchSharp = "TorchSharp";

    /// <summary>The assemblies that the compiler will see.</summary>
    [Required]
    public ITaskItem[] References { get; set; } = [];

    /// <summary>The project file, which the warnings name.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        // A project that got the targets from one that it references, but no library, has no models.
        if (this.References.Find("LoopGen") is null)
        {
            return true;
        }

        var path = this.References.Find(TorchSharp);
        if (path is null)
        {
            this.Log.Warn(
                BuildDiagnostics.NoTorchSharp, this.Project,
                "This project references LoopGen and not TorchSharp, which models and loops are made of: reference the package TorchSharp {0}, and exclude none of its assets.",
                Supported);
            return true;
        }

        // Releases that differ in the third number alone keep what they have.
        var version = AssemblyName.GetAssemblyName(path).Version;
        if (version.Major != Supported.Major || version.Minor != Supported.Minor)
        {
            this.Log.Warn(
                BuildDiagnostics.OtherTorchSharp, this.Project,
                "LoopGen was made for TorchSharp {0}, and this project references {1}: its loops may not compile, or train differently. Reference TorchSharp {0}.",
                Supported, version.ToString(3));
        }

        return true;
    }
}
