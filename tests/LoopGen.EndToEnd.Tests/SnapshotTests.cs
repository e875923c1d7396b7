using LoopGen.EndToEnd.Tests.Infrastructure;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>A project that has its loops under version control.</summary>
public sealed class SnapshotTests(Workspace workspace)
{
    private const string Verify = "-p:ContinuousIntegrationBuild=true";

    private static readonly string[] Parts = ["Batch", "Evaluate", "Fit", "Predict", "Types"];

    [Fact]
    public async Task A_build_writes_them_and_continuous_integration_verifies_them()
    {
        var project = Create("Snapshots");
        var fit = project.PathOf("Loops/Trial.Net.Fit.g.cs");
        Assert.Contains("LoopGen: wrote to 'Loops': Trial.Net.Batch.g.cs, ", (await project.Build()).Succeeded().Output);
        Assert.Equal(FilesOf("Net"), Snapshots(project));
        Assert.Equal(await ReadAsync(Path.Combine(project.EmittedFolder, "Trial.Net.Fit.g.cs")), await ReadAsync(fit));

        // As a checkout on Windows has it.
        await File.WriteAllTextAsync(fit, "\uFEFF" + (await ReadAsync(fit)).ReplaceLineEndings("\r\n"), TestContext.Current.CancellationToken);
        Assert.Contains(" 0 Warning(s)", (await project.Build("--no-restore", Verify)).Succeeded().Output);

        // One argument of one attribute. The compiler runs now, with the snapshots among the sources: they are none.
        project.Edit("Net.cs", "LearningRate = 1e-2", "LearningRate = 5e-3");
        var line = 1 + Array.FindIndex(await File.ReadAllLinesAsync(fit, TestContext.Current.CancellationToken), text => text.Contains("(learning rate 0.01)", StringComparison.Ordinal));
        AssertDiffers((await project.Build("--no-restore", "-p:CI=true")).EndedWith(1));

        // The compiler has nothing to do now; the difference is still there.
        var idle = (await project.Build("--no-restore", Verify)).EndedWith(1);
        AssertDiffers(idle);
        Assert.DoesNotContain("Models.dll", idle.Output);

        Assert.Contains("LoopGen: wrote to 'Loops': ", (await project.Build("--no-restore", "-p:LoopGenSnapshots=Update")).Succeeded().Output);
        Assert.DoesNotContain("LoopGen: ", (await project.Build("--no-restore", Verify)).Succeeded().Output);

        void AssertDiffers(CommandResult build)
        {
            Assert.True(line > 0);
            Assert.Contains($"{fit}({line}): error LG9001: What LoopGen writes differs from this snapshot, from this line on. To accept it, run 'dotnet build Models.csproj -p:LoopGenSnapshots=Update' and commit the folder.", build.Output);
            Assert.Matches(@"\n +- .*learningRate = 0\.01.*\n +\+ .*learningRate = 0\.005", build.Output);
        }
    }

    [Fact]
    public async Task A_renamed_model_is_reported_and_Off_leaves_everything_as_it_is()
    {
        var project = Create("RenamedSnapshots");
        (await project.Build()).Succeeded();
        project.Edit("Net.cs", @"\bNet\b", "Classifier");

        (await project.Build("--no-restore", "-p:LoopGenSnapshots=Off")).Succeeded();
        Assert.Equal(FilesOf("Net"), Snapshots(project));
        var unknown = (await project.Build("--no-restore", "-p:LoopGenSnapshots=Accept")).EndedWith(1);
        Assert.Contains("Models.csproj : error LG9002: LoopGenSnapshots is 'Accept': set it to Update, Verify or Off", unknown.Output);

        var verify = (await project.Build("--no-restore", Verify)).EndedWith(1);
        Assert.Contains($"error LG9001: LoopGen writes files that have no snapshot in 'Loops': {string.Join(", ", FilesOf("Classifier"))}. ", verify.Output);
        Assert.Contains($"of files that LoopGen no longer writes, because their model was renamed or removed or its loop taken over: {string.Join(", ", FilesOf("Net"))}. ", verify.Output);
        Assert.Equal(FilesOf("Net"), Snapshots(project));

        // Somebody cleared the folder under obj: the files are written anew, not taken for removed.
        Directory.Delete(project.PathOf("obj/Debug/net10.0/generated"), recursive: true);
        (await project.Build("--no-restore")).Succeeded();
        Assert.Equal(FilesOf("Classifier"), Snapshots(project));
    }

    [Fact]
    public async Task Each_of_several_frameworks_has_its_folder()
    {
        var project = Create("FrameworkSnapshots", "<TargetFramework></TargetFramework><TargetFrameworks>net8.0;net10.0</TargetFrameworks>");
        (await project.Build()).Succeeded();
        Assert.Equal(["net10.0", "net8.0"], Directory.GetFileSystemEntries(project.PathOf("Loops")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(FilesOf("Net"), Snapshots(project, "Loops/net8.0"));
        Assert.Equal(FilesOf("Net"), Snapshots(project, "Loops/net10.0"));
    }

    private static IEnumerable<string> Snapshots(TrialProject project, string folder = "Loops")
        => Directory.GetFiles(project.PathOf(folder)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private static string[] FilesOf(string model) => [.. Parts.Select(part => $"Trial.{model}.{part}.g.cs")];

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    /// <summary>A library: it brings no libtorch and builds quickly.</summary>
    private TrialProject Create(string name, string properties = "")
    {
        var project = TrialProject.Create(workspace.PathOf(name), "Models", "Models.csproj", "Net.cs");
        project.Edit("Models.csproj", "<ItemGroup>", $"<PropertyGroup><LoopGenSnapshotDirectory>Loops</LoopGenSnapshotDirectory>{properties}</PropertyGroup><ItemGroup>");
        return project;
    }
}
