using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.Generators.Tests.Analyzers;

/// <summary>Source code in which <c>{|LG0012:text|}</c> marks what must be underlined, and by which diagnostic.</summary>
internal sealed record Markup(string Text, IReadOnlyList<(string Id, TextSpan Span)> Spans)
{
    public static Markup Parse(string source)
    {
        var text = new StringBuilder();
        var spans = new List<(string Id, TextSpan Span)>();
        var open = new Stack<(string Id, int Start)>();
        for (var i = 0; i < source.Length; i++)
        {
            if (source.AsSpan(i).StartsWith("{|LG"))
            {
                var colon = source.IndexOf(':', i);
                open.Push((source[(i + 2)..colon], text.Length));
                i = colon;
            }
            else if (source.AsSpan(i).StartsWith("|}"))
            {
                var (id, start) = open.Pop();
                spans.Add((id, TextSpan.FromBounds(start, text.Length)));
                i++;
            }
            else
            {
                text.Append(source[i]);
            }
        }

        return new Markup(text.ToString(), spans);
    }
}
