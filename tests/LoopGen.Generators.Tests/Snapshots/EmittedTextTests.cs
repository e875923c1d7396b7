using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using LoopGen.Generators.Tests.Compiling;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.Snapshots;

/// <summary>
/// What the curated files do not show: the text of every test model and of every pair of options, held by hash. A change of
/// the emitter that is to leave the text as it is leaves this file as it is. <c>SNAPSHOT_ACCEPT=1</c> writes it.
/// </summary>
public sealed class EmittedTextTests
{
    [Fact]
    public void Every_model_and_every_pair_of_options_has_the_text_that_it_had()
    {
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "EmittedText.sha256");
        var lines = Models.All.Select(model => $"{Hash(model.Value)}  {model.Key}")
            .Append($"{Hash([.. CompilesCleanTests.Pairs.Select(row => CompilesCleanTests.SourceOf(row.Data.Item1, row.Data.Item2))])}  pairs");
        var text = string.Concat(lines.Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void A_newcomer_opens_the_file_and_is_in_the_loop()
    {
        var files = GeneratorRun.Of(Models.DigitClassifier).Files;
        var lines = files["DigitSample.DigitClassifier.Fit.g.cs"].Split('\n');

        Assert.InRange(Array.FindIndex(lines, line => line.Contains(" Fit(", StringComparison.Ordinal)), 1, 48);
        Assert.InRange(lines.Length, 1, 225);
        Assert.InRange(files.Values.Sum(file => file.Length), 1, 28_200);
    }

    [Fact]
    public void Another_learning_rate_changes_headers_signatures_and_its_check_only()
    {
        var before = GeneratorRun.Of(Models.DigitClassifier.Replace("LearningRate = 1e-3", "LearningRate = 0.125", StringComparison.Ordinal)).Files;
        var after = GeneratorRun.Of(Models.DigitClassifier.Replace("LearningRate = 1e-3", "LearningRate = 0.625", StringComparison.Ordinal)).Files;
        var changed = before.SelectMany(file => file.Value.Split('\n').Except(after[file.Key].Split('\n'))).ToList();

        Assert.NotEmpty(changed);
        Assert.All(changed, line => Assert.True(
            line.StartsWith("//     ", StringComparison.Ordinal) || line.Contains("double learningRate = 0.125", StringComparison.Ordinal) || line.Contains("unchanged: 0.125", StringComparison.Ordinal), line));
    }

    private static string Hash(params string[] sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, text) in sources.SelectMany(source => GeneratorRun.Of(source).Files).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{text}\n"));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
