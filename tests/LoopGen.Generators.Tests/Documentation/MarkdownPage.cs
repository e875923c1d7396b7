using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>
/// A page of the repository and the code in it. A check takes every block of C# and holds it to the truth;
/// <see cref="AssertAllTaken"/> says which it has not taken.
/// </summary>
internal sealed partial class MarkdownPage
{
    public static readonly string Root = FindRoot();

    private readonly HashSet<MarkdownBlock> taken = new(ReferenceEqualityComparer.Instance);

    private MarkdownPage(string path, string text)
    {
        Path = path;
        Text = text;
        Blocks =
        [
            .. Pattern().Matches(text).Select(match => new MarkdownBlock(
                match.Groups["mark"].Value,
                match.Groups["table"].Success ? MarkdownBlock.Table : match.Groups["language"].Value,
                match.Groups["table"].Success ? match.Groups["table"].Value : match.Groups["code"].Value)),
        ];
    }

    /// <summary>The paths of all pages, from the repository's root.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.md", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !Ignored().IsMatch(path))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The paths of those with C# in them, in blocks or in tables with a mark.</summary>
    public static IReadOnlyList<string> WithCode { get; } = [.. All.Where(path => Read(path).Blocks.Any(block => block.Language is "csharp" or MarkdownBlock.Table))];

    public string Path { get; }

    public string Text { get; }

    public IReadOnlyList<MarkdownBlock> Blocks { get; }

    /// <summary>The blocks of C#.</summary>
    public IEnumerable<MarkdownBlock> Code => this.Blocks.Where(block => block.Language == "csharp");

    /// <summary>The headings of the second level, with what stands below each.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<MarkdownBlock> Blocks)> Sections =>
    [
        .. Headings().Split(this.Text).Skip(1)
            .Select(section => (section[..section.IndexOf('\n')], new MarkdownPage(this.Path, section).Blocks)),
    ];

    public static MarkdownPage Read(string path) => new(path, ReadText(path));

    /// <summary>Any file of the repository.</summary>
    public static string ReadText(string path) => File.ReadAllText(System.IO.Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>The same page with one more block of C# at its end.</summary>
    public MarkdownPage With(string code) => new(this.Path, $"{this.Text}\n```csharp\n{code}\n```\n");

    /// <summary>The one block of C# that has a text in it.</summary>
    public string Take(string text) => this.Take(Assert.Single(this.Code, block => block.Text.Contains(text, StringComparison.Ordinal)));

    /// <summary>The block of C# at a place, from 0.</summary>
    public string Take(int index) => this.Take(this.Code.ElementAt(index));

    public void AssertAllTaken()
        => Assert.True(this.Code.All(taken.Contains), $"{this.Path} shows what no test looks at:\n{string.Join("\n\n", this.Code.Where(block => !taken.Contains(block)).Select(block => block.Text))}");

    private string Take(MarkdownBlock block)
    {
        taken.Add(block);
        return block.Text;
    }

    private static string FindRoot([CallerFilePath] string file = "")
        => System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, "..", "..", ".."));

    [GeneratedRegex("^(?:<!-- (?<mark>[^\n]*) -->\n)?```(?<language>[^\n]*)\n(?<code>.*?)\n```$|^<!-- (?<mark>[^\n]*) -->\n(?<table>(?:\\|[^\n]*\n)+)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Pattern();

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex Headings();

    // What a build leaves, and folders of tools.
    [GeneratedRegex(@"(^|/)(bin|obj|artifacts|TestResults|\.[^/]+)/")]
    private static partial Regex Ignored();
}
