using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace LoopGen.EndToEnd.Tests.Infrastructure;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>How these tests, and with them what is packed, were built: <c>Debug</c> or <c>Release</c>.</summary>
    public static string Configuration { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Configuration").Value!;

    /// <summary>The version that the repository uses of a package.</summary>
    public static string VersionOf(string package)
        => XDocument.Load(Path.Combine(Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(element => element.Attribute("Include")!.Value == package).Attribute("Version")!.Value;

    /// <summary>The full path of a file of <c>Projects</c>.</summary>
    public static string ProjectPart(string name)
        => Path.Combine(Root, "tests", "LoopGen.EndToEnd.Tests", "Projects", name);

    private static string FindRoot([CallerFilePath] string file = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
