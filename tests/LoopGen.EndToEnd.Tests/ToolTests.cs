using System.Text.RegularExpressions;
using LoopGen.EndToEnd.Tests.Infrastructure;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>The tool, packed and installed from a folder, on a project that knows nothing but the package.</summary>
public sealed class ToolTests(Workspace workspace)
{
    [Fact]
    public async Task It_lists_shows_explains_ejects_and_compares()
    {
        var loopgen = await InstallAsync();
        var project = TrialProject.Create(workspace.PathOf("Tooled"), "App", "App.csproj", "Program.cs", "Net.cs");

        var list = (await loopgen("list")).Succeeded();
        Assert.Contains("Trial.Net  Net.cs:9", list.Output);
        Assert.Contains("AdamW (learning rate 0.01), cross-entropy, accuracy.", list.Output);

        // What is shown is what a build emits.
        var emitted = await File.ReadAllTextAsync(Path.Combine(workspace.App.EmittedFolder, "Trial.Net.Fit.g.cs"), TestContext.Current.CancellationToken);
        Assert.Contains(emitted, (await loopgen("show", "Net", "fit")).Succeeded().Output);

        var page = (await loopgen("explain", "Net")).Succeeded().Output;
        Assert.Contains("How Net is trained", page);
        Assert.Contains("- accuracy: over all targets of the epoch together", page);

        Assert.Equal(["App.csproj", "Net.cs", "Program.cs"], Directory.GetFiles(project.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        Assert.Contains("wrote Net.Fit.cs", (await loopgen("eject", "Net", "Fit")).Succeeded().Output);
        project.Edit("Net.Fit.cs", @"(?<=\n)( +)var history = .*\n", "$0$1global::System.Console.WriteLine(\"loop: my own\");\n");

        var diff = (await loopgen("diff", "Net")).EndedWith(1).Output;
        Assert.Equal(["+    global::System.Console.WriteLine(\"loop: my own\");"], Regex.Matches(diff, @"^[+-] .*$", RegexOptions.Multiline).Select(match => match.Value));

        Assert.Contains(" 0 Warning(s)", (await project.Build()).Succeeded().Output);
        var run = (await project.Run()).Succeeded();
        Assert.DoesNotContain("Trial.Net.Fit.g.cs", project.EmittedFiles);
        Assert.Equal("my own", run.Value("loop"));
        Assert.Equal((await workspace.App.Run()).Succeeded().Value("weights"), run.Value("weights"));
    }

    private delegate Task<CommandResult> Tool(params string[] arguments);

    private async Task<Tool> InstallAsync()
    {
        var folder = workspace.PathOf("tool");
        await workspace.PackTool();
        (await DotNet.Run(
            workspace.PathOf(), "tool", "install", "LoopGen.Tool", "--tool-path", folder, "--version", workspace.Version, "--add-source", workspace.Feed)).Succeeded();
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "loopgen.exe" : "loopgen");
        return arguments => DotNet.RunTool(program, workspace.PathOf("Tooled"), arguments);
    }
}
