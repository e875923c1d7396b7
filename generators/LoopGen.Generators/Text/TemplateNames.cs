using System.Text;
using LoopGen.Generators.Loop;

namespace LoopGen.Generators.Text;

/// <summary>Puts names in place of <c>@name</c>.</summary>
internal static class TemplateNames
{
    public static void Append(string literal, StringBuilder text, LoopContext context)
    {
        for (var i = 0; i < literal.Length; i++)
        {
            if (literal[i] != '@' || i + 1 == literal.Length)
            {
                text.Append(literal[i]);
                continue;
            }

            var start = i + 1;
            var end = start;
            while (end < literal.Length && char.IsLetterOrDigit(literal[end]))
            {
                end++;
            }

            if (end == start)
            {
                // Two of them are one.
                text.Append('@');
                i = literal[start] == '@' ? start : i;
                continue;
            }

            text.Append(context.Resolve(literal.Substring(start, end - start)));
            i = end - 1;
        }
    }
}
