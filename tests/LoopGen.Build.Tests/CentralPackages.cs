using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace LoopGen.Build.Tests;

/// <summary>The one list of package versions in the repository.</summary>
internal static class CentralPackages
{
    public static string VersionOf(string package, [CallerFilePath] string file = "")
        => XDocument.Load(Path.Combine(Path.GetDirectoryName(file)!, "../../Directory.Packages.props")).Descendants("PackageVersion")
            .Single(element => element.Attribute("Include")!.Value == package).Attribute("Version")!.Value;
}
