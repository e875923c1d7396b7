using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Tests.CodeFixes;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LoopGen.Generators.Tests.Analyzers;

/// <summary>Every diagnostic has a descriptor, a page, a row in the index and in the release notes, and tests.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Pages = Path.Combine(Root, "docs", "diagnostics");

    private static readonly DiagnosticDescriptor[] Descriptors =
    [
        .. typeof(DiagnosticIds).Assembly.GetType("LoopGen.Generators.Diagnostics.Descriptors")!.GetFields()
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Ids => [.. Descriptors.Select(descriptor => descriptor.Id)];

    [Fact]
    public void Ids_descriptors_analyzers_pages_index_and_release_rows_are_the_same_set()
    {
        var ids = Descriptors.Select(descriptor => descriptor.Id).ToArray();

        Assert.Equal(ids, typeof(DiagnosticIds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal));
        Assert.Equal(ids, AnalyzerTest.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(ids, Directory.EnumerateFiles(Pages, "LG0*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.Equal(ids, ReleaseRows().Select(row => row.Id));
        Assert.Equal(
            Descriptors.Select(descriptor => (descriptor.Id, Escape(descriptor.MessageFormat.ToString(null)), descriptor.DefaultSeverity.ToString(), FixTest.FixerOf(descriptor.Id) is not null)),
            IndexRows().Select(row => (row.Id, row.Message, row.Severity, row.Fix != "none")));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Descriptor_page_and_release_row_agree(string id)
    {
        var descriptor = Descriptors.Single(candidate => candidate.Id == id);
        var page = File.ReadAllText(Path.Combine(Pages, id + ".md"));
        var isShape = string.CompareOrdinal(id, DiagnosticIds.NoLoss) < 0;

        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.Equal($"https://github.com/loopgen/loopgen/blob/main/docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
        Assert.Equal(isShape, descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable));
        Assert.Contains($"{descriptor.DefaultSeverity}, {(isShape ? "always on" : "can be configured")}", page, StringComparison.Ordinal);
        Assert.Equal(FixTest.FixerOf(id) is null, page.Contains("No code fix.", StringComparison.Ordinal));
        Assert.Equal(descriptor.DefaultSeverity.ToString(), ReleaseRows().Single(row => row.Id == id).Severity);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_pattern_of_the_index_is_that_of_the_first_example_of_a_page(string id)
    {
        var row = IndexRows().Single(row => row.Id == id);
        var page = File.ReadAllText(Path.Combine(Pages, id + ".md"));
        var pieces = row.Pattern.Split('…', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        Assert.NotEmpty(pieces);
        Assert.Matches(string.Join(".*?", pieces.Select(Loosely)), Example().Match(page).Groups[1].Value.ReplaceLineEndings(" "));
        Assert.True(row.Fix == "none" || page.Contains($"Code fix: {row.Fix}.", StringComparison.Ordinal), row.Fix);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_id_has_a_test_and_a_near_miss_and_every_fix_has_one(string id)
    {
        var folder = Path.Combine(Root, "tests", "LoopGen.Generators.Tests");
        var analyzers = string.Concat(Directory.EnumerateFiles(Path.Combine(folder, "Analyzers"), "*Tests.cs").Select(File.ReadAllText));
        var fixes = string.Concat(Directory.EnumerateFiles(Path.Combine(folder, "CodeFixes"), "*Tests.cs").Select(File.ReadAllText));

        Assert.Contains($"{{|{id}:", analyzers, StringComparison.Ordinal);
        Assert.Contains($" Not_{id}_", analyzers, StringComparison.Ordinal);
        Assert.Equal(FixTest.FixerOf(id) is not null, fixes.Contains($" {id}_", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Pattern, string Id, string Message, string Severity, string Fix)> IndexRows()
        => from line in File.ReadLines(Path.Combine(Pages, "README.md"))
           let row = IndexRow().Match(line)
           where row.Success
           select (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value, row.Groups[4].Value, row.Groups[5].Value);

    // Markdown takes <Tensor> for a tag.
    private static string Escape(string message) => message.Replace("<", @"\<", StringComparison.Ordinal);

    // However it is broken into lines.
    private static string Loosely(string code) => Regex.Escape(code).Replace(@"\ ", @"\s+", StringComparison.Ordinal);

    private static IEnumerable<(string Id, string Severity)> ReleaseRows()
        => from file in new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
           from line in File.ReadLines(Path.Combine(Root, "generators", "LoopGen.Generators", file))
           where line.StartsWith("LG", StringComparison.Ordinal)
           let cells = line.Split('|')
           select (cells[0].Trim(), cells[2].Trim());

    private static string FindRoot([CallerFilePath] string file = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\| `([^`]+)` \| \[(LG\d{4})\]\(\2\.md\) \| (.*) \| (\w+) \| ([^|]+) \|$")]
    private static partial Regex IndexRow();
}
