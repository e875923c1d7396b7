using System.Runtime.CompilerServices;
using LoopGen.Generators.Model;

namespace LoopGen.Generators.Text;

/// <summary>
/// A piece of an emitted file as one reads it. <c>@name</c> is a local, a parameter or a type of ours, in the spelling that
/// is free in this class; <c>@@</c> is an at sign. A hole is inserted as it is and never scanned, so that a user's own text
/// cannot be mistaken for ours. Alone on its line a hole may be a place, a region or a part of the method.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct Template
{
    private readonly Lines lines;

    public Template(int literalLength, int formattedCount, Lines lines)
    {
        _ = literalLength + formattedCount;
        this.lines = lines;
        lines.Begin();
    }

    public void AppendLiteral(string text) => this.lines.Literal(text);

    /// <summary>A text, as it is.</summary>
    public void AppendFormatted(string? text) => this.lines.Insert(text ?? string.Empty);

    /// <summary>A user's name in documentation, which has no <c>@</c> there.</summary>
    public void AppendFormatted(DocName name) => this.lines.Insert(name.ToString());

    /// <summary>A list, which is broken where it does not fit on its line.</summary>
    public void AppendFormatted(IReadOnlyList<string> items) => this.lines.Insert(items);

    /// <summary>A conditional expression, which is broken where it does not fit.</summary>
    public void AppendFormatted(Choice choice) => this.lines.Insert(choice);

    /// <summary>A text in quotes, which is broken between words where it does not fit.</summary>
    public void AppendFormatted(Sentence sentence) => this.lines.Insert(sentence);

    /// <summary>A place: features write there, as far in as the hole is. If none writes, the line vanishes.</summary>
    public void AppendFormatted(Place place) => this.lines.Insert(place);

    /// <summary>The begin or the end of a region: what stands between is further in where a feature encloses it.</summary>
    public void AppendFormatted(Region region) => this.lines.Insert(region);

    /// <summary>A part of the method that has a name of its own.</summary>
    public void AppendFormatted(Action part) => this.lines.Insert(part);

    /// <summary>A condition: where it is false, the line is left out.</summary>
    public void AppendFormatted(bool isWritten) => this.lines.OnlyIf(isWritten);

    /// <summary>A named argument.</summary>
    public void AppendFormatted(NumberSpec number) => this.lines.Insert(number.ToString());
}
