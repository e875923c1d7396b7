using System.Text.RegularExpressions;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>The page about the package, and the one in it.</summary>
internal static partial class PackagePages
{
    // What the program on the package's page uses without declaring it.
    private const string Data = """
        global using static Data;

        using TorchSharp;

        internal static class Data
        {
            internal static readonly torch.Tensor images = null!, labels = null!;
        }
        """;

    /// <summary>The lines of a program of one file name versions that there are.</summary>
    public static void CheckGuide(MarkdownPage page)
    {
        var lines = page.Take("#:package").Split('\n');
        page.AssertAllTaken();

        Assert.Equal([$"#:package LoopGen@{VersionOf("LoopGen")}", $"#:package TorchSharp-cpu@{VersionOf("TorchSharp-cpu")}"], lines);
    }

    /// <summary>It is a program.</summary>
    public static void CheckReadme(MarkdownPage page)
    {
        var program = page.Take("class DigitClassifier");
        page.AssertAllTaken();

        var compilation = TestCompilation.Create(TestCompilation.ImplicitUsings, Data, program);
        var run = GeneratorRun.Of(compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication)));
        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
    }

    /// <summary>The packages that a page names with a version have that version.</summary>
    public static void CheckVersions(MarkdownPage page)
        => Assert.All(NamedVersion().Matches(page.Text), match => Assert.Equal(VersionOf(match.Groups["package"].Value), match.Groups["version"].Value));

    // TorchSharp's packages are all of its version.
    private static string VersionOf(string package) => package switch
    {
        "LoopGen" or "LoopGen.Templates" => LoopGenVersion().Match(MarkdownPage.ReadText("Directory.Build.props")).Groups[1].Value,
        "TorchSharp-cpu" => VersionOf("TorchSharp"),
        _ => PinnedVersion().Matches(MarkdownPage.ReadText("Directory.Packages.props")).Single(match => match.Groups["package"].Value == package).Groups["version"].Value,
    };

    [GeneratedRegex("<Version>([^<]+)</Version>")]
    private static partial Regex LoopGenVersion();

    [GeneratedRegex("<PackageVersion Include=\"(?<package>[^\"]+)\" Version=\"(?<version>[^\"]+)\" />")]
    private static partial Regex PinnedVersion();

    [GeneratedRegex("""<PackageReference Include="(?<package>[^"]+)" Version="(?<version>[^"]+)"|dotnet add package (?<package>\S+) --version (?<version>\S+)|/(?<package>LoopGen\.Templates)\.(?<version>[0-9.]+)\.nupkg""")]
    private static partial Regex NamedVersion();
}
