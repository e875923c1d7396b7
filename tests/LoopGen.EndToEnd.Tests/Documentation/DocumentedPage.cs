using System.Text.RegularExpressions;
using LoopGen.EndToEnd.Tests.Infrastructure;
using Xunit;

namespace LoopGen.EndToEnd.Tests.Documentation;

/// <summary>A page of <c>docs</c>, of which a reader does what it says.</summary>
internal sealed partial class DocumentedPage
{
    private readonly Dictionary<string, IReadOnlyList<PageBlock>> sections = new(StringComparer.Ordinal);

    /// <summary>Reads a page.</summary>
    public DocumentedPage(string name)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", name)).ReplaceLineEndings("\n");
        foreach (var section in Headings().Split(text).Skip(1))
        {
            this.sections.Add(
                section[..section.IndexOf('\n')],
                [.. Fences().Matches(section).Select(block => new PageBlock(block.Groups["language"].Value, block.Groups["text"].Value))]);
        }
    }

    /// <summary>The headings.</summary>
    public IEnumerable<string> Sections => this.sections.Keys;

    /// <summary>The blocks below a heading, in their order.</summary>
    public IReadOnlyList<PageBlock> Blocks(string section)
    {
        Assert.True(this.sections.TryGetValue(section, out var blocks), $"There is no '{section}', but {string.Join(", ", this.sections.Keys)}.");
        return blocks;
    }

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("^```(?<language>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();
}
