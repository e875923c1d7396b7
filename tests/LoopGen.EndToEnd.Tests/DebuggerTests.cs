using System.Runtime.InteropServices;
using LoopGen.EndToEnd.Tests.Debugging;
using LoopGen.EndToEnd.Tests.Infrastructure;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>A debugger walks from <c>Main</c> into the emitted loop and through one batch.</summary>
public sealed class DebuggerTests(Workspace workspace)
{
    private const string Loop = "Trial.Net.Fit.g.cs";
    private const string Model = "Net.cs";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public void It_steps_into_Fit_through_the_five_steps_into_forward_and_back()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "The stepper knows the debugging library of Linux x64 only.");

        var loop = File.ReadAllLines(Path.Combine(workspace.App.EmittedFolder, Loop));
        var steps = Enumerable.Range(1, 5).Select(step => LineBelow(loop, $"// {step}. ")).ToArray();
        var fit = LineWith(File.ReadAllLines(workspace.App.PathOf("Program.cs")), "model.Fit(");
        var isUpdated = false;

        using var program = Debuggee.Start(DotNet.StartInfo(workspace.App.Folder, workspace.App.Assembly, "debug"), "waiting", Limit);
        var runtime = program.FindRuntime();
        Assert.SkipWhen(runtime is null, "This process may not look into another: debugging is forbidden here.");

        // One line beyond the last of the five: the weights were updated.
        using var stepper = new Stepper(workspace.App.Assembly, "Program.cs", fit, stop =>
        {
            var isBeyond = isUpdated && !IsIn(stop, Loop, steps[4]);
            isUpdated |= IsIn(stop, Loop, steps[4]);
            return isBeyond;
        });
        var stops = WalkOrKill(stepper, program, runtime.Value);

        // Where each came first, in this order: the call, the loop, the five steps with forward within the second.
        var path = new[]
        {
            First(stop => IsIn(stop, "Program.cs", fit)),
            First(stop => IsIn(stop, Loop)),
            First(stop => IsIn(stop, Loop, steps[0])),
            First(stop => IsIn(stop, Loop, steps[1])),
            First(stop => IsIn(stop, Model) && stop.Method == "forward"),
            stops.FindLastIndex(stop => IsIn(stop, Model)),
            First(stop => IsIn(stop, Loop, steps[2])),
            First(stop => IsIn(stop, Loop, steps[3])),
            First(stop => IsIn(stop, Loop, steps[4])),
        };
        Assert.DoesNotContain(-1, path);
        Assert.Equal(path.Order(), path);

        // Nothing but the user's own code: the call, the loop, the model.
        Assert.All(stops, stop => Assert.Contains(Path.GetFileName(stop.File), new[] { "Program.cs", Loop, Model }));

        // The locals by name: no loss before the line that computes it, one after.
        Assert.Equal("null", stops[First(stop => IsIn(stop, Loop, steps[2]))].Locals["loss"]);
        var backward = stops[First(stop => IsIn(stop, Loop, steps[3]))].Locals;
        Assert.Equal("Tensor", backward["loss"]);
        Assert.Equal("Tensor", backward["output"]);
        Assert.Equal("1", backward["epoch"]);

        // Left alone, it trains to its end.
        Assert.True(stepper.WaitForExit(Limit), program.Output);
        Assert.True(program.Writes("weights: ", Limit), program.Output);

        int First(Predicate<Stop> condition) => stops.FindIndex(condition);
    }

    // A program that stays halted would keep the stepper waiting for its end.
    private static List<Stop> WalkOrKill(Stepper stepper, Debuggee program, (string Folder, nint Address) runtime)
    {
        try
        {
            return [.. stepper.Walk(program.Id, runtime, Limit)];
        }
        catch
        {
            program.Kill();
            throw;
        }
    }

    private static bool IsIn(Stop stop, string file, int? line = null)
        => Path.GetFileName(stop.File) == file && (line is null || stop.Line == line);

    private static int LineWith(string[] lines, string text)
    {
        var index = Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal));
        Assert.True(index >= 0, $"No line has '{text}'.");
        return index + 1;
    }

    private static int LineBelow(string[] lines, string comment) => LineWith(lines, comment) + 1;
}
