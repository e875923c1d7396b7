using System.Diagnostics;
using System.Runtime.InteropServices;
using LoopGen.CrashDrill;

namespace LoopGen.Examples.Tests;

/// <summary>Processes that are killed or asked to end.</summary>
public sealed class CrashTests
{
    /// <summary>A few for every build; <c>dotnet run --project tests/LoopGen.CrashDrill -c Release -- 200</c> for more.</summary>
    [Fact]
    public void KilledTrainingsEndBitForBitLikeOneThatWasNot()
    {
        var output = new StringWriter();
        var (kills, _, different) = Drill.Run(kills: 8, seed: Environment.TickCount, output);
        Assert.True(kills >= 8, output.ToString());
        Assert.True(different == 0, output.ToString());
    }

    [Fact]
    public void SigtermFinishesTheStepAndEndsWith143()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signal to send to another process.");
        var folder = Directory.CreateTempSubdirectory("loopgen-signal-").FullName;
        try
        {
            var result = Path.Combine(folder, "result");
            using (var process = Process.Start(new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "LoopGen.CrashDrill"), ["train", Path.Combine(folder, "a"), result, "slow"])
            {
                RedirectStandardOutput = true,
            })!)
            {
                Assert.Equal(Program.Started, process.StandardOutput.ReadLine());
                Assert.Equal(0, Kill(process.Id, 15));
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                Assert.Equal(143, process.ExitCode);
            }

            // Fit returned, and what it had by then is the beginning of the whole training.
            var half = File.ReadAllBytes(result);
            var whole = Trainee.Train(Path.Combine(folder, "b"));
            Assert.True(half.Length < whole.Length);
            Assert.Equal(whole, Trainee.Train(Path.Combine(folder, "a")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
