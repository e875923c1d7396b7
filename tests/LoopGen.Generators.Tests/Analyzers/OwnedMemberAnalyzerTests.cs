using LoopGen.Generators.TakingOver;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class OwnedMemberAnalyzerTests
{
    private const string Batches = "System.Collections.Generic.IEnumerable<(Tensor image, Tensor target)> batches";
    private const string Fit = $"public History<EpochLog> Fit({Batches}, int epochs = 1) => new();";
    private const string Reminder = "Net has {0} of its own, which the attributes do not shape: change {1} by hand, or remove {1} to have LoopGen write {1} again";
    private const string Changed = "Net has a Fit of its own, written before the attributes changed ({0}): make the change there, too, and in the comment above";

    [Theory]
    [InlineData(Fit, "a Fit", "it")]
    [InlineData($"public Scores Evaluate({Batches}, Device? device = null) => null!;", "an Evaluate", "it")]
    [InlineData("public Scores TrainOnBatch(Tensor image, Tensor target) => null!; public Scores TestOnBatch(Tensor image, Tensor target) => null!;", "a TrainOnBatch and a TestOnBatch", "them")]
    public Task LG0080_on_a_loop_of_ones_own(string member, string what, string it)
        => ReportsAsync(Own("{|LG0080:Compile(Loss = Loss.MSE)|}", member), string.Format(null, Reminder, what, it));

    [Theory]
    [InlineData("public History<EpochLog> Fit(Tensor image, Tensor target) => new();")]
    [InlineData("public optim.Optimizer CreateOptimizer() => optim.Adagrad(parameters());")]
    [InlineData("public Tensor Predict(System.Collections.Generic.IEnumerable<Tensor> batches) => null!;")]
    [InlineData("public void Fit(string folder) { }")]
    public Task Not_LG0080_on_what_no_attribute_shapes(string member) => IsSilentAsync(Own("Compile(Loss = Loss.MSE)", member));

    [Fact]
    public Task Not_LG0080_on_a_class_that_is_not_trained() => IsSilentAsync(Source.Class(
        "public class Net : Module<Tensor, Tensor>",
        $"public Net() : base(\"net\") {{ }} public void Fit({Batches}) {{ }}"));

    [Theory]
    [InlineData("Loss = Loss.MSE, LearningRate = 0.01", "learning rate 0.01 instead of 0.001")]
    [InlineData("Loss = Loss.MSE, WeightDecay = 0", "weight decay 0 added")]
    [InlineData("Loss = Loss.MSE, AmsGrad = true", "amsgrad added")]
    [InlineData("Loss = Loss.L1", "mean absolute error instead of mean squared error")]
    [InlineData("Loss = Loss.MSE, Optimizer = LoopGen.Optimizer.SGD, Momentum = 0.9", "SGD (learning rate 0.001, momentum 0.9) instead of AdamW")]
    public Task LG0081_names_what_changed_about_compile(string arguments, string changes)
        => ReportsAsync(Origin("AdamW (learning rate 0.001), mean squared error.", $"{{|LG0081:Compile({arguments})|}}"), string.Format(null, Changed, changes));

    [Theory]
    [InlineData("", "mean absolute error removed, windows of 4 batches removed, cosine schedule (final factor 0.1) removed, early stopping on val_loss (patience 3) removed")]
    [InlineData(
        "[Metric(Metric.MeanAbsoluteError)] [Accumulate(Steps = 2)] [Schedule(Schedule.Cosine, FinalFactor = 0.2)] [EarlyStopping(Patience = 5, MinDelta = 0.5)]",
        "cosine schedule: final factor 0.2 instead of 0.1, early stopping on val_loss: patience 5 instead of 3, early stopping on val_loss: min delta 0.5 added, windows of 2 batches instead of 4")]
    [InlineData(
        "[Metric(Metric.MeanAbsoluteError)] [Accumulate(Steps = 4)] [Schedule(Schedule.Cosine, FinalFactor = 0.1)] [EarlyStopping] [ClipGradients(Norm = 1)]",
        "gradients clipped to norm 1 added")]
    public Task LG0081_names_what_changed_about_the_rest(string attributes, string changes)
    {
        const string words = "AdamW (learning rate 0.001), mean squared error, mean absolute error; windows of 4 batches, cosine\n//     schedule (final factor 0.1), early stopping on val_loss (patience 3).";
        return ReportsAsync(Origin(words, "{|LG0081:Compile(Loss = Loss.MSE)|}", attributes), string.Format(null, Changed, changes));
    }

    [Fact]
    public Task LG0081_names_a_hook_that_is_not_called() => ReportsAsync(
        Own("{|LG0081:Compile(Loss = Loss.MSE)|}", "partial void OnStep(long step) { }", Part("AdamW (learning rate 0.001), mean squared error.")),
        string.Format(null, Changed, "hooks (OnStep) added"));

    [Fact]
    public Task LG0081_takes_the_place_of_LG0080_for_that_loop_alone() => ReportsAsync(
        Own(
            "{|LG0081:{|LG0080:Compile(Loss = Loss.MSE)|}|}",
            $"public Scores Evaluate({Batches}) => null!;",
            Part("AdamW (learning rate 0.1), mean squared error.")),
        string.Format(null, Reminder, "an Evaluate", "it"),
        string.Format(null, Changed, "learning rate 0.001 instead of 0.1"));

    [Theory]
    [InlineData("AdamW (learning rate 0.001), mean squared error.")]
    [InlineData("AdamW\n//     (learning rate 0.001),\n//     mean squared error.")]
    public Task Not_LG0081_while_the_attributes_are_the_same(string words)
        => ReportsAsync(Origin(words, "{|LG0080:Compile(Loss = Loss.MSE)|}"), string.Format(null, Reminder, "a Fit", "it"));

    [Theory]
    [InlineData("// LoopGen wrote this evaluation loop from the attributes on Net:\n//   cross-entropy.\n")]
    [InlineData("// LoopGen wrote this training loop from the attributes on Net:\n")]
    [InlineData("// LoopGen wrote this training loop from the attributes on Net:\n// SGD.\n")]
    [InlineData("// Ours since May.\n")]
    public Task Not_LG0081_without_a_comment_that_tells(string comment)
        => ReportsAsync(Own("{|LG0080:Compile(Loss = Loss.MSE)|}", string.Empty, comment + $"partial class Net {{ {Fit} }}"), string.Format(null, Reminder, "a Fit", "it"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_taken_over_says_nothing_but_that_it_is_owned(bool isByHand)
    {
        foreach (var source in Models.All.Where(model => model.Key != nameof(Models.OwnedFit)).Select(model => model.Value))
        {
            var emitted = GeneratorRun.Of(source).Files.Where(file => !file.Key.EndsWith(".Types.g.cs", StringComparison.Ordinal));
            string[] copies = [.. emitted.Select(file => isByHand ? ByHand(file.Value) : OwnedText.From(file.Value, "\n"))];

            var diagnostics = await RunAsync(GeneratorRun.Of([source, .. copies]).Output);

            // Three of four files are shaped by attributes.
            Assert.Equal(3 * copies.Length / 4, diagnostics.Count(diagnostic => diagnostic.Id == "LG0080"));
            Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "LG0081");
        }
    }

    // As the guide says: the two lines that make a file a generated one.
    private static string ByHand(string emitted)
        => emitted.Replace("// <auto-generated>\n", string.Empty, StringComparison.Ordinal).Replace("// </auto-generated>\n", string.Empty, StringComparison.Ordinal);

    private static string Own(string compile, string members, string others = "") => Own(compile, string.Empty, members, others);

    private static string Own(string compile, string attributes, string members, string others) => Source.Class(
        $"[{compile}]\n{attributes}\npublic sealed partial class Net : Module<Tensor, Tensor>",
        $"private readonly Module<Tensor, Tensor> layers = Linear(4, 3); public Net() : base(\"net\") => RegisterComponents();\n{members}") + $"\n\n{others}";

    private static string Part(string words) => $$"""
        // LoopGen wrote this training loop from the attributes on Net:
        //   {{words}}
        // It is yours now: LoopGen no longer writes it, and tells you when the attributes change.
        partial class Net
        {
            {{Fit}}
        }
        """;

    private static string Origin(string words, string compile, string attributes = "") => Own(compile, attributes, string.Empty, Part(words));
}
