using LoopGen.Generators.TakingOver;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.TakingOver;

/// <summary>What an owned file says at its top, and that the rest is what was emitted.</summary>
public sealed class OwnedTextTests
{
    [Theory]
    [InlineData("Fit", """
        // LoopGen wrote this training loop from the attributes on DigitClassifier:
        //   AdamW (learning rate 0.001, weight decay 0.01), cross-entropy, accuracy.
        // It is yours now: LoopGen no longer writes it, and tells you when the attributes change.

        """)]
    [InlineData("Evaluate", """
        // LoopGen wrote this evaluation loop from the attributes on DigitClassifier:
        //   cross-entropy, accuracy.
        // It is yours now: LoopGen no longer writes it, and tells you when the attributes change.

        """)]
    [InlineData("Predict", """
        // LoopGen wrote this prediction loop for DigitClassifier.
        // It is yours now: LoopGen no longer writes it.

        """)]
    [InlineData("Batch", """
        // LoopGen wrote these single steps from the attributes on DigitClassifier, for loops of your own:
        //   AdamW (learning rate 0.001, weight decay 0.01), cross-entropy, accuracy.
        // It is yours now: LoopGen no longer writes it, and tells you when the attributes change.

        """)]
    public void The_header_tells_what_it_was_written_from(string file, string header)
    {
        var emitted = GeneratorRun.Of(Models.DigitClassifier).Files[$"DigitSample.DigitClassifier.{file}.g.cs"];

        Assert.Equal(header + emitted[emitted.IndexOf("#nullable", StringComparison.Ordinal)..], OwnedText.From(emitted, "\n"));
    }

    [Fact]
    public void Overloads_of_a_loop_of_ones_own_have_a_header_too()
    {
        var emitted = GeneratorRun.Of(Models.OwnedFit).Files["Samples.Owned.Owner.Fit.g.cs"];

        Assert.StartsWith("""
            // LoopGen wrote these overloads of Owner.Fit. They make batches of other sources and call the Fit that
            // Owner declares itself.
            // It is yours now: LoopGen no longer writes it.
            #nullable enable

            """, OwnedText.From(emitted, "\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_of_ones_own_stays_named()
    {
        var emitted = GeneratorRun.Of(Models.OwnedOptimizer).Files["Samples.Owned.Adaptive.Fit.g.cs"];

        Assert.StartsWith("""
            // LoopGen wrote this training loop from the attributes on Adaptive:
            //   Adam (learning rate 0.001), mean squared error.
            // The optimizer is not that one: Adaptive has a CreateOptimizer of its own.
            // It is yours now: LoopGen no longer writes it, and tells you when the attributes change.
            #nullable enable

            """, OwnedText.From(emitted, "\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void It_has_the_line_ends_that_are_asked_for(string newLine)
    {
        var owned = OwnedText.From(GeneratorRun.Of(Models.Minimal).Files["Line.Fit.g.cs"], newLine);

        Assert.Equal(owned.ReplaceLineEndings(newLine), owned);
        Assert.Equal(newLine, OwnedText.NewLineOf(owned));
    }

    [Fact]
    public void The_words_change_with_everything_that_an_attribute_says()
    {
        // Every edit of the attributes that changes the loop; names, namespaces and members of the class are no attributes.
        foreach (var (before, after) in Specs.SpecEqualityTests.Changes.Select(row => row.Data).Where(edit => !IsAboutNames(edit.Item2)))
        {
            var edited = Models.DigitClassifier.Replace(before, after, StringComparison.Ordinal);
            Assert.True(Words(Models.DigitClassifier) != Words(edited), after);
        }
    }

    [Theory]
    [InlineData("[EarlyStopping]", "[EarlyStopping(Patience = 4)]")]
    [InlineData("[EarlyStopping]", "[EarlyStopping(MinDelta = 0.1)]")]
    [InlineData("[EarlyStopping]", "[EarlyStopping(Monitor = \"loss\")]")]
    [InlineData("[EarlyStopping]", "[EarlyStopping(WarmupEpochs = 1)]")]
    [InlineData("[EarlyStopping]", "[EarlyStopping(RestoreBest = true)]")]
    [InlineData("[EarlyStopping]", "[EarlyStopping(Baseline = 0)]")]
    [InlineData("[EarlyStopping]", "[EarlyStopping(StoppingThreshold = 0)]")]
    [InlineData("[EarlyStopping]", "[EarlyStopping(DivergenceThreshold = 0)]")]
    [InlineData("[Ema]", "[Ema(Decay = 0.9)]")]
    [InlineData("[Ema]", "[Ema(Warmup = false)]")]
    [InlineData("[Swa(StartEpoch = 1)]", "[Swa(StartEpoch = 2)]")]
    [InlineData("[ClipGradients(Norm = 1)]", "[ClipGradients(Norm = 2)]")]
    [InlineData("[ClipGradients(Norm = 1)]", "[ClipGradients(EachNorm = 1)]")]
    [InlineData("[ClipGradients(Norm = 1)]", "[ClipGradients(Norm = 1, LogNorm = true)]")]
    [InlineData("[Accumulate(Steps = 2)]", "[Accumulate(Steps = 3)]")]
    [InlineData("[Schedule(Schedule.Cosine)]", "[Schedule(Schedule.Linear)]")]
    [InlineData("[Schedule(Schedule.Cosine)]", "[Schedule(Schedule.Cosine, DecaySteps = 100)]")]
    [InlineData("[Schedule(Schedule.Cosine)]", "[Schedule(Schedule.Cosine, FinalFactor = 0.1)]")]
    [InlineData("[Schedule(Schedule.Cosine)]", "[Schedule(Schedule.Cosine, WarmupSteps = 10)]")]
    [InlineData("[Schedule(Schedule.Cosine, WarmupSteps = 10)]", "[Schedule(Schedule.Cosine, WarmupSteps = 10, WarmupFactor = 0.2)]")]
    [InlineData("[Schedule(Schedule.MultiStep, Milestones = new[] { 3L, 6 })]", "[Schedule(Schedule.MultiStep, Milestones = new[] { 3L, 7 })]")]
    [InlineData("[Schedule(Schedule.OneCycle)]", "[Schedule(Schedule.OneCycle, WarmupFraction = 0.1)]")]
    [InlineData("[Schedule(Schedule.Plateau)]", "[Schedule(Schedule.Plateau, Cooldown = 2)]")]
    [InlineData("[Schedule(Schedule.Plateau)]", "[Schedule(Schedule.Plateau, Monitor = \"accuracy\")]")]
    [InlineData("[Metric(Metric.TopKAccuracy)]", "[Metric(Metric.TopKAccuracy, K = 2)]")]
    [InlineData("[Metric(Metric.TopKAccuracy, Name = \"Hits\")]", "[Metric(Metric.TopKAccuracy, Name = \"Hits\", K = 2)]")]
    public void The_words_change_with_every_argument(string before, string after)
    {
        var first = Models.DigitClassifier.Replace("[Metric(", before + "[Metric(", StringComparison.Ordinal);
        var second = Models.DigitClassifier.Replace("[Metric(", after + "[Metric(", StringComparison.Ordinal);

        Assert.NotEqual(Words(first), Words(second));
    }

    private static bool IsAboutNames(string edit)
        => edit.Contains("picture", StringComparison.Ordinal)
        || edit.Contains("namespace", StringComparison.Ordinal)
        || edit.Contains("Scores Evaluate", StringComparison.Ordinal)
        || edit.Contains("public int Mean", StringComparison.Ordinal);

    private static string Words(string source)
        => GeneratorRun.Of(source).Files.Single(file => file.Key.EndsWith(".Fit.g.cs", StringComparison.Ordinal)).Value.Split("// </auto-generated>")[0];
}
