using System.Globalization;
using System.Security.Cryptography;
using LoopGen.EndToEnd.Tests.Infrastructure;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>A project that references the package builds and trains.</summary>
public sealed class TrainingTests(Workspace workspace)
{
    private const string NativeFile = "libLibTorchSharp.so";

    [Fact]
    public void It_builds_without_a_warning() => Assert.Contains(" 0 Warning(s)", workspace.AppBuild.Output);

    [Fact]
    public async Task It_trains()
    {
        var run = (await workspace.App.Run()).Succeeded();

        Assert.Contains("Epoch 3/3", run.Output);
        Assert.InRange(Number(run, "last loss"), 0, 0.9 * Number(run, "first loss"));
    }

    [Fact]
    public void The_native_library_is_the_relaxed_one_and_the_one_in_the_cache_is_as_it_came()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only the build for Linux has this file.");
        var package = Path.Combine(workspace.Cache, "torchsharp", Repository.VersionOf("TorchSharp"));
        var original = Path.Combine(package, "runtimes", "linux-x64", "native", NativeFile);
        var output = Path.GetDirectoryName(workspace.App.Assembly)!;
        var used = Assert.Single(Directory.GetFiles(output, NativeFile, SearchOption.AllDirectories));
        var relaxed = Path.Combine(workspace.App.Folder, "obj", "Debug", Workspace.Framework, "loopgen", "native", "linux-x64", NativeFile);

        Assert.Contains("LoopGen: TorchSharp's libLibTorchSharp.so (linux-x64) goes into the output as a copy", workspace.AppBuild.Output);
        Assert.Equal(Hash(relaxed), Hash(used));
        Assert.NotEqual(Hash(original), Hash(used));

        // The package itself, from which NuGet unpacked the file.
        using var archive = System.IO.Compression.ZipFile.OpenRead(
            Path.Combine(package, $"torchsharp.{Repository.VersionOf("TorchSharp")}.nupkg"));
        using var packed = archive.GetEntry($"runtimes/linux-x64/native/{NativeFile}")!.Open();
        Assert.Equal(Convert.ToHexString(SHA256.HashData(packed)), Hash(original));
    }

    [Fact]
    public async Task It_trains_through_a_library_in_between()
    {
        var app = TrialProject.Create(workspace.PathOf("Between", "App"), "App", "AppOfModels.csproj", "Program.cs");
        TrialProject.Create(workspace.PathOf("Between", "Models"), "Models", "Models.csproj", "Net.cs");

        Assert.Contains(" 0 Warning(s)", (await app.Build()).Succeeded().Output);
        var run = (await app.Run()).Succeeded();

        Assert.Equal(workspace.Weights, run.Value("weights"));
    }

    [Fact]
    public async Task An_exception_in_forward_names_the_line_of_the_emitted_loop()
    {
        var run = (await workspace.App.Run("fail")).EndedWith(1);

        var file = Path.Combine(workspace.App.EmittedFolder, "Trial.Net.Fit.g.cs");
        var line = 1 + Array.FindIndex(File.ReadAllLines(file), line => line.Contains("this.call(", StringComparison.Ordinal));
        Assert.True(line > 0);
        Assert.Contains("forward was told to fail", run.Output);
        Assert.Contains($" in {file}:line {line}", run.Output);
    }

    [Fact]
    public async Task Taken_over_it_trains_to_the_same_bits()
    {
        var project = TrialProject.Create(workspace.PathOf("Owner"), "App", "App.csproj", "Program.cs", "Net.cs");
        var emitted = await File.ReadAllLinesAsync(
            Path.Combine(workspace.App.EmittedFolder, "Trial.Net.Fit.g.cs"), TestContext.Current.CancellationToken);
        var owned = emitted.SkipWhile(line => line.StartsWith("//", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(project.PathOf("Net.Fit.cs"), owned, TestContext.Current.CancellationToken);

        Assert.Contains(" 0 Warning(s)", (await project.Build()).Succeeded().Output);
        var run = (await project.Run()).Succeeded();

        Assert.DoesNotContain("Trial.Net.Fit.g.cs", project.EmittedFiles);
        Assert.Contains("Trial.Net.Evaluate.g.cs", project.EmittedFiles);
        Assert.Equal(workspace.Weights, run.Value("weights"));
    }

    private static double Number(CommandResult run, string label) => double.Parse(run.Value(label), CultureInfo.InvariantCulture);

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }
}
