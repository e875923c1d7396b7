using System.Globalization;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;

namespace LoopGen.Generators.Features.Checkpoints;

/// <summary>Reads names of files with places for figures: <c>{epoch:000}-{val_loss:0.0000}</c>.</summary>
internal static class FileNameTemplate
{
    public const string Epoch = "epoch";
    public const string Step = "step";

    // What no file system of today forbids, and what leads nowhere else.
    private const string ForbiddenCharacters = "/\\:*?\"<>|";
    private const string FormatCharacters = "0123456789.,#%+-EeFfNnGgDdRrPp";

    /// <summary>The pieces of a name, and what is wrong with it, in words that follow the name; or null.</summary>
    public static (IReadOnlyList<FileNamePart> Parts, string? Problem) Read(string template, IReadOnlyList<string> figures)
    {
        var parts = new List<FileNamePart>();
        var position = 0;
        while (position < template.Length)
        {
            var open = template.IndexOf('{', position);
            var text = template.Substring(position, (open < 0 ? template.Length : open) - position);
            if (text.IndexOf('}') >= 0)
            {
                return (parts, "has a '}' without a '{' before it");
            }

            if (text.Length > 0)
            {
                parts.Add(new FileNamePart(text, null, string.Empty));
            }

            if (open < 0)
            {
                break;
            }

            var close = template.IndexOf('}', open);
            if (close < 0)
            {
                return (parts, "has a '{' without a '}' behind it");
            }

            var (part, problem) = ReadPlaceholder(template.Substring(open + 1, close - open - 1), figures);
            if (part is null)
            {
                return (parts, problem);
            }

            parts.Add(part);
            position = close + 1;
        }

        return (parts, ProblemOfTexts(parts));
    }

    private static (FileNamePart? Part, string? Problem) ReadPlaceholder(string place, IReadOnlyList<string> figures)
    {
        var colon = place.IndexOf(':');
        var name = colon < 0 ? place : place.Substring(0, colon);
        var format = colon < 0 ? string.Empty : place.Substring(colon + 1);
        string[] known = [Epoch, Step, .. figures];
        if (!known.Contains(name))
        {
            var nearest = Spelling.Nearest(name, known, new Dictionary<string, string>());
            return (null, $"has a place for \"{name}\", which is no figure: {(nearest is null ? $"there are {Phrase.All(known)}" : $"did you mean {nearest}?")}");
        }

        // Python's formats are what people know from Keras.
        if (format.Any(character => FormatCharacters.IndexOf(character) < 0) || !IsFormat(name, format) || IsOfPython(format))
        {
            return (null, $"has the format \"{format}\", which is none of .NET: write {{{name}:{(name is Epoch or Step ? "000" : "0.0000")}}}");
        }

        return (new FileNamePart(null, name, format), null);
    }

    private static string? ProblemOfTexts(IReadOnlyList<FileNamePart> parts)
    {
        var text = string.Concat(parts.Select(part => part.Text));
        return parts.Count == 0 || text.Trim().Length == 0 && parts.All(part => part.Placeholder is null) ? "is empty"
            : text.IndexOfAny(ForbiddenCharacters.ToCharArray()) >= 0 || text.Any(char.IsControl) ? "has characters that the name of a file cannot have; the folder is the first argument"
            : parts[0].Text?.StartsWith(".", StringComparison.Ordinal) == true ? "begins with a dot, and would be hidden or lead out of the folder"
            : null;
    }

    private static bool IsOfPython(string format)
        => format.Length > 1 && format[format.Length - 1] is 'd' or 'f' or 'e' or 'g' && (char.IsDigit(format[0]) || format[0] == '.');

    private static bool IsFormat(string name, string format)
    {
        try
        {
            _ = name is Epoch or Step ? 1.ToString(format, CultureInfo.InvariantCulture) : 0.5.ToString(format, CultureInfo.InvariantCulture);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
