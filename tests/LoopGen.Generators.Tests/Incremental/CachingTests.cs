using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace LoopGen.Generators.Tests.Incremental;

/// <summary>Layer 5: what an edit makes the pipeline do again, over series of edits.</summary>
public sealed class CachingTests
{
    private const string Base = Models.Usings + """
        namespace Models;

        public abstract class BaseModel : Module<Tensor, Tensor>
        {
            protected BaseModel(string name) : base(name)
            {
            }

            public override Tensor forward(Tensor picture) => picture;
        }
        """;

    private const string Derived = Models.Usings + """
        namespace Models;

        [Compile(Loss = Loss.MSE)]
        public partial class Derived : BaseModel
        {
            private readonly Linear linear = Linear(2, 1);

            public Derived() : base(nameof(Derived)) => RegisterComponents();
        }
        """;

    [Fact]
    public void The_first_run_is_new() => AssertReasons(GeneratorRun.Of(Models.DigitClassifier), New);

    [Fact]
    public void An_unrelated_file_leaves_everything_cached()
    {
        var compilation = TestCompilation.Create(Models.DigitClassifier);
        var run = Edit(GeneratorRun.Of(compilation), compilation.AddSyntaxTrees(Parse("class Unrelated;", "Unrelated.cs")));

        AssertReasons(run, Cached);
    }

    [Fact]
    public void A_comment_in_the_models_file_leaves_everything_cached()
    {
        var compilation = TestCompilation.Create(Models.DigitClassifier);
        var run = Edit(GeneratorRun.Of(compilation), Replace(compilation, 0, Models.DigitClassifier + "\n// A comment."));

        AssertReasons(run, Cached);
    }

    [Fact]
    public void A_changed_body_leaves_everything_cached()
    {
        var compilation = TestCompilation.Create(Models.DigitClassifier);
        var source = Models.DigitClassifier.Replace("layers.call(image)", "layers.call(image.neg())", StringComparison.Ordinal);
        var run = Edit(GeneratorRun.Of(compilation), Replace(compilation, 0, source));

        AssertReasons(run, Cached);
    }

    [Fact]
    public void A_changed_argument_modifies_the_output()
    {
        var compilation = TestCompilation.Create(Models.DigitClassifier);
        var source = Models.DigitClassifier.Replace("1e-3", "2e-3", StringComparison.Ordinal);
        var run = Edit(GeneratorRun.Of(compilation), Replace(compilation, 0, source));

        AssertReasons(run, Modified);
        Assert.Contains("double learningRate = 0.002", run.Files["DigitSample.DigitClassifier.Fit.g.cs"]);
    }

    [Fact]
    public void A_second_model_leaves_the_first_one_cached()
    {
        var compilation = TestCompilation.Create(Models.DigitClassifier);
        var run = Edit(GeneratorRun.Of(compilation), compilation.AddSyntaxTrees(Parse(Models.Minimal, "Second.cs")));

        AssertReasons(run, [Unchanged, New], [Cached, New]);
    }

    [Fact]
    public void A_base_class_in_another_file_decides_about_its_subclass()
    {
        var compilation = TestCompilation.Create(Base, Derived);
        var first = GeneratorRun.Of(compilation);
        Assert.Contains("hostPicture", first.Files["Models.Derived.Fit.g.cs"]);

        var commented = Edit(first, Replace(compilation, 0, Base + "\n// A comment."));
        AssertReasons(commented, Cached);

        var renamed = Edit(commented, Replace(compilation, 0, Base.Replace("picture", "photo", StringComparison.Ordinal)));
        AssertReasons(renamed, Modified);
        Assert.Contains("hostPhoto", renamed.Files["Models.Derived.Fit.g.cs"]);
    }

    [Fact]
    public void A_metric_in_another_part_of_the_class_decides_too()
    {
        const string part = Models.Usings + "namespace DigitSample; public partial class DigitClassifier { }";
        var compilation = TestCompilation.Create(Models.DigitClassifier.Replace("sealed ", string.Empty, StringComparison.Ordinal), part);
        var first = GeneratorRun.Of(compilation);

        var annotated = part.Replace("public", "[Metric(Metric.MeanSquaredError)] public", StringComparison.Ordinal);
        var run = Edit(first, Replace(compilation, 1, annotated));

        AssertReasons(run, Modified);
        Assert.Contains("new MeanSquaredError(", run.Files["DigitSample.DigitClassifier.Fit.g.cs"]);
    }

    [Fact]
    public void A_class_that_stops_being_a_model_loses_its_files()
    {
        var compilation = TestCompilation.Create(Models.DigitClassifier);
        var source = Models.DigitClassifier.Replace("sealed partial", "sealed", StringComparison.Ordinal);
        var run = Edit(GeneratorRun.Of(compilation), Replace(compilation, 0, source));

        Assert.Empty(run.Files);
    }

    private static SyntaxTree Parse(string source, string path)
        => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp12, DocumentationMode.Diagnose), path);

    private static Compilation Replace(CSharpCompilation compilation, int file, string source)
        => compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[file], Parse(source, compilation.SyntaxTrees[file].FilePath));

    private static GeneratorRun Edit(GeneratorRun before, Compilation compilation)
    {
        var driver = before.Driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return new GeneratorRun(driver, output);
    }

    // A model is read again for every edit; that it is as it was stops the work there.
    private static void AssertReasons(GeneratorRun run, IncrementalStepRunReason reason)
        => AssertReasons(run, [reason == Cached ? Unchanged : reason], [reason]);

    private static void AssertReasons(GeneratorRun run, IncrementalStepRunReason[] specs, IncrementalStepRunReason[] outputs)
    {
        var result = run.Driver.GetRunResult().Results.Single();
        Assert.Equal(specs, SpecOf.Steps(run).SelectMany(step => step.Outputs).Select(step => step.Reason));

        var sources = result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(step => step.Reason);
        Assert.Equal(outputs, sources);
    }
}
