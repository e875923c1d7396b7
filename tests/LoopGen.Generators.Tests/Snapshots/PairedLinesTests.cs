using System.Runtime.CompilerServices;
using System.Text;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.Snapshots;

/// <summary>Whatever stands beside it, an attribute keeps its lines: a feature that another one swallows is lost in silence.</summary>
public sealed class PairedLinesTests
{
    private static readonly string[] Options =
    [
        "[Schedule(Schedule.Cosine)]", "[Schedule(Schedule.Plateau, Monitor = \"val_loss\")]", "[ClipGradients(Norm = 1, LogNorm = true)]",
        "[GradientNoise]", "[Accumulate(Steps = 2)]", "[Ema]", "[Swa(StartEpoch = 2)]", "[SampleWeights]", "[EarlyStopping(RestoreBest = true)]",
        "[StopOnNaN]", "[DetectAnomaly]", "[Checkpoint(\"a\", Monitor = \"val_loss\", EverySteps = 7, EveryMinutes = 5)]",
        "[Checkpoint(\"a\", SaveOnException = true)]", "[Metric(Metric.MeanAbsoluteError)]",
    ];

    /// <summary>
    /// For every pair, the lines of the loop that the first adds alone and that are not there with the second. Each must be there in
    /// other words (the place is kept in <c>progress</c>, a list has one more item, sums stand in for means), and is accepted with
    /// <c>SNAPSHOT_ACCEPT=1</c> after it was looked at.
    /// </summary>
    [Fact]
    public void Every_line_of_an_attribute_is_there_beside_every_other()
    {
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "PairedLines.verified.txt");
        var none = Lines();
        var text = new StringBuilder();
        foreach (var one in Options)
        {
            var alone = Lines(one).Except(none).ToList();
            Assert.NotEmpty(alone);
            var others = Options.Where(other => NameOf(other) != NameOf(one)).Select(other => (Name: other, Lines: Lines(one, other))).ToList();
            foreach (var line in alone)
            {
                var missing = others.Where(other => !other.Lines.Contains(line)).Select(other => other.Name).ToList();
                if (missing.Count > 0)
                {
                    text.Append($"{one}: {line}\n    not with {string.Join(", ", missing)}\n");
                }
            }
        }

        if (Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1")
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text.ToString());
    }

    // [Ema] and [Swa] exclude each other.
    private static string NameOf(string option) => option.Split('(', ']')[0] is "[Swa" ? "[Ema" : option.Split('(', ']')[0];

    private static HashSet<string> Lines(params string[] options)
    {
        var source = Models.Minimal.Replace(
            "[Compile(Loss = Loss.MSE)]",
            $"[Compile(Loss = Loss.MSE{string.Concat(options.Where(option => option[0] != '[').Select(option => ", " + option))})]{string.Concat(options.Where(option => option[0] == '['))}",
            StringComparison.Ordinal);
        return [.. GeneratorRun.Of(source).Files["Line.Fit.g.cs"].Split('\n').SkipWhile(line => !line.Contains(" Fit(", StringComparison.Ordinal)).TakeWhile(line => !line.Contains("return run.End(", StringComparison.Ordinal)).Select(line => line.Trim())];
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
