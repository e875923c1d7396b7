using LoopGen.EndToEnd.Tests.Debugging;
using LoopGen.EndToEnd.Tests.Infrastructure;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>A debugger walks from <c>Main</c> into the emitted loop and through one batch.</summary>
public sealed class DebuggerTests(Workspace workspace)
{
    [Fact]
    public void It_steps_into_Fit_through_the_five_steps_into_forward_and_back() => LoopWalk.Take(
        DotNet.StartInfo(workspace.App.Folder, workspace.App.Assembly),
        workspace.App.Assembly,
        workspace.App.PathOf("Program.cs"),
        Path.Combine(workspace.App.EmittedFolder, "Trial.Net.Fit.g.cs"),
        model: "Net.cs",
        lastWords: "weights: ");
}
