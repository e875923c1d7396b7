using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace LoopGen.Build.Tests;

/// <summary>Every id of the build steps has a page and a row in the index.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Pages = FindPages();

    private static readonly string[] Ids =
    [
        .. typeof(BuildDiagnostics).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Ids_pages_and_rows_are_the_same_set_and_agree()
    {
        var pages = Directory.GetFiles(Pages, "LG9*.md").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToArray();
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Pages, "README.md")));

        Assert.Equal(Ids, rows.Select(row => row.Groups[1].Value));
        Assert.Equal(Ids.Length, pages.Length);
        Assert.All(rows.Zip(pages), pair =>
        {
            var (row, page) = pair;
            Assert.StartsWith($"# {row.Groups[1].Value}: {row.Groups[3].Value}\n\n{row.Groups[2].Value}, from the build.", page, StringComparison.Ordinal);
        });
    }

    private static string FindPages([CallerFilePath] string file = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../docs/diagnostics"));

    [GeneratedRegex(@"^\| \[(LG9\d{3})\]\(\1\.md\) \| (\w+) \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
