using System.Globalization;
using System.Text.RegularExpressions;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LoopGen.Generators.Tests.Compiling;

/// <summary>Layer 3: whatever is asked for, the emitted files compile without a warning and are well-formed text.</summary>
[Trait("Category", "Slow")]
public sealed class CompilesCleanTests
{
    public static TheoryData<string> ModelNames => [.. Models.All.Keys];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            // One argument or attribute each; every pair of them must work together.
            string[] options =
            [
                "Optimizer = Optimizer.SGD", "Optimizer = Optimizer.Adam", "Loss = Loss.CrossEntropy", "Loss = Loss.BCEWithLogits", "Loss = Loss.MSE",
                "Optimizer = Optimizer.RMSprop", "Loss = Loss.Huber", "Loss = Loss.NLL", "Alpha = 0.5", "Delta = 1E-05",
                "LearningRate = 6E-05", "WeightDecay = 0.5", "Momentum = 0.9", "Dampening = 0.1", "Beta1 = 0.5", "Beta2 = 0.99999", "Epsilon = 1E-300",
                "Nesterov = true", "AmsGrad = true", "Maximize = true", "DecayExclude = true", "IgnoreIndex = -9223372036854775808",
                "LabelSmoothing = 1E-05", "ClassWeights = new[] { 1E-05, 2 }", "ClassWeights = new[] { 0.5, 1, 1E30 }, Divisor = LossDivisor.Weights",
                "[Metric(Metric.Accuracy)]", "[Metric(Metric.MeanSquaredError)]", "[Metric(Metric.MeanAbsoluteError, Name = \"Mae\")]",
                "[Metric(Metric.TopKAccuracy, K = 2147483647)]", "[Metric(Metric.F1Score)]", "[Metric(Metric.RocAuc)]",
                "[Schedule(Schedule.Plateau, Monitor = \"loss\")]", "[ClipGradients(Norm = 1E-05, LogNorm = true)]", "[Accumulate(Steps = 2)]", "[GradientNoise(Variance = 1E-05)]",
                "[EarlyStopping(Monitor = \"loss\", MinDelta = 1E-05, Baseline = -0.0, WarmupEpochs = 3, StoppingThreshold = 1E-05, DivergenceThreshold = 1E30, RestoreBest = true)]",
                "[Ema(Decay = 0)]", "[Swa(StartEpoch = 2)]", "[SampleWeights]", "[StopOnNaN]", "[DetectAnomaly]",
                "[Checkpoint(\"a \\\"b\\\"\", Monitor = \"loss\", FileName = \"{epoch}{loss:E3}\", EveryEpochs = 3, EverySteps = 7, EveryMinutes = 1E-05, SaveOnException = true)]",
                "[Metric(typeof(MeanSquaredError), Name = \"Own\")]",
            ];
            var pairs = new TheoryData<string, string>();
            for (var i = 0; i < options.Length; i++)
            {
                for (var j = i + 1; j < options.Length; j++)
                {
                    // An argument may be given once.
                    if (options[i].Split(' ')[0] != options[j].Split(' ')[0] || options[i][0] == '[')
                    {
                        pairs.Add(options[i], options[j]);
                    }
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void Every_model_compiles_clean(string name)
    {
        foreach (var language in new[] { LanguageVersion.CSharp12, LanguageVersion.Latest })
        {
            AssertClean(GeneratorRun.Of(TestCompilation.Create(language, Models.All[name])));
            AssertClean(GeneratorRun.Of(TestCompilation.Create(language, Models.All[name], TestCompilation.ImplicitUsings)));
        }
    }

    [Theory]
    [InlineData("public torch.optim.Optimizer CreateOptimizer() => torch.optim.SGD(parameters(), 0.1);", false)]
    [InlineData("public Adam CreateOptimizer(Device? device = null) => torch.optim.Adam(parameters());", false)]
    [InlineData("public string CreateOptimizer() => string.Empty;", true)]
    public void A_CreateOptimizer_of_the_users_own_compiles_clean(string method, bool isOursToo)
    {
        var run = GeneratorRun.Of(Models.Minimal.Replace("public override", $"{method}\n\n    public override", StringComparison.Ordinal));
        AssertClean(run);
        Assert.Equal(isOursToo, run.Files["Line.Batch.g.cs"].Contains("Optimizer CreateOptimizer(", StringComparison.Ordinal));
    }

    // One name for two files would cost the output of the whole project. The last class has its namespace's name.
    [Fact]
    public void Models_with_names_alike_have_files_of_their_own()
    {
        string[] types = ["Net_1", "Net<T>", "NET_1", "NET<T>", "Net", "Net<T, U>", "Alike"];
        var run = GeneratorRun.Of(Models.Usings + "namespace Alike;\n" + string.Concat(types.Select(type => $$"""

            [Compile(Loss = Loss.MSE)]
            public partial class {{type}} : Module<Tensor, Tensor>
            {
                private readonly Linear linear = Linear(2, 1);

                public {{type.Split('<')[0]}}() : base("{{type}}") => RegisterComponents();

                public override Tensor forward(Tensor x) => linear.call(x);
            }

            """)));

        AssertClean(run);
        Assert.Equal(types.Length, run.Files.Keys.Count(file => file.EndsWith(".Fit.g.cs", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_of_options_compiles_clean(string one, string other) => AssertClean(GeneratorRun.Of(SourceOf(one, other)));

    /// <summary>The smallest model with two options.</summary>
    internal static string SourceOf(string one, string other)
    {
        string[] options = [one, other];
        var arguments = options.Where(option => option[0] != '[').ToList();
        if (!arguments.Any(argument => argument.StartsWith("Loss", StringComparison.Ordinal)))
        {
            arguments.Add("Loss = Loss.MSE");
        }

        return Models.Minimal.Replace(
            "[Compile(Loss = Loss.MSE)]",
            $"[Compile({string.Join(", ", arguments)})]{string.Concat(options.Where(option => option[0] == '['))}",
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_culture_with_other_signs_changes_nothing()
    {
        var source = Models.IgnoredTargets.Replace("IgnoreIndex = -1", "IgnoreIndex = -1, LearningRate = 0.25", StringComparison.Ordinal);
        var expected = GeneratorRun.Of(source).Files;

        var culture = (CultureInfo)CultureInfo.GetCultureInfo("sv-SE").Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, GeneratorRun.Of(source).Files);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void AssertClean(GeneratorRun run)
    {
        Assert.NotEmpty(run.Files);
        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
        foreach (var (name, text) in run.Files)
        {
            Assert.DoesNotContain('\r', text);
            Assert.DoesNotMatch(new Regex("[ \t]\n"), text);
            Assert.DoesNotContain("\n\n\n", text);
            Assert.EndsWith("}\n", text);
            Assert.StartsWith("// <auto-generated>\n", text);
            Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 120 || line.Contains("global::", StringComparison.Ordinal), $"{name}: {line}"));
        }
    }
}
