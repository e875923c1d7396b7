using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Tests.Analyzers;

/// <summary>What someone may have written in place of a source: the same for the same numbers, always.</summary>
internal static class Mutation
{
    private static readonly string[] Scraps =
    [
        "partial ", "record ", "file ", "static ", "struct", "abstract ", "<T>", "[", "]", "(", ")", "{", "}", "\"", "=", "=>", ";", ",", ":", ".", "?",
        "[Compile]", "[Metric]", "[Metric()]", "[Compile(Loss = )]", "Loss = null", "Optimizer = default", "Name = null", "Name = \"\"", "default", "null!",
        ": this()", "this", "nameof(this)", "\uD800", "\u2212", "/*", "//", "#if", "1e999", "double.NaN", "Net", "Module<>", "Module<Tensor>", "class", "\r\n",
        "[Schedule]", "[Schedule(Schedule.Step)]", "[Ema]", "[Accumulate(Steps = )]", "[ClipGradients(Norm = 1)]", "Milestones = [", "Monitor = null",
        ".softmax(1)", "sigmoid(", "OnStep", "partial void OnStep() { }", "partial void OnGradient(long step) { }", "ref ", "async ", "private ",
    ];

    private static readonly string[] Arguments =
    [
        "Optimizer = Optimizer.AdamW", "Optimizer = Optimizer.SGD", "Optimizer = Optimizer.RMSprop", "Optimizer = (Optimizer)9", "Loss = Loss.NLL",
        "Loss = Loss.BCE", "Loss = Loss.Huber", "Delta = 2", "Alpha = 0.5", "Loss = Loss.CrossEntropy", "Loss = Loss.BCEWithLogits",
        "Loss = Loss.MSE", "Loss = Loss.Hubr", "LearningRate = 1e-2", "LearningRate = -1", "LearningRate = double.MaxValue", "Momentum = 0.9", "Momentum = 0",
        "Dampening = 0.1", "Nesterov = true", "AmsGrad = true", "Maximize = false", "Beta1 = 0.5", "Beta2 = 1", "Epsilon = 1e-300", "WeightDecay = 0.1",
        "LabelSmoothing = 0.1", "ClassWeights = new[] { 1.0, 2 }", "ClassWeights = new double[0]", "ClassWeights = null", "Divisor = LossDivisor.Weights",
        "IgnoreIndex = -100", "IgnoreIndex = long.MinValue", "lr = 0.1", "Metric.Accuracy", "Metric.MeanSquaredError", "Metric.TopKAccuracy", "K = 3",
        "Metric.RocAuc", "Name = \"Hits\"", "Name = \"loss\"",
        "Name = \"Val\"", "Name = \"épreuve\"", "typeof(int)", "42",
        "Schedule.Cosine", "Schedule.MultiStep", "Schedule.Plateau", "(Schedule)99", "WarmupSteps = 3", "WarmupFactor = 2", "DecaySteps = 0", "StepSize = 5",
        "Milestones = new long[] { 3, 2 }", "Milestones = [1, 2]", "Milestones = null", "Gamma = 0.5", "FirstPeriod = 4", "FinalFactor = double.NaN",
        "HalfCycle = 7", "Power = 2", "TotalSteps = 100", "Monitor = \"loss\"", "Monitor = \"val_acc\"", "Monitor = \"val_accuracy\"", "Patience = 3",
        "Patience = int.MinValue", "HigherIsBetter = true", "Norm = 1", "Value = 0.5", "EachNorm = -1", "LogNorm = true", "Steps = 4", "Steps = 1",
        "Decay = 0.99", "Warmup = false", "StartEpoch = 2", "StartEpoch = 0",
    ];

    private static readonly string[] Attributes =
    [
        "[Compile(Loss = Loss.MSE)]", "[Compile(Loss = Loss.CrossEntropy, Optimizer = Optimizer.SGD)]", "[Compile(Loss = Loss.BCEWithLogits)]", "[Compile]",
        "[Metric(Metric.Accuracy)]", "[Metric(Metric.MeanAbsoluteError)]", "[Metric(Metric.MeanSquaredError, Name = \"mse\")]",
        "[Metric(Metric.Accuracy, Name = \"Top1\")]",
        "[Metric(Metric.F1Score)]", "[Metric(typeof(Accuracy))]", "[System.Serializable]", "[System.Obsolete]",
        "[Schedule]", "[Schedule(Schedule.Cosine, WarmupSteps = 2)]", "[Schedule(Schedule.OneCycle)]", "[Schedule(Schedule.CosineRestarts, FirstPeriod = 3)]",
        "[Schedule(Schedule.Step, StepSize = 3)]", "[Schedule(Schedule.MultiStep, Milestones = new long[] { 2, 4 })]", "[Schedule(Schedule.Plateau)]",
        "[Schedule(Schedule.Plateau, Monitor = \"val_accuracy\")]", "[Schedule(Schedule.Exponential, Gamma = 0.9, WarmupSteps = 1)]",
        "[Schedule(Schedule.Cyclic, HalfCycle = 3)]", "[ClipGradients(Norm = 1)]", "[ClipGradients(Norm = 1, LogNorm = true)]", "[ClipGradients(Value = 0.5)]",
        "[ClipGradients(EachNorm = 2)]", "[Accumulate(Steps = 2)]", "[Ema]", "[Ema(Decay = 0.9, Warmup = false)]", "[Swa(StartEpoch = 2)]", "[EarlyStopping(RestoreBest = true)]", "[EarlyStopping(Monitor = \"loss\", Patience = 2)]",
        "[Checkpoint(\"c\")]", "[Checkpoint(\"c\", Monitor = \"val_loss\", KeepBest = 2, FileName = \"{epoch}\", SaveOnException = true)]", "[SampleWeights]", "[StopOnNaN]", "[DetectAnomaly]",
    ];

    private static readonly string[] Members =
    [
        "partial void OnStep(long step) { }", "partial void OnStep(long step);", "private void OnStep(long step) { }", "public int OnStep;",
        "public int EpochLog => 0;",
        "public void Fit(int epochs) { }", "public void Evaluate() { }", "public Tensor Predict(Tensor x) => x;",
        "public Tensor CreateOptimizer() => null!;", "public torch.optim.Optimizer CreateOptimizer() => torch.optim.SGD(parameters(), 0.1);",
        "public class Scores;", "public static int torch = 1;", "public class History<T>;",
        "partial void OnLoss(long step, ref Tensor loss) => loss = loss + 1;",
        "partial void OnTrainEnd(History<EpochLog> history) { }", "private partial void OnEpochBegin(int epoch) { }", "public bool Accuracy { get; set; }",
        "public const string Mean = \"\";", "public Module<Tensor, Tensor> Head = Linear(2, 2);", "public void ToString(int x) { }",
        "public int Loss, Metric;", "[Metric] private Tensor Error(Tensor output, Tensor target) => output - target;",
        "[Metric] static Tensor step(Tensor output, Tensor target) => output.mean();", "[Metric] public double Half() => 0.5;",
        "[Frozen] public Linear Cold = Linear(2, 2);", "[LearningRate(0.1)] public Linear Slow = Linear(2, 2), Slower = Linear(2, 2);",
        "[LearningRate(-1), Frozen] public int rest;", "[field: LearningRate(0.5)] public Parameter parameter { get; } = new(ones(2));",
        "[Schedule] private double Rate(long step) => 1;", "[Schedule] static double schedule(long step) => step;", "[Schedule] public float Rate(int step) => 1;",
        "[Schedule(Schedule.Linear)] double learningRate(long step) => 1;", "public class CosineSchedule;", "public int Gradients, WeightAverage, LearningRate;",
    ];

    /// <summary>The words of a source, some of them left out, doubled, swapped or replaced.</summary>
    public static string OfWords(string source, Random random)
    {
        var words = SyntaxFactory.ParseTokens(source).Select(token => token.ToFullString()).ToList();
        for (var count = random.Next(1, 5); count > 0 && words.Count > 0; count--)
        {
            var place = random.Next(words.Count);
            switch (random.Next(5))
            {
                case 0:
                    words.RemoveAt(place);
                    break;
                case 1:
                    words.Insert(place, words[random.Next(words.Count)]);
                    break;
                case 2:
                    words[place] = One(Scraps, random);
                    break;
                case 3:
                    words.Insert(place, One(Scraps, random));
                    break;
                default:
                    words.RemoveRange(place, Math.Min(random.Next(1, 6), words.Count - place));
                    break;
            }
        }

        return words.Aggregate(new StringBuilder(), (text, word) => text.Append(word)).ToString();
    }

    /// <summary>A source whose grammar is sound still: other arguments, attributes, modifiers, members and names.</summary>
    public static string OfDeclarations(string source, Random random)
    {
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var root = CSharpSyntaxTree.ParseText(source).GetRoot();
            var type = One([.. root.DescendantNodes().OfType<ClassDeclarationSyntax>()], random);
            var arguments = type.AttributeLists.SelectMany(list => list.DescendantNodes()).OfType<AttributeArgumentSyntax>().ToArray();
            source = random.Next(6) switch
            {
                0 when arguments.Length > 0 => source.Remove(One(arguments, random) is var old ? old.SpanStart : 0, old.Span.Length).Insert(old.SpanStart, One(Arguments, random)),
                1 when arguments.Length > 0 => source.Insert(One(arguments, random).Span.End, ", " + One(Arguments, random)),
                2 => source.Insert(type.SpanStart, One(Attributes, random) + "\n"),
                3 when type.AttributeLists.Count > 0 && One([.. type.AttributeLists], random) is var list => source.Remove(list.SpanStart, list.Span.Length),
                4 when type.Identifier.Span.Length > 0 && One([.. root.DescendantNodes().OfType<ParameterSyntax>()], random).Identifier is var parameter
                    => source.Replace(parameter.Text, One(["device", "target", "epoch", "Item2", "torch", "@long", "output1", "Rest"], random), StringComparison.Ordinal),
                _ => source.Insert(type.CloseBraceToken.SpanStart, $"    {One(Members, random)}\n"),
            };
        }

        return source;
    }

    private static T One<T>(IReadOnlyList<T> choices, Random random) => choices[random.Next(choices.Count)];
}
