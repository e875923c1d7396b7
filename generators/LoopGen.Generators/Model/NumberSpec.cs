using LoopGen.Generators.Text;

namespace LoopGen.Generators.Model;

/// <summary>
/// A number that is written as a named argument. It is kept as a number: a key press anywhere in the project reads every
/// model again, and only the files that are written anew need its text.
/// </summary>
/// <param name="Name">The parameter's name where it is passed.</param>
/// <param name="Bits">The number's bits, so that -0.0 differs from 0.0 and NaN is equal to itself.</param>
/// <param name="Property">The attribute's property that sets it.</param>
/// <param name="IsGiven">Whether the attribute sets it; else it is the default.</param>
internal sealed record NumberSpec(string Name, long Bits, string Property, bool IsGiven)
{
    public NumberSpec(string name, double value, string property, bool isGiven)
        : this(name, BitConverter.DoubleToInt64Bits(value), property, isGiven)
    {
    }

    public double Value => BitConverter.Int64BitsToDouble(this.Bits);

    /// <summary>The number in C#: <c>1e-8</c>.</summary>
    public string Literal => Text.Literal.Of(this.Value);

    /// <summary>In a sentence: <c>weight decay 0.1</c>.</summary>
    public string Words => $"{WordsOf(this.Property)} {Text.Literal.Plain(this.Value)}";

    /// <summary>The property in a sentence: <c>weight decay</c>.</summary>
    public static string WordsOf(string property) => FigureName.FromMember(property).Replace('_', ' ');

    public override string ToString() => $"{this.Name}: {this.Literal}";
}
