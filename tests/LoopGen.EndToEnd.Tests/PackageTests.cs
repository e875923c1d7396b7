using System.Globalization;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Xml.Linq;
using LoopGen.EndToEnd.Tests.Infrastructure;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>What the package holds.</summary>
public sealed class PackageTests(Workspace workspace)
{
    [Fact]
    public void It_holds_the_library_the_generator_the_fixes_the_task_and_the_targets()
    {
        using var package = ZipFile.OpenRead(workspace.Package);
        string[] envelope = ["_rels/", "package/", "[Content_Types].xml"];
        var entries = package.Entries.Select(entry => entry.FullName)
            .Where(name => !envelope.Any(part => name.StartsWith(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "LoopGen.nuspec",
                "README.md",
                "analyzers/dotnet/cs/LoopGen.CodeFixes.dll",
                "analyzers/dotnet/cs/LoopGen.Generators.dll",
                "build/LoopGen.props",
                "build/LoopGen.targets",
                "buildTransitive/LoopGen.props",
                "buildTransitive/LoopGen.targets",
                "icon.png",
                "lib/net8.0/LoopGen.dll",
                "lib/net8.0/LoopGen.xml",
                "tasks/netstandard2.0/LoopGen.Build.dll",
            ],
            entries);
    }

    [Fact]
    public void It_depends_on_TorchSharp_alone()
    {
        var dependency = Assert.Single(Nuspec().Descendants(), element => element.Name.LocalName == "dependency");

        Assert.Equal("TorchSharp", dependency.Attribute("id")!.Value);
        Assert.Equal(Repository.VersionOf("TorchSharp"), dependency.Attribute("version")!.Value);
    }

    [Fact]
    public void It_says_whose_it_is_and_under_which_licence()
    {
        var metadata = Nuspec().Root!.Elements().Single().Elements().ToLookup(element => element.Name.LocalName);

        Assert.Equal("MIT", Assert.Single(metadata["license"]).Value);
        Assert.Equal("README.md", Assert.Single(metadata["readme"]).Value);
        Assert.Equal("icon.png", Assert.Single(metadata["icon"]).Value);
        Assert.Equal("https://github.com/loopgen/loopgen", Assert.Single(metadata["projectUrl"]).Value);
        var repository = Assert.Single(metadata["repository"]);
        Assert.Equal("https://github.com/loopgen/loopgen", repository.Attribute("url")!.Value);
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")!.Value);

        // The library is needed at run time.
        Assert.Empty(metadata["developmentDependency"]);
    }

    [Theory]
    [InlineData("analyzers/dotnet/cs/LoopGen.Generators.dll", "netstandard", "Microsoft.CodeAnalysis", "System.Collections.Immutable", "System.Memory")]
    [InlineData("analyzers/dotnet/cs/LoopGen.CodeFixes.dll", "netstandard", "Microsoft.CodeAnalysis", "System.Collections.Immutable", "System.Memory", "System.Composition", "LoopGen.Generators")]
    [InlineData("tasks/netstandard2.0/LoopGen.Build.dll", "netstandard", "Microsoft.Build", "System.Memory")]
    public void What_the_compiler_and_the_build_load_needs_nothing_that_they_do_not_bring(string entry, params string[] allowed)
    {
        using var package = ZipFile.OpenRead(workspace.Package);
        using var file = package.GetEntry(entry)!.Open();
        var bytes = new MemoryStream();
        file.CopyTo(bytes);
        bytes.Position = 0;
        using var assembly = new PEReader(bytes);
        var metadata = assembly.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));

        Assert.All(references, name => Assert.Contains(allowed, prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Packing_again_gives_the_same_file()
    {
        var folder = workspace.PathOf("packed-again");
        await workspace.Pack(folder);

        Assert.Equal(
            Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(workspace.Package))),
            Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, Path.GetFileName(workspace.Package))))));
    }

    [Fact]
    public async Task Its_time_is_that_of_the_commit()
    {
        Assert.SkipUnless(Repository.Git("status", "--porcelain") is "", "A changed checkout is packed with the time of packing.");
        var folder = workspace.PathOf("packed-as-committed");
        await workspace.Pack(folder, time: null);

        var committed = DateTimeOffset.FromUnixTimeSeconds(long.Parse(Repository.Git("log", "-1", "--format=%ct")!, CultureInfo.InvariantCulture));
        using var package = ZipFile.OpenRead(Path.Combine(folder, Path.GetFileName(workspace.Package)));
        Assert.All(package.Entries, entry => Assert.InRange(committed.UtcDateTime - entry.LastWriteTime.DateTime, TimeSpan.Zero, TimeSpan.FromSeconds(2)));
    }

    private XDocument Nuspec()
    {
        using var package = ZipFile.OpenRead(workspace.Package);
        using var nuspec = package.GetEntry("LoopGen.nuspec")!.Open();
        return XDocument.Load(nuspec);
    }
}
