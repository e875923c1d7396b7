using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LoopGen.Generators.Tests.Compiling;

/// <summary>What stands beside the model under a name that emitted code uses: that name alone is written in full.</summary>
public sealed class NeighbourTests
{
    private const string Model = Models.Usings + """
        namespace My.Space;

        [Compile(Loss = Loss.MSE)]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => linear.call(input);
        }
        """;

    [Theory]
    [InlineData("namespace My.Space; public class Mean { }", "Mean")]
    [InlineData("namespace My { namespace Space { public struct Mean { } } }", "Mean")]
    [InlineData("namespace My.Space { public delegate void Batches(); }", "Batches")]
    [InlineData("namespace My.Space { public enum Verbosity { } }", "Verbosity")]
    [InlineData("namespace @My.@Space { public record TrainingRun; }", "TrainingRun")]
    [InlineData("namespace My.Space.FirstBatch { public class Other { } }", "FirstBatch")]
    [InlineData("namespace My.Space.FirstBatch.Deeper { public class Other { } }", "FirstBatch")]
    [InlineData("namespace My { namespace Space.FirstBatch { public class Other { } } }", "FirstBatch")]
    public void A_neighbour_is_told_apart(string neighbour, string name)
    {
        var run = AssertClean(GeneratorRun.Of(Model, neighbour));
        Assert.Contains($"global::LoopGen.{name}", run.Files["My.Space.Net.Fit.g.cs"]);
    }

    [Theory]
    [InlineData("namespace My; public class Mean { }")]
    [InlineData("namespace Other.Space; public class Mean { }")]
    [InlineData("namespace My.Space; public class Outer { public class Mean { } }")]
    [InlineData("namespace My.Space; file class Mean { }")]
    [InlineData("public class Mean { }")]
    public void What_is_no_neighbour_changes_nothing(string other)
        => Assert.Equal(GeneratorRun.Of(Model).Files, AssertClean(GeneratorRun.Of(Model, other)).Files);

    [Fact]
    public void A_neighbour_from_another_assembly_is_told_apart()
    {
        var library = TestCompilation.Create("namespace My.Space; public class Mean { }").WithAssemblyName("Library");
        var run = AssertClean(GeneratorRun.Of(TestCompilation.Create(Model).AddReferences(library.ToMetadataReference())));
        Assert.Contains("global::LoopGen.Mean", run.Files["My.Space.Net.Fit.g.cs"]);
    }

    [Fact]
    public void A_neighbour_that_comes_and_goes_is_followed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var compilation = TestCompilation.Create(Model, "namespace My.Space; public class Other { }");
        var first = GeneratorRun.Of(compilation);
        var neighbour = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[1],
            CSharpSyntaxTree.ParseText("namespace My.Space; public class Mean { }", (CSharpParseOptions)compilation.SyntaxTrees[1].Options, "File1.cs", cancellationToken: cancellation));

        var driver = first.Driver.RunGeneratorsAndUpdateCompilation(neighbour, out var output, out _, cancellation);
        var second = AssertClean(new GeneratorRun(driver, output));
        Assert.Contains("global::LoopGen.Mean", second.Files["My.Space.Net.Fit.g.cs"]);

        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out output, out _, cancellation);
        Assert.Equal(first.Files, new GeneratorRun(driver, output).Files);
    }

    private static GeneratorRun AssertClean(GeneratorRun run)
    {
        Assert.Empty(run.Diagnostics());
        return run;
    }
}
