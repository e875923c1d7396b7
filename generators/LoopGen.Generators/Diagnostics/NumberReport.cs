using System.Globalization;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Reports numbers that are out of their range.</summary>
internal static class NumberReport
{
    /// <summary>Reports a number of <paramref name="attribute"/>, where it is written, if it is out of its range.</summary>
    public static void Check(SymbolAnalysisContext context, AttributeData attribute, string property, NumberRange range)
    {
        if (CompileParser.Argument(attribute, property) is { Kind: TypedConstantKind.Primitive } value
            && AttributeArguments.SyntaxOf(attribute, context.CancellationToken) is { } syntax
            && AttributeArguments.Find(syntax, property) is { } argument)
        {
            Check(context, argument, property, value, range);
        }
    }

    /// <summary>Reports the number of an argument if it is out of its range.</summary>
    public static void Check(SymbolAnalysisContext context, AttributeArgumentSyntax argument, string property, TypedConstant value, NumberRange range)
    {
        if (value.Value is not (double or long or int))
        {
            return;
        }

        var number = Convert.ToDouble(value.Value, CultureInfo.InvariantCulture);
        if (!range.Contains(number))
        {
            var text = value.Value is double ? Literal.Plain(number) : Convert.ToString(value.Value, CultureInfo.InvariantCulture);
            Report(context, argument.Expression, property, text, double.IsInfinity(number) && range != NumberRange.Finite ? $"finite and {range}" : range.ToString());
        }
    }

    /// <summary>Reports a number, and what it must be.</summary>
    public static void Report(SymbolAnalysisContext context, SyntaxNode written, string property, string number, string range)
        => context.ReportDiagnostic(Diagnostic.Create(Descriptors.NumberOutOfRange, written.GetLocation(), property, number, range));
}
