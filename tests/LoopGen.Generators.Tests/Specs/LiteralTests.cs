using System.Globalization;
using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace LoopGen.Generators.Tests.Specs;

/// <summary>Numbers in the loop are the numbers of the attribute, to the bit.</summary>
public sealed class LiteralTests
{
    public static TheoryData<double, string> Known => new()
    {
        { 0.001, "0.001" },
        { 1e-8, "1e-8" },
        { 6e-5, "6e-5" },
        { 0.0001, "0.0001" },
        { 0.0, "0.0" },
        { -0.0, "-0.0" },
        { 1, "1.0" },
        { 1000, "1000.0" },
        { -120000, "-120000.0" },
        { 1e21, "1e21" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { double.NaN, "double.NaN" },
        { double.PositiveInfinity, "double.PositiveInfinity" },
        { double.NegativeInfinity, "double.NegativeInfinity" },
    };

    public static TheoryData<double> Extremes =>
    [
        double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, double.MaxValue / 3, 1 / 3.0, Math.PI, 2.2250738585072014E-308, 123456789.125, 1e15, 1e16, 1e17, 99999.5, -1e6, -1e7,
    ];

    [Theory]
    [MemberData(nameof(Known))]
    public void Reads_as_a_person_would_write_it(double value, string literal) => Assert.Equal(literal, Literal.Of(value));

    [Theory]
    [MemberData(nameof(Extremes))]
    public void The_compiler_reads_the_same_bits(double value) => AssertReadsBack(value);

    [Fact]
    public void The_compiler_reads_the_same_bits_of_any_number()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                AssertReadsBack(value);
            }
        }
    }

    [Theory]
    [InlineData("ValLoss", "val_loss")]
    [InlineData("MeanSquaredError", "mean_squared_error")]
    [InlineData("ROCAuc", "roc_auc")]
    [InlineData("F1", "f1")]
    [InlineData("Top5Accuracy", "top5_accuracy")]
    [InlineData("Accuracy", "accuracy")]
    [InlineData("Épreuve", "épreuve")]
    [InlineData("hits", "hits")]
    public void Figures_have_snake_case_names(string member, string figure)
    {
        Assert.Equal(figure, FigureName.FromMember(member));
        Assert.Equal(FigureName.FromMember("Val" + member), FigureName.ValidationFromMember(member, figure));
        Assert.Equal(figure, FigureName.FromMember(FigureName.ToMember(figure)));
    }

    [Theory]
    [InlineData("Accuracy", "accuracy")]
    [InlineData("ROCAuc", "rocAuc")]
    [InlineData("MAE", "mae")]
    [InlineData("F1", "f1")]
    public void Locals_have_camel_case_names(string member, string local) => Assert.Equal(local, FigureName.ToLocal(member));

    private static void AssertReadsBack(double value)
    {
        var expression = SyntaxFactory.ParseExpression(Literal.Of(value));
        var isNegative = expression is PrefixUnaryExpressionSyntax;
        var literal = (LiteralExpressionSyntax)(isNegative ? ((PrefixUnaryExpressionSyntax)expression).Operand : expression);
        var read = (double)literal.Token.Value!;

        Assert.Empty(expression.GetDiagnostics());
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(isNegative ? -read : read));
        Assert.Equal(value, double.Parse(Literal.Of(value), CultureInfo.InvariantCulture));
    }
}
