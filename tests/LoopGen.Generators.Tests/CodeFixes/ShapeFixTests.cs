using LoopGen.Generators.Tests.Analyzers;
using Xunit;
using static LoopGen.Generators.Tests.CodeFixes.FixTest;

namespace LoopGen.Generators.Tests.CodeFixes;

public sealed class ShapeFixTests
{
    private const string Members = "    public Net() : base(\"net\") { }";

    [Theory]
    [InlineData("public ", "class")]
    [InlineData("", "class")]
    [InlineData("internal sealed /* final */ ", "class")]
    [InlineData("/// <summary>A model.</summary>\npublic ", "class")]
    public Task LG0001_partial_goes_before_class(string modifiers, string keyword) => FixesAsync(
        "LG0001",
        "Make partial",
        Source.Class($"[Compile(Loss = Loss.MSE)]\n{modifiers}{keyword} Net : Module<Tensor, Tensor>", Members),
        Source.Class($"[Compile(Loss = Loss.MSE)]\n{modifiers}partial {keyword} Net : Module<Tensor, Tensor>", Members));

    private const string Nested = Source.Usings + """
        public CLASS Outer
        {
            internal STRUCT Middle
            {
                [Compile(Loss = Loss.MSE)]
                public NET Net : Module<Tensor, Tensor>
                {
                    public Net() : base("net") { }
                    public override Tensor forward(Tensor image) => image;
                }

                [Compile(Loss = Loss.MSE)]
                public NET Other : Module<Tensor, Tensor>
                {
                    public Other() : base("other") { }
                    public override Tensor forward(Tensor image) => image;
                }
            }
        }
        """;

    private static string Nest(string outer, string middle, string net) => Nested
        .Replace("CLASS", outer, StringComparison.Ordinal)
        .Replace("STRUCT", middle, StringComparison.Ordinal)
        .Replace("NET", net, StringComparison.Ordinal);

    [Fact]
    public Task LG0001_all_of_a_file_at_once() => FixesAllAsync(
        "LG0001",
        "Make partial",
        Nest("class", "record struct", "class"),
        Nest("partial class", "partial record struct", "partial class"));

    [Fact]
    public Task LG0001_the_classes_around_it_too() => FixesAsync(
        "LG0001",
        "Make partial",
        Source.Usings + """
        public class Outer
        {
            [Compile(Loss = Loss.MSE)]
            public partial class Net : Module<Tensor, Tensor>
            {
                public Net() : base("net") { }
                public override Tensor forward(Tensor image) => image;
            }
        }
        """,
        Source.Usings + """
        public partial class Outer
        {
            [Compile(Loss = Loss.MSE)]
            public partial class Net : Module<Tensor, Tensor>
            {
                public Net() : base("net") { }
                public override Tensor forward(Tensor image) => image;
            }
        }
        """);

    [Theory]
    [InlineData("file partial", "partial")]
    [InlineData("file sealed partial", "sealed partial")]
    [InlineData("// why\nfile\tpartial", "// why\npartial")]
    public Task LG0004_the_modifier_goes(string before, string after) => FixesAsync(
        "LG0004",
        "Remove 'file'",
        Source.Class($"[Compile(Loss = Loss.MSE)]\n{before} class Net : Module<Tensor, Tensor>", Members),
        Source.Class($"[Compile(Loss = Loss.MSE)]\n{after} class Net : Module<Tensor, Tensor>", Members));

    [Fact]
    public Task LG0004_offers_nothing_for_a_record() => OffersNothingAsync(
        "LG0004",
        $"{Source.Usings}[Compile(Loss = Loss.MSE)]\npublic partial record Net {{ }}");
}
