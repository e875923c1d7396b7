using LoopGen.EndToEnd.Tests.Debugging;
using LoopGen.EndToEnd.Tests.Documentation;
using LoopGen.EndToEnd.Tests.Infrastructure;
using LoopGen.Generators.Tests.Documentation;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>
/// From an empty folder, with the packages in a local feed and nothing else of LoopGen, to a loop of one's own: as
/// <c>docs/tour.md</c> says, command by command.
/// </summary>
public sealed class TourTests(Workspace workspace) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("loopgen-tour-").FullName;
    private readonly string home = Directory.CreateTempSubdirectory("loopgen-tour-home-").FullName;

    [Fact]
    public async Task It_goes_as_the_page_says()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The page's commands are for bash.");
        await workspace.PackTemplates();
        await workspace.PackTool();
        this.KeepSources();
        var isWalked = false;
        var shell = new Shell(this.folder, this.home, workspace.Cache);
        var reader = new Reader(shell, ("/path/to/feed", workspace.Feed), ("0.1.0", workspace.Version));
        foreach (var (heading, blocks) in MarkdownPage.Read("docs/tour.md").Sections)
        {
            await reader.Follow(blocks);
            if (heading == "3. Step through it")
            {
                Walk(shell.Folder);
                isWalked = true;
            }
        }

        Assert.True(isWalked);

        // What the program trains with is the changed file: there is no other Fit.
        var project = TrialProject.Open(shell.Folder);
        Assert.DoesNotContain("Spirals.SpiralClassifier.Fit.g.cs", project.EmittedFiles);
        Assert.Contains("Spirals.SpiralClassifier.Evaluate.g.cs", project.EmittedFiles);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Directory.Delete(this.folder, recursive: true);
        Directory.Delete(this.home, recursive: true);
    }

    private static void Walk(string folder)
    {
        var project = TrialProject.Open(folder);
        LoopWalk.Take(
            DotNet.StartInfo(folder, project.Assembly),
            project.Assembly,
            project.PathOf("Program.cs"),
            Path.Combine(project.EmittedFolder, "Spirals.SpiralClassifier.Fit.g.cs"),
            model: "SpiralClassifier.cs",
            lastWords: "Accuracy on 600 points");
    }

    // Where this machine gets its packages from, if a file of its user says so.
    private void KeepSources()
    {
        var settings = Path.Combine(".nuget", "NuGet", "NuGet.Config");
        var own = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), settings);
        if (File.Exists(own))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(this.home, settings))!);
            File.Copy(own, Path.Combine(this.home, settings));
        }
    }
}
