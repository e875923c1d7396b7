using LoopGen.Generators.TakingOver;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>The guide to taking over shows how a file begins that was taken over.</summary>
internal static class TakingOverGuide
{
    private const string Net = Models.Usings + """
        [Compile(Loss = Loss.MSE)]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor x) => linear.call(x);
        }
        """;

    public static void Check(MarkdownPage page)
    {
        var header = page.Take("It is yours now");
        page.AssertAllTaken();

        var emitted = GeneratorRun.Of(Net).Files["Net.Fit.g.cs"];
        Assert.StartsWith(header + "\n", OwnedText.From(emitted, "\n"), StringComparison.Ordinal);
    }
}
