using System.Collections.Concurrent;
using System.Globalization;
using LoopGen.Generators.Model;
using LoopGen.Generators.Tests.CodeFixes;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace LoopGen.Generators.Tests.Analyzers;

/// <summary>Whatever someone is in the middle of typing: no analyzer, code fix or generator throws.</summary>
[Trait("Category", "Slow")]
public sealed class MutationTests
{
    private static readonly string[] Originals =
    [
        Models.DigitClassifier,
        Source.Compile("Optimizer = Optimizer.SGD, Loss = Loss.CrossEntropy, LearningRate = 0.1, Momentum = 0.9, Nesterov = true, IgnoreIndex = -1"),
        Source.Model("[Compile(Loss = (Loss)3)]\n[Metric(Metric.MeanSquaredError, Name = \"Mse\")]\n[Metric((Metric)2)]"),
        Source.Usings + """
        [Compile(Loss = Loss.CrossEntropy)]
        [Schedule(Schedule.Plateau, Monitor = "val_acc", WarmupFactor = 0.5, Power = 2)]
        [ClipGradients(Norm = 1, Value = 0.5), Accumulate(Steps = 2)]
        [Ema, Swa(StartEpoch = 3), SampleWeights]
        [Metric(Metric.Accuracy, HigherIsBetter = true)]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Linear layer = Linear(4, 3);
            public Net() : base("net") { RegisterComponents(); }
            public override Tensor forward(Tensor image) => layer.call(image);
            [Schedule(Schedule.MultiStep, Milestones = new long[] { 3, 2 })] private float Rate(int step) => 1f / (step + 1);
            [Metric] private static Tensor Share(Tensor output, Tensor target) => output.mean();
        }
        """,
        Source.Usings + """
        [Compile(Loss = Loss.MSE)]
        [Schedule(Schedule.Plateau, Monitor = "val_share")]
        public partial class Watched : Module<Tensor, Tensor>
        {
            private readonly Linear layer = Linear(4, 3);
            public Watched() : base("net") { RegisterComponents(); }
            public override Tensor forward(Tensor image) => layer.call(image);
            [Metric] private static Tensor Share(Tensor output, Tensor target) => output.mean();
        }
        """,
        Source.Usings + """
        public abstract class Backbone<T> : Module<Tensor, Tensor> where T : Module<Tensor, Tensor>
        {
            protected T body;
            protected Backbone(T body) : base("net") { this.body = body; RegisterComponents(); }
        }

        public partial class Outer<TKey>
        {
            [Metric(Metric.Accuracy)]
            [Compile(Loss = Loss.BCEWithLogits)]
            public partial class Net(Module<Tensor, Tensor> head) : Backbone<Linear>(Linear(4, 3))
            {
                private readonly Parameter scale = new(torch.ones(1)), shift = null!;
                public Net() : this(Linear(1, 1)) { }
                public override Tensor forward(Tensor image) => head.call(body.call(image));
            }

            partial class Net { partial void OnStep(long step); partial void OnStep(long step) { } }
        }
        """,
        Source.Trained(
            """
                public Net() : base("net") { }

                [Metric] static Tensor Hits(Tensor output) => output.squeeze(1);
                [Metric(Metric.Accuracy, K = 3)] private async static System.Threading.Tasks.Task<Tensor> Later(Tensor output, Tensor target) => output;
                [Metric(Name = "Half")] Tensor? Part<T>(Tensor target, ref Tensor output) where T : class => target;
                [Metric] public double Share(Tensor yTrue, Tensor yPred) => 0;
                [Metric] Tensor Best(Tensor labels, Tensor logits) => logits.amax([1L]);
            """,
            others: """
                public class Own<T>(Device device, string name = "own") : StreamingMetric(name + device)
                {
                    public override void Update(Tensor output, Tensor target) { }
                    public override void Reset() { }
                    public override double Compute() => 0;
                }

                [Metric(typeof(Own<int>)), Metric(typeof(Own<>)), Metric]

                """),
    ];

    private static readonly string[] Seeds = [.. Models.All.Values, .. Originals];

    // Without a generator nobody declares the hooks, or the types that they are given.
    private static readonly string[] EmittedTypes = ["EpochLog", "Scores"];

    /// <summary>A thousand mutants: no exception, and a model in which nothing is wrong has a loop that compiles.</summary>
    [Theory]
    [InlineData(650, false)]
    [InlineData(350, true)]
    public async Task Mutants_are_told_what_is_wrong_or_compile(int count, bool isSound)
    {
        var found = new ConcurrentBag<(bool IsWrong, string? Failure)>();
        await Parallel.ForAsync(0, count, async (number, _) => found.Add(await TryAsync(number, isSound)));

        Assert.Equal(count, found.Count);
        var failures = found.Select(mutant => mutant.Failure).OfType<string>().ToArray();
        Assert.True(failures.Length == 0, $"{failures.Length} mutants:\n{string.Join("\n\n", failures.Take(40))}");

        // Both kinds are among them, or the test would show little.
        Assert.InRange(found.Count(mutant => mutant.IsWrong), 50, count - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_code_fix_throws(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var source = Mutation.OfWords(Originals[i % Originals.Length], random);
            try
            {
                await FixTest.AppliesAllAsync(source);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Thrown for:\n{source}", exception);
            }
        }
    }

    private static async Task<(bool IsWrong, string? Failure)> TryAsync(int number, bool isSound)
    {
        var random = new Random(number);
        var seed = Seeds[number % Seeds.Length];
        var source = isSound ? Mutation.OfDeclarations(seed, random) : Mutation.OfWords(seed, random);
        try
        {
            var compilation = TestCompilation.Create(source);
            var run = GeneratorRun.Of(compilation);

            // From the cheap to the costly: most mutants of words are not even grammatical, as in an editor.
            var isGrammatical = !compilation.SyntaxTrees[0].GetDiagnostics().Any(IsError);
            var (reported, ofOutput) = await AnalyzerTest.RunWithCompilerAsync(isGrammatical ? run.Output : compilation, isConcurrent: false);
            if (!isGrammatical || reported.Any(IsError) || compilation.GetDiagnostics().Any(IsUsersError))
            {
                return (true, null);
            }

            // All that is left must be errors in what nothing was emitted for, or in how the emitted types are used.
            var errors = ofOutput.Where(IsError).ToArray();
            var failures = errors.Where(error => IsEmitted(error) || (IsHook(error) && IsInModel(error, run.Output))).ToArray();
            return (errors.Length > 0, failures.Length == 0 ? null : $"{string.Join('\n', failures.Take(5))}\nin\n{source}");
        }
        catch (Exception exception)
        {
            return (false, $"{exception}\nin\n{source}");
        }
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static bool IsUsersError(Diagnostic diagnostic)
        => IsError(diagnostic)
        && !IsHook(diagnostic)
        && !EmittedTypes.Any(type => diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains($"'{type}'", StringComparison.Ordinal));

    // A body without a declaration.
    private static bool IsHook(Diagnostic diagnostic) => diagnostic.Id == "CS0759";

    private static bool IsEmitted(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static bool IsInModel(Diagnostic diagnostic, Compilation compilation)
        => diagnostic.Location.SourceTree is { } tree
        && tree.GetRoot().FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ClassDeclarationSyntax>() is { } declaration
        && LoopAttributes.FindCompile((INamedTypeSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(declaration)!) is not null;
}
