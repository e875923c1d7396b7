using LoopGen.Generators.Tests.Analyzers;
using Xunit;
using static LoopGen.Generators.Tests.CodeFixes.FixTest;

namespace LoopGen.Generators.Tests.CodeFixes;

public sealed class HookFixTests
{
    [Theory]
    [InlineData("partial void OnGradient(long step) { }", "OnGradients", "partial void OnGradients(long step) { }")]
    [InlineData("partial void on_train_end(History<EpochLog> history) { }", "OnTrainEnd", "partial void OnTrainEnd(History<EpochLog> history) { }")]
    public Task LG0050_the_hook_that_was_meant(string before, string name, string after)
        => FixesAsync("LG0050", $"Change to {name}", Hook(before), Hook(after));

    [Theory]
    [InlineData(
        "partial void OnStep() => System.Console.WriteLine();",
        "OnStep(long step)",
        "partial void OnStep(long step) => System.Console.WriteLine();")]
    [InlineData(
        "partial void OnStep(int number) => System.Console.WriteLine(number + number);",
        "OnStep(long step)",
        "partial void OnStep(long step) => System.Console.WriteLine(step + step);")]
    [InlineData(
        "partial void OnBatch(ref Tensor target, ref Tensor image, long step)\n    {\n        // flip\n        image = image.fliplr();\n    }",
        "OnBatch(long step, ref Tensor image, ref Tensor target)",
        "partial void OnBatch(long step, ref Tensor image, ref Tensor target)\n    {\n        // flip\n        image = image.fliplr();\n    }")]
    [InlineData(
        "/// <summary>A penalty.</summary>\n    private partial void OnLoss(Tensor l, long at)\n    {\n        l.add_(at);\n    }",
        "OnLoss(long step, ref Tensor loss)",
        "/// <summary>A penalty.</summary>\n    partial void OnLoss(long step, ref Tensor loss)\n    {\n        loss.add_(step);\n    }")]
    [InlineData(
        "partial void OnEpochEnd<T>(EpochLog log) where T : class { }",
        "OnEpochEnd(EpochLog log)",
        "partial void OnEpochEnd(EpochLog log) { }")]
    public Task LG0051_the_signature_changes_and_the_body_stays(string before, string signature, string after)
        => FixesAsync("LG0051", $"Change to partial void {signature}", Hook(before), Hook(after));

    [Fact]
    public Task LG0051_the_weights_of_the_samples_are_added() => FixesAsync(
        "LG0051",
        "Change to partial void OnBatch(long step, ref Tensor image, ref Tensor target, ref Tensor weight)",
        Weighted("partial void OnBatch(long step, ref Tensor image, ref Tensor target) => image = image.fliplr();"),
        Weighted("partial void OnBatch(long step, ref Tensor image, ref Tensor target, ref Tensor weight) => image = image.fliplr();"));

    [Theory]
    [InlineData("partial bool OnStep(long step) => true;")]
    [InlineData("async partial void OnStep() => await System.Threading.Tasks.Task.Yield();")]
    public Task LG0051_offers_nothing_where_the_body_would_not_fit(string method) => OffersNothingAsync("LG0051", Hook(method));

    [Theory]
    [InlineData("private partial void OnStep(long step) { }", "'private'", "partial void OnStep(long step) { }")]
    [InlineData("// why\n    private  static\tpartial void OnStep(long step) { }", "'private' and 'static'", "// why\n    partial void OnStep(long step) { }")]
    [InlineData("async partial void OnStep(long step) { }", "'async'", "partial void OnStep(long step) { }")]
    public Task LG0052_the_modifiers_go(string before, string modifiers, string after)
        => FixesAsync("LG0052", $"Remove {modifiers}", Hook(before), Hook(after));

    [Fact]
    public Task LG0052_offers_nothing_where_the_body_waits()
        => OffersNothingAsync("LG0052", Hook("async partial void OnStep(long step) => await System.Threading.Tasks.Task.Yield();"));

    [Fact]
    public Task LG0052_all_of_a_file_at_once() => FixesAllAsync(
        "LG0052",
        "Remove 'private'",
        Hook("private partial void OnStep(long step) { }\n    private partial void OnTrainBegin() { }"),
        Hook("partial void OnStep(long step) { }\n    partial void OnTrainBegin() { }"));

    [Theory]
    [InlineData("private void OnStep(long step) { }", "OnStep(long step)", "partial void OnStep(long step) { }")]
    [InlineData("void OnEpochBegin(int e) => System.Console.WriteLine(e);", "OnEpochBegin(int epoch)", "partial void OnEpochBegin(int epoch) => System.Console.WriteLine(epoch);")]
    public Task LG0053_the_method_becomes_a_hook(string before, string signature, string after)
        => FixesAsync("LG0053", $"Change to partial void {signature}", Hook(before), Hook(after));

    [Theory]
    [InlineData("protected virtual void OnStep(long step) { }")]
    [InlineData("private bool OnStep(long step) => step > 0;")]
    public Task LG0053_offers_nothing_where_others_rely_on_it(string method) => OffersNothingAsync("LG0053", Hook(method));

    [Fact]
    public Task LG0054_a_body_is_added() => FixesAsync(
        "LG0054",
        "Add a body",
        Hook("partial void OnStep(long step);"),
        Hook("partial void OnStep(long step) { }"));

    [Fact]
    public Task LG0054_the_declaration_goes_where_there_is_a_body() => FixesAsync(
        "LG0054",
        "Remove this declaration",
        Hook("private int steps;\n\n    /// <summary>Counts.</summary>\n    partial void OnStep(long step);\n\n    partial void OnStep(long step) => steps++;"),
        Hook("private int steps;\n\n    partial void OnStep(long step) => steps++;"));

    private static string Weighted(string members) => Hook(members).Replace("[Compile", "[SampleWeights]\n[Compile", StringComparison.Ordinal);

    private static string Hook(string members) => Source.Trained($"    public Net() : base(\"net\") {{ }}\n\n    {members}");
}
