using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.Generators.Text;

/// <summary>
/// Writes indented text: LF line ends, no trailing blanks, never two blank lines in a row nor one behind an opening
/// brace or before a closing one, one newline at the end.
/// </summary>
internal sealed class LoopWriter
{
    /// <summary>Longest line that a broken list may have.</summary>
    public const int MaximumWidth = 120;

    /// <summary>Blanks a level.</summary>
    public const int IndentWidth = 4;

    private readonly StringBuilder text = new();
    private bool blankIsDue;
    private bool isAfterBrace = true;

    /// <summary>How many levels in the next line stands.</summary>
    public int Depth { get; set; }

    /// <summary>One line, or the lines of a raw string.</summary>
    public void Line(string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            this.WriteOne(line.TrimEnd('\r', ' ', '\t'));
        }
    }

    /// <summary>An empty line, if anything follows and none stands there already.</summary>
    public void Blank() => this.blankIsDue = !this.isAfterBrace;

    /// <summary>A comment, broken into lines that fit, all of them as far in as the sentence begins.</summary>
    public void Comment(string sentence)
    {
        var text = sentence.TrimStart();
        this.Wrap("// " + new string(' ', sentence.Length - text.Length), text);
    }

    /// <summary>A documentation element on one line, or with its text on lines of its own.</summary>
    public void Doc(string element, string content, string attributes = "")
    {
        var oneLine = $"/// <{element}{attributes}>{content}</{element}>";
        if (this.Fits(oneLine))
        {
            this.Line(oneLine);
            return;
        }

        this.Line($"/// <{element}{attributes}>");
        this.Wrap("/// ", content);
        this.Line($"/// </{element}>");
    }

    /// <summary>Documentation as it is, on as many lines as it takes.</summary>
    public void Documentation(string text) => this.Wrap("/// ", text, breaksTags: true);

    /// <summary>
    /// <c>prefix + items + suffix</c> on one line where that fits; else the items on lines of their own, as many on
    /// each as fit, further in than the prefix if there is one.
    /// </summary>
    public void List(string prefix, IReadOnlyList<string> items, string suffix)
    {
        var oneLine = prefix + string.Join(", ", items) + suffix;
        if (this.Fits(oneLine))
        {
            this.Line(oneLine);
            return;
        }

        var isNested = prefix.Length > 0;
        if (isNested)
        {
            this.Line(prefix);
            this.Depth++;
        }

        var line = string.Empty;
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i] + (i == items.Count - 1 ? suffix : ",");
            var longer = line.Length == 0 ? item : $"{line} {item}";
            if (line.Length > 0 && !this.Fits(longer))
            {
                this.Line(line);
                longer = item;
            }

            line = longer;
        }

        this.Line(line);
        if (isNested)
        {
            this.Depth--;
        }
    }

    /// <summary>A statement that ends in a text, which is broken between words into as many literals as it takes.</summary>
    public void Text(string prefix, string content, string suffix)
    {
        var oneLine = $"{prefix} {Literal.Of(content)}{suffix}";
        if (this.Fits(oneLine))
        {
            this.Line(oneLine);
            return;
        }

        this.Line(prefix);
        using (this.Indented())
        {
            var line = string.Empty;
            var joint = string.Empty;
            foreach (var word in content.Split(' '))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && !this.Fits($"{joint}{Literal.Of(longer + ' ')}{suffix}"))
                {
                    this.Line(joint + Literal.Of(line + ' '));
                    joint = "+ ";
                    longer = word;
                }

                line = longer;
            }

            this.Line(joint + Literal.Of(line) + suffix);
        }
    }

    /// <summary>One line, or, where that is too long, what follows its first parenthesis on lines of its own.</summary>
    public void Parenthesized(string line)
    {
        var inside = line.IndexOf('(') + 1;
        if (inside == 0 || this.Fits(line))
        {
            this.Line(line);
            return;
        }

        this.List(line.Substring(0, inside), line.Substring(inside).Split([", "], StringSplitOptions.None), string.Empty);
    }

    /// <summary><c>prefix + condition ? whenTrue : whenFalse;</c> on one line where that fits, else on three.</summary>
    public void Conditional(string prefix, string whenTrue, string whenFalse)
    {
        var oneLine = $"{prefix} ? {whenTrue} : {whenFalse};";
        if (this.Fits(oneLine))
        {
            this.Line(oneLine);
            return;
        }

        this.Parenthesized(prefix);
        using (this.Indented())
        {
            this.Parenthesized($"? {whenTrue}");
            this.Line($": {whenFalse};");
        }
    }

    /// <summary>Lines that continue the statement above.</summary>
    public Scope Indented()
    {
        this.Depth++;
        return new Scope(this, closingBrace: null);
    }

    /// <summary>A line of whatever kind: comments and documentation are broken where they do not fit.</summary>
    public void Any(string text)
    {
        if (text.StartsWith("// ", StringComparison.Ordinal))
        {
            this.Comment(text.Substring(3));
        }
        else if (text.StartsWith("/// <", StringComparison.Ordinal) && !this.Fits(text))
        {
            this.AnyDoc(text.Substring(4));
        }
        else
        {
            this.Line(text);
        }
    }

    /// <summary>The lines of another writer, which stand where they were written.</summary>
    public void Append(LoopWriter lines)
    {
        this.text.Append(lines.text);
        this.isAfterBrace = false;
        this.blankIsDue = false;
    }

    /// <summary>A header and a braced block, closed when the scope is disposed.</summary>
    public Scope Block(string header)
    {
        if (header.Length > 0)
        {
            this.Line(header);
        }

        this.Line("{");
        this.Depth++;
        return new Scope(this, "}");
    }

    public SourceText ToSourceText() => SourceText.From(this.ToString(), Encoding.UTF8, SourceHashAlgorithm.Sha256);

    public override string ToString() => this.text.ToString();

    private void WriteOne(string line)
    {
        if (line.Length == 0)
        {
            this.Blank();
            return;
        }

        if (this.blankIsDue && line != "}")
        {
            this.text.Append('\n');
        }

        this.blankIsDue = false;

        this.text.Append(' ', this.Depth * IndentWidth).Append(line).Append('\n');
        this.isAfterBrace = line == "{";
    }

    // An element with its text, or one that has attributes alone.
    private void AnyDoc(string text)
    {
        var end = text.IndexOf('>');
        if (end == text.Length - 1)
        {
            this.Documentation(text);
            return;
        }

        var opening = text.Substring(1, end - 1);
        var element = opening.Split(' ')[0];
        this.Doc(element, text.Substring(end + 1, text.Length - end - element.Length - 4), opening.Substring(element.Length));
    }

    private void Wrap(string prefix, string sentence, bool breaksTags = false)
    {
        var line = string.Empty;
        foreach (var word in breaksTags ? sentence.Split(' ') : Words(sentence))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && !this.Fits(prefix + longer))
            {
                this.Line(prefix + line);
                longer = word;
            }

            line = longer;
        }

        this.Line(prefix + line);
    }

    // Between words, but never inside a tag.
    private static IEnumerable<string> Words(string sentence)
    {
        var start = 0;
        var isInTag = false;
        for (var i = 0; i < sentence.Length; i++)
        {
            isInTag = sentence[i] == '<' || (isInTag && sentence[i] != '>');
            if (sentence[i] == ' ' && !isInTag)
            {
                yield return sentence.Substring(start, i - start);
                start = i + 1;
            }
        }

        yield return sentence.Substring(start);
    }

    private bool Fits(string line) => (this.Depth * IndentWidth) + line.Length <= MaximumWidth;

    /// <summary>Ends an indented part of the text.</summary>
    public readonly struct Scope(LoopWriter writer, string? closingBrace) : IDisposable
    {
        public void Dispose()
        {
            writer.Depth--;
            if (closingBrace is not null)
            {
                writer.Line(closingBrace);
            }
        }
    }
}
