using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace LoopGen.Tests;

/// <summary>What docs/files.md shows compiles and runs: each of its lines of C# is a line of this file.</summary>
public sealed class FilesPageTests : IDisposable
{
    private readonly string before = Environment.CurrentDirectory;
    private readonly TemporaryFolder folder = new();

    public FilesPageTests() => Environment.CurrentDirectory = folder.Path;

    public void Dispose()
    {
        Environment.CurrentDirectory = before;
        folder.Dispose();
    }

    [Fact]
    public void ItsExamplesRun()
    {
        using var model = new FileModel();
        using var averages = AveragedWeights.Equal(model);
        averages.Update();

        model.SaveWeights("digits.safetensors");
        model.LoadWeights("digits.safetensors");

        model.SaveWeights("digits.safetensors", new Dictionary<string, string> { ["epoch"] = "12" });
        var epoch = model.LoadWeights("digits.safetensors").Metadata["epoch"];
        Assert.Equal("12", epoch);

        using (averages.SwapIn())
        {
            model.SaveWeights("average.safetensors");
        }

        var loaded = model.LoadWeights("digits.safetensors", strict: false);
        Console.WriteLine(string.Join(", ", loaded.MissingNames));
        Assert.Empty(loaded.MissingNames);

        model.ExportPyTorch("digits.pt");
        Assert.Equal(["average.safetensors", "digits.pt", "digits.safetensors"], folder.Names);
    }

    [Fact]
    public void ItsExamplesAreTheseLines()
    {
        var lines = File.ReadLines(ThisFile()).Select(line => line.Trim()).Append("using LoopGen;").ToHashSet();
        var shown = Blocks("csharp").SelectMany(block => block.Split('\n')).Select(line => line.Trim()).ToList();
        Assert.InRange(shown.Count, 8, 40);
        Assert.All(shown, line => Assert.Contains(line, lines));
    }

    [Fact]
    public void ItNamesEveryTypeAndKey()
    {
        var page = File.ReadAllText(Page());
        Assert.All(SafetensorsTypeTests.Types, row => Assert.Contains($"`{row.Data.Item2}`", page));
        Assert.Contains($"| `{FileChecksum.FormatKey}` | `{FileChecksum.Format}` |", page);
        Assert.Contains($"| `{FileChecksum.Key}` |", page);
    }

    /// <summary>The page's block of Python that has a text in it.</summary>
    internal static string Find(string text) => Assert.Single(Blocks("python"), block => block.Contains(text, StringComparison.Ordinal));

    private static IEnumerable<string> Blocks(string language) =>
        Regex.Matches(File.ReadAllText(Page()).ReplaceLineEndings("\n"), $"```{language}\n(.*?)\n```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value);

    private static string Page() => Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/files.md");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
