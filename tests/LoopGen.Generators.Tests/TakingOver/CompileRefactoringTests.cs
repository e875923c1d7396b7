using LoopGen.CodeFixes;
using LoopGen.Generators.Tests.Analyzers;
using Xunit;

namespace LoopGen.Generators.Tests.TakingOver;

/// <summary>A plain module becomes one that LoopGen trains: what is added is exact, compiles, and no analyzer objects.</summary>
public sealed class CompileRefactoringTests
{
    private const string TorchUsings = """
        using System;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        """;

    private const string LoopUsings = """
        using System;
        using LoopGen;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        """;

    private const string Constructor = "public Net() : base(\"net\") => RegisterComponents();";

    [Fact]
    public Task It_adds_what_a_model_needs() => BecomesAsync(
        TorchUsings + """
        namespace Models;

        /// <summary>A model.</summary>
        public class N$$et : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Linear(4, 3);

            public Net()
                : base("net")
            {
            }

            public override Tensor forward(Tensor image) => layers.call(image);
        }
        """,
        "CrossEntropy",
        LoopUsings + """
        namespace Models;

        /// <summary>A model.</summary>
        [Compile(Loss = Loss.CrossEntropy)]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Linear(4, 3);

            public Net()
                : base("net")
            {
                RegisterComponents();
            }

            public override Tensor forward(Tensor image) => layers.call(image);
        }
        """);

    [Fact]
    public Task What_is_there_stays() => BecomesAsync(
        LoopUsings + $$"""
        public static class Outer
        {
            [Serializable]
            internal sealed partial class N$$et : Module<Tensor, Tensor>
            {
                private readonly Module<Tensor, Tensor> layers;

                public Net() : base("net") { layers = Linear(4, 3); RegisterComponents(); }

                public override Tensor forward(Tensor image) => layers.call(image);
            }
        }
        """,
        "CrossEntropy",
        LoopUsings + """
        public static partial class Outer
        {
            [Compile(Loss = Loss.CrossEntropy)]
            [Serializable]
            internal sealed partial class Net : Module<Tensor, Tensor>
            {
                private readonly Module<Tensor, Tensor> layers;

                public Net() : base("net") { layers = Linear(4, 3); RegisterComponents(); }

                public override Tensor forward(Tensor image) => layers.call(image);
            }
        }
        """);

    [Fact]
    public Task A_name_that_means_something_else_is_written_in_full() => BecomesAsync(
        TorchUsings + $$"""
        namespace Models;

        internal enum Loss { None }

        public partial class N$$et : Module<Tensor, Tensor>
        {
            {{Constructor}}

            public override Tensor forward(Tensor image) => image;
        }
        """,
        "CrossEntropy",
        LoopUsings + $$"""
        namespace Models;

        internal enum Loss { None }

        [Compile(Loss = global::LoopGen.Loss.CrossEntropy)]
        public partial class Net : Module<Tensor, Tensor>
        {
            {{Constructor}}

            public override Tensor forward(Tensor image) => image;
        }
        """);

    [Theory]
    [InlineData("Linear(4, 3)", "layers.call(image)", "CrossEntropy")]
    [InlineData("Linear(4, 1)", "layers.call(image)", "MSE")]
    [InlineData("Sequential(Linear(4, 8), ReLU(), Linear(8, 1))", "layers.call(image)", "MSE")]
    [InlineData("Linear(4, 1)", "layers.call(image).sigmoid()", "BCE")]
    [InlineData("Linear(4, 1)", "torch.sigmoid(layers.call(image))", "BCE")]
    [InlineData("Sequential(Linear(4, 1), Sigmoid())", "layers.forward(image)", "BCE")]
    [InlineData("Linear(4, 3)", "layers.call(image).log_softmax(1)", "NLL")]
    [InlineData("Sequential(Linear(4, 3), LogSoftmax(1))", "layers.call(image)", "NLL")]
    [InlineData("Sequential(Linear(4, 3), Softmax(1))", "layers.call(image)", "CrossEntropy")]
    public async Task The_loss_is_guessed_by_what_forward_ends_with(string layers, string result, string loss)
    {
        var test = await RefactoringTest.AtAsync(new CompileRefactoring(), TorchUsings + $$"""
            public class N$$et : Module<Tensor, Tensor>
            {
                private readonly Module<Tensor, Tensor> layers = {{layers}};

                {{Constructor}}

                public override Tensor forward(Tensor image) => {{result}};
            }
            """);

        Assert.Equal([$"Let LoopGen train Net ([Compile(Loss = Loss.{loss})])"], test.Titles);
    }

    [Theory]
    [InlineData("[LoopGen.Compile(Loss = LoopGen.Loss.MSE)] public partial class N$$et : Module<Tensor, Tensor>")]
    [InlineData("public abstract class N$$et : Module<Tensor, Tensor>")]
    [InlineData("file class N$$et : Module<Tensor, Tensor>")]
    [InlineData("public class N$$et : Module<Tensor, Tensor, Tensor>")]
    [InlineData("public class N$$et")]
    public async Task It_is_not_offered_where_nothing_could_be_trained_or_is(string declaration)
        => Assert.Empty((await RefactoringTest.AtAsync(new CompileRefactoring(), TorchUsings + declaration + " { }")).Titles);

    private static async Task BecomesAsync(string before, string loss, string after)
    {
        var project = await (await RefactoringTest.AtAsync(new CompileRefactoring(), before)).ApplyAsync($"Let LoopGen train Net ([Compile(Loss = Loss.{loss})])");

        var text = await project.Documents.Single().GetTextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(after, text.ToString());
        var run = await RefactoringTest.RunAsync(project);
        Assert.Empty(RefactoringTest.Problems(run));
        Assert.Empty(await AnalyzerTest.RunAsync(run.Output));
    }
}
