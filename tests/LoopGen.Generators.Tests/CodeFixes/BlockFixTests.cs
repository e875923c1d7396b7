using LoopGen.Generators.Tests.Analyzers;
using Xunit;
using static LoopGen.Generators.Tests.CodeFixes.FixTest;

namespace LoopGen.Generators.Tests.CodeFixes;

public sealed class BlockFixTests
{
    [Theory]
    [InlineData("Schedule(Schedule.Cosine, Power = 2)", "Schedule(Schedule.Cosine)")]
    [InlineData("ClipGradients(LogNorm = true, Value = 2)", "ClipGradients(Value = 2)")]
    [InlineData("Metric(Metric.Accuracy, HigherIsBetter = true)", "Metric(Metric.Accuracy)")]
    public Task LG0011_the_argument_goes(string before, string after)
        => FixesAsync("LG0011", "Remove the argument", Model($"[{before}]"), Model($"[{after}]"));

    [Fact]
    public Task LG0061_the_limit_that_is_too_many_goes() => FixesAsync(
        "LG0061", "Remove the argument", Model("[ClipGradients(Norm = 1, Value = 2)]"), Model("[ClipGradients(Norm = 1)]"));

    [Fact]
    public Task LG0061_all_of_a_file_at_once() => FixesAllAsync(
        "LG0061", "Remove the argument", Model("[ClipGradients(Norm = 1, Value = 2, EachNorm = 3)]"), Model("[ClipGradients(Norm = 1)]"));

    [Fact]
    public Task LG0061_offers_nothing_without_a_limit() => OffersNothingAsync("LG0061", Model("[ClipGradients]"));

    [Theory]
    [InlineData("\"val_acc\"", "\"val_accuracy\"")]
    [InlineData("nameof(Accuracy)", "\"accuracy\"")]
    public Task LG0062_the_figure_that_was_meant(string before, string after) => FixesAsync(
        "LG0062", $"Change to {after}", Watching(before), Watching(after));

    [Fact]
    public Task LG0062_offers_nothing_where_none_is_near() => OffersNothingAsync("LG0062", Watching("\"perplexity\""));

    [Theory]
    [InlineData("[Metric]", "[Metric(HigherIsBetter = true)]", "true")]
    [InlineData("[Metric()]", "[Metric(HigherIsBetter = false)]", "false")]
    [InlineData("[Metric(Name = \"Share\")]", "[Metric(Name = \"Share\", HigherIsBetter = true)]", "true")]
    public Task LG0063_the_direction_is_said(string before, string after, string value) => FixesAsync(
        "LG0063", $"Add HigherIsBetter = {value}", Method(before), Method(after));

    [Theory]
    [InlineData("[Ema]\n[Swa(StartEpoch = 2)]\n", "[Ema]\n")]
    [InlineData("[Swa(StartEpoch = 2), Ema]\n", "[Swa(StartEpoch = 2)]\n")]
    [InlineData("[Ema]\n[Swa(StartEpoch = 2)] // from the second on\n", "[Ema]\n // from the second on\n")]
    public Task LG0064_the_second_goes(string before, string after) => FixesAsync(
        "LG0064", "Remove the attribute", Source.Model($"{before}[Compile(Loss = Loss.MSE)]"), Source.Model($"{after}[Compile(Loss = Loss.MSE)]"));

    [Fact]
    public Task LG0064_all_of_a_file_at_once() => FixesAllAsync(
        "LG0064",
        "Remove the attribute",
        Members("[Schedule] double A(long step) => 1;\n\n    [Schedule]\n    double B(long step) => 1;\n\n    [Schedule] double C(long step) => 1;"),
        Members("[Schedule] double A(long step) => 1;\n\n    double B(long step) => 1;\n\n    double C(long step) => 1;"));

    [Theory]
    [InlineData("private float Rate(long step) => 1f / (step + 1);", "private double Rate(long step) => 1f / (step + 1);")]
    [InlineData("static double Rate(int step) => step > 5 ? 1 : 0.5;", "static double Rate(long step) => step > 5 ? 1 : 0.5;")]
    [InlineData("static int Rate(in uint step)\n    {\n        return 1;\n    }", "static double Rate(long step)\n    {\n        return 1;\n    }")]
    [InlineData("static double Rate() => 1;", "static double Rate(long step) => 1;")]
    public Task LG0065_the_signature_of_a_schedule(string before, string after) => FixesAsync(
        "LG0065", "Change to double Rate(long step)", Members("[Schedule] " + before), Members("[Schedule] " + after));

    [Theory]
    [InlineData("static double Rate(double step) => 1 / (step + 1);")]
    [InlineData("static double Rate(int epoch) => 1.0 / (epoch + 1);")]
    [InlineData("static double Rate(int step) { int half = step / 2; return half; }")]
    [InlineData("static double Rate(long step, int every) => step / every;")]
    [InlineData("static double Rate() { var step = 3; return step; }")]
    [InlineData("static double Rate(int step) => step < 1 ? 1 : Rate(step - 1) / 2;")]
    [InlineData("static double Rate<T>(long step) => 1;")]
    [InlineData("static string Rate(long step) => \"1\";")]
    [InlineData("static void Rate(long step) { }")]
    [InlineData("public virtual float Rate(long step) => 1;")]
    public Task LG0065_offers_nothing_where_the_body_cannot_stay(string method)
        => OffersNothingAsync("LG0065", Members("[Schedule] " + method));

    [Theory]
    [InlineData("[Schedule(Schedule.Cosine)]")]
    [InlineData("[Schedule(WarmupSteps = 3)]")]
    public Task LG0067_the_argument_goes(string before) => FixesAsync(
        "LG0067", "Remove the argument", Members(before + " double Rate(long step) => 1;"), Members("[Schedule] double Rate(long step) => 1;"));

    [Fact]
    public Task LG0067_all_of_a_file_at_once() => FixesAllAsync(
        "LG0067",
        "Remove the argument",
        Members("[Schedule(Schedule.Cosine, WarmupSteps = 3)] double Rate(long step) => 1;"),
        Members("[Schedule] double Rate(long step) => 1;"));

    [Fact]
    public Task LG0067_offers_nothing_on_a_class() => OffersNothingAsync("LG0067", Model("[Schedule]"));

    private static string Model(string attributes) => Source.Model($"[Compile(Loss = Loss.CrossEntropy)]\n{attributes}");

    private static string Watching(string monitor) => Model($"[Metric(Metric.Accuracy)]\n[Schedule(Schedule.Plateau, Monitor = {monitor})]");

    private static string Method(string metric) => Source.Trained(
        $"    public Net() : base(\"net\") {{ }}\n\n    {metric} static Tensor Share(Tensor output, Tensor target) => output.mean();",
        others: "[Schedule(Schedule.Plateau, Monitor = \"val_share\")]\n");

    private static string Members(string members) => Source.Trained($"    public Net() : base(\"net\") {{ }}\n\n    {members}");
}
