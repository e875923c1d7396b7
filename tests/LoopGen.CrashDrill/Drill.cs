using System.Diagnostics;
using System.Globalization;

namespace LoopGen.CrashDrill;

/// <summary>Kills trainings at random moments, lets them go on, and compares how they end with one that was never killed.</summary>
public static class Drill
{
    /// <summary>Runs it.</summary>
    /// <param name="kills">How many processes to kill at least.</param>
    /// <param name="seed">What the moments depend on.</param>
    /// <param name="output">Where it tells how it goes.</param>
    /// <returns>How many were killed, in how many trainings, and how many of these ended differently.</returns>
    public static (int Kills, int Trainings, int Different) Run(int kills, int seed, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var root = Directory.CreateTempSubdirectory("loopgen-drill-").FullName;
        try
        {
            var expected = Trainee.Train(Path.Combine(root, "reference"));
            var random = new Random(seed);
            var (killed, trainings, different) = (0, 0, 0);
            while (killed < kills)
            {
                trainings++;
                var folder = Path.Combine(root, trainings.ToString(CultureInfo.InvariantCulture));
                var result = folder + ".result";
                var inThis = 0;

                // The last of the kills asked for ends the killing, and the training goes on to its end.
                while (!StartAndKill(folder, result, killed < kills ? random.Next(0, 250) : null))
                {
                    killed++;
                    inThis++;
                }

                var isEqual = File.ReadAllBytes(result).AsSpan().SequenceEqual(expected);
                different += isEqual ? 0 : 1;
                output.WriteLine($"training {trainings}: killed {inThis} times, ended {(isEqual ? "bit for bit alike" : "DIFFERENTLY")}");
                Directory.Delete(folder, recursive: true);
            }

            return (killed, trainings, different);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Whether the training came to its end.</summary>
    private static bool StartAndKill(string folder, string result, int? afterMilliseconds)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };

        // Run as `dotnet X.dll`, by a test for instance, the process is the host.
        if (!Path.GetFileNameWithoutExtension(start.FileName).Equals("LoopGen.CrashDrill", StringComparison.Ordinal))
        {
            start.FileName = Path.Combine(AppContext.BaseDirectory, "LoopGen.CrashDrill" + (OperatingSystem.IsWindows() ? ".exe" : string.Empty));
        }

        start.ArgumentList.Add("train");
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(result);
        using var process = Process.Start(start)!;

        // Loading libtorch takes longer than the training: counted from its first batch, every moment of it is met.
        var line = process.StandardOutput.ReadLine();
        if (afterMilliseconds is { } delay && line == Program.Started)
        {
            Thread.Sleep(delay);
            process.Kill();
        }

        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? File.Exists(result)
            : OperatingSystem.IsWindows() || process.ExitCode == 137
                ? false
                : throw new InvalidOperationException($"The training ended by itself with exit code {process.ExitCode}.");
    }
}
