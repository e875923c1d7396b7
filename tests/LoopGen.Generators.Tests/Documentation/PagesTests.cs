using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>
/// Every block of C# in every page of the repository is compiled, or is what is emitted: each page has a check that knows
/// all of its blocks.
/// </summary>
public sealed partial class PagesTests
{
    private const string Stray = "NobodyLooksAtThis();";

    // One for each page with C# in it. `docs/contributing.md` says what a guide's blocks are.
    private static readonly (string Pages, Func<MarkdownPage, Task> Check)[] Checks =
    [
        ("README.md", Now(Readme.Check)),
        ("docs/blocks/*.md", Now(Guide.Check)),
        ("docs/customising.md", Now(CustomisingGuide.Check)),
        ("docs/diagnostics/LG*.md", DiagnosticPage.CheckAsync),
        ("docs/diagnostics/README.md", Now(DiagnosticPage.CheckIndex)),
        ("docs/files.md", Now(Guide.Check)),
        ("docs/from-keras.md", Now(Guide.Check)),
        ("docs/from-pytorch.md", Now(Guide.Check)),
        ("docs/fused-optimizers.md", Now(Guide.Check)),
        ("docs/how-training-works.md", Now(Guide.Check)),
        ("docs/loop.md", Now(Guide.Check)),
        ("docs/package.md", Now(PackagePages.CheckGuide)),
        ("docs/quick-start.md", Now(Guide.Check)),
        ("docs/recipes.md", Now(Guide.Check)),
        ("docs/taking-over.md", Now(TakingOverGuide.Check)),
        ("src/LoopGen/PACKAGE.md", Now(PackagePages.CheckReadme)),
    ];

    // One page has code that is run.
    public static TheoryData<string> WithCode =>
    [
        .. MarkdownPage.WithCode.Select(path => new TheoryDataRow<string>(path) { DisableParallelization = path == CustomisingGuide.Path }),
    ];

    public static TheoryData<string> All => [.. MarkdownPage.All];

    [Theory]
    [MemberData(nameof(WithCode))]
    public async Task What_a_page_shows_is_what_there_is(string path) => await CheckOf(path)(MarkdownPage.Read(path));

    [Theory]
    [MemberData(nameof(WithCode))]
    public async Task A_block_more_is_not_passed_over(string path)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => CheckOf(path)(MarkdownPage.Read(path).With(Stray)));

        Assert.Contains(Stray[..^3], failure.ToString());
    }

    [Fact]
    public void Every_check_has_a_page()
        => Assert.All(Checks, check => Assert.Contains(MarkdownPage.WithCode, path => FileSystemName.MatchesSimpleExpression(check.Pages, path, ignoreCase: false)));

    // ```cs or a fence in a list would be a block that is not seen.
    [Theory]
    [MemberData(nameof(All))]
    public void Fences_are_those_that_are_looked_at(string path)
    {
        var page = MarkdownPage.Read(path);
        var blocks = page.Blocks.Where(block => block.Language != MarkdownBlock.Table).ToList();

        Assert.Equal(blocks.Count * 2, Fence().Count(page.Text));
        Assert.All(blocks, block => Assert.Contains(block.Language, (string[])["csharp", "bash", "diff", "ini", "python", "text", "xml"]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Links_lead_somewhere(string path)
    {
        var page = MarkdownPage.Read(path);
        foreach (Match link in Link().Matches(page.Text))
        {
            var file = link.Groups["file"].Value;
            var target = Path.GetFullPath(file.Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, file), MarkdownPage.Root);
            Assert.True(Path.Exists(target), $"{path}: {link.Value}");
            if (link.Groups["place"].Success)
            {
                Assert.Contains(link.Groups["place"].Value, Heading().Matches(File.ReadAllText(target)).Select(heading => Anchor(heading.Groups[1].Value)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Commands_name_projects_that_there_are(string path)
        => Assert.All(
            Command().Matches(MarkdownPage.Read(path).Text),
            command => Assert.True(Directory.Exists(Path.Combine(MarkdownPage.Root, command.Groups[1].Value)), command.Value));

    // Times, sizes and shares; what is a setting, such as ten times a second, is in words.
    [Theory]
    [MemberData(nameof(All))]
    public void A_measured_figure_stands_beside_its_command(string path)
    {
        foreach (var section in Section().Split(Code().Replace(MarkdownPage.Read(path).Text, match => Command().IsMatch(match.Value) ? match.Value : string.Empty)))
        {
            Assert.True(!Figure().IsMatch(section) || Command().IsMatch(section), $"{path}, no command beside {Figure().Match(section).Value}:\n{section}");
        }
    }

    // But for the pages about other versions.
    [Theory]
    [MemberData(nameof(All))]
    public void Packages_have_the_versions_that_there_are(string path)
    {
        if (path is not ("docs/diagnostics/LG9004.md" or "docs/diagnostics/LG9005.md"))
        {
            PackagePages.CheckVersions(MarkdownPage.Read(path));
        }
    }

    [Theory]
    [InlineData("docs/README.md", "docs")]
    [InlineData("docs/blocks/README.md", "docs/blocks")]
    public void Every_page_is_in_the_list(string list, string folder)
    {
        var text = MarkdownPage.ReadText(list);
        var pages = Directory.EnumerateFiles(Path.Combine(MarkdownPage.Root, folder), "*.md").Select(page => Path.GetFileName(page)).Where(page => page != "README.md");

        Assert.All(pages, page => Assert.Contains($"]({page})", text));
    }

    private static Func<MarkdownPage, Task> CheckOf(string path)
    {
        var found = Checks.Where(check => FileSystemName.MatchesSimpleExpression(check.Pages, path, ignoreCase: false)).ToList();
        Assert.True(found.Count == 1, $"{path} shows C#, and {found.Count} checks here are for it.");
        return found[0].Check;
    }

    private static Func<MarkdownPage, Task> Now(Action<MarkdownPage> check) => page =>
    {
        check(page);
        return Task.CompletedTask;
    };

    // As GitHub makes them.
    private static string Anchor(string heading) => Dropped().Replace(heading.ToLowerInvariant(), string.Empty).Replace(' ', '-');

    [GeneratedRegex(@"dotnet (?:run --project|test|pack) ((?:samples|src|tests)/[\w./]+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"\d ?(?:%|(?:ms|s|seconds?|minutes?|times|[KMG]i?B)\b)")]
    private static partial Regex Figure();

    [GeneratedRegex("```.*?```|`[^`]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^(?=## )", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("^[ \t>]*(```|~~~)", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#]*)(?:#(?<place>[^)]*))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ ([^\r\n]*)", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Dropped();
}
