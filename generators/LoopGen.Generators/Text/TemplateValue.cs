using System.Runtime.CompilerServices;
using System.Text;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;

namespace LoopGen.Generators.Text;

/// <summary>The same for a text that is a value: an expression, an argument, a condition.</summary>
[InterpolatedStringHandler]
internal readonly ref struct TemplateValue
{
    private readonly LoopContext context;
    private readonly StringBuilder text;

    public TemplateValue(int literalLength, int formattedCount, LoopContext context)
    {
        this.context = context;
        this.text = new StringBuilder(literalLength + (16 * formattedCount));
    }

    public void AppendLiteral(string literal) => TemplateNames.Append(literal, this.text, this.context);

    public void AppendFormatted(string? hole) => this.text.Append(hole);

    public void AppendFormatted(DocName name) => this.text.Append(name);

    public void AppendFormatted(NumberSpec number) => this.text.Append(number);

    public override string ToString() => this.text.ToString();
}
