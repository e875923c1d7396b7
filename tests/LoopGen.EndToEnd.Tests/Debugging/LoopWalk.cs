using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace LoopGen.EndToEnd.Tests.Debugging;

/// <summary>
/// A debugger's way from the call of <c>Fit</c> into the emitted loop, through the first batch, into <c>forward</c> and back.
/// </summary>
internal static class LoopWalk
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Walks, and then lets the program run to its end.</summary>
    /// <param name="start">How the program is started.</param>
    /// <param name="assembly">The program, whose PDB lies beside it.</param>
    /// <param name="program">The source file with the call.</param>
    /// <param name="loop">The emitted file.</param>
    /// <param name="model">The name of the source file with <c>forward</c>.</param>
    /// <param name="lastWords">What the program writes at its end.</param>
    public static void Take(ProcessStartInfo start, string assembly, string program, string loop, string model, string lastWords)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "The stepper knows the debugging library of Linux x64 only.");

        var lines = File.ReadAllLines(loop);
        var steps = Enumerable.Range(1, 5).Select(step => LineWith(lines, $"// {step}. ") + 1).ToArray();
        var fit = LineWith(File.ReadAllLines(program), "model.Fit(");
        var (programName, loopName) = (Path.GetFileName(program), Path.GetFileName(loop));
        var isUpdated = false;

        using var debuggee = Debuggee.Start(start, Limit);
        var runtime = debuggee.FindRuntime();
        Assert.SkipWhen(runtime is null, "This process may not look into another: debugging is forbidden here.");

        // One line beyond the last of the five: the weights were updated.
        using var stepper = new Stepper(assembly, programName, fit, stop =>
        {
            var isBeyond = isUpdated && !IsIn(stop, loopName, steps[4]);
            isUpdated |= IsIn(stop, loopName, steps[4]);
            return isBeyond;
        });
        var stops = WalkOrKill(stepper, debuggee, runtime.Value);

        // Where each came first, in this order: the call, the loop, the five steps with forward within the second.
        var path = new[]
        {
            First(stop => IsIn(stop, programName, fit)),
            First(stop => IsIn(stop, loopName)),
            First(stop => IsIn(stop, loopName, steps[0])),
            First(stop => IsIn(stop, loopName, steps[1])),
            First(stop => IsIn(stop, model) && stop.Method == "forward"),
            stops.FindLastIndex(stop => IsIn(stop, model)),
            First(stop => IsIn(stop, loopName, steps[2])),
            First(stop => IsIn(stop, loopName, steps[3])),
            First(stop => IsIn(stop, loopName, steps[4])),
        };
        Assert.DoesNotContain(-1, path);
        Assert.Equal(path.Order(), path);

        // Nothing but the user's own code: the call, the loop, the model.
        Assert.All(stops, stop => Assert.Contains(Path.GetFileName(stop.File), new[] { programName, loopName, model }));

        // The locals by name: no loss before the line that computes it, one after.
        Assert.Equal("null", stops[First(stop => IsIn(stop, loopName, steps[2]))].Locals["loss"]);
        var backward = stops[First(stop => IsIn(stop, loopName, steps[3]))].Locals;
        Assert.Equal("Tensor", backward["loss"]);
        Assert.Equal("Tensor", backward["output"]);
        Assert.Equal("1", backward["epoch"]);

        // Left alone, it trains to its end.
        Assert.True(stepper.WaitForExit(Limit), debuggee.Output);
        Assert.True(debuggee.Writes(lastWords, Limit), debuggee.Output);
        TestContext.Current.SendDiagnosticMessage($"The debugger walked {stops.Count} steps.");

        int First(Predicate<Stop> condition) => stops.FindIndex(condition);
    }

    // A program that stays halted would keep the stepper waiting for its end.
    private static List<Stop> WalkOrKill(Stepper stepper, Debuggee debuggee, (string Folder, nint Address) runtime)
    {
        try
        {
            return [.. stepper.Walk(debuggee.Id, runtime, Limit)];
        }
        catch
        {
            debuggee.Kill();
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
}
