using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class ClipAnalyzerTests
{
    [Theory]
    [InlineData("ClipGradients")]
    [InlineData("ClipGradients()")]
    [InlineData("ClipGradients(LogNorm = true)")]
    public Task LG0061_without_a_limit(string attribute) => ReportsAsync(
        Model($"[{{|LG0061:{attribute}|}}]"),
        "[ClipGradients] takes one of Norm, Value and EachNorm: add one, Norm = 1.0 for example");

    [Theory]
    [InlineData("Norm = 1, {|LG0061:Value = 0.5|}", "remove Norm or Value")]
    [InlineData("Value = 0.5, {|LG0061:Norm = 1|}, LogNorm = true", "remove Value or Norm")]
    [InlineData("EachNorm = 1, LogNorm = true, {|LG0061:Value = 0.5|}", "remove EachNorm or Value")]
    public Task LG0061_on_the_second_limit(string arguments, string advice) => ReportsAsync(
        Model($"[ClipGradients({arguments})]"), $"[ClipGradients] takes one of Norm, Value and EachNorm: {advice}");

    [Fact]
    public Task LG0061_on_every_limit_but_the_first() => ReportsAsync(
        Model("[ClipGradients(EachNorm = 1, {|LG0061:Norm = 1|}, {|LG0061:Value = 1|})]"),
        "[ClipGradients] takes one of Norm, Value and EachNorm: remove EachNorm or Norm",
        "[ClipGradients] takes one of Norm, Value and EachNorm: remove EachNorm or Value");

    [Theory]
    [InlineData("Norm = 1")]
    [InlineData("Norm = 1, LogNorm = true")]
    [InlineData("Value = 1e-300")]
    [InlineData("EachNorm = 1e300")]
    public Task Not_LG0061_on_one_limit(string arguments) => IsSilentAsync(Model($"[ClipGradients({arguments})]"));

    [Fact]
    public Task Not_LG0061_on_a_limit_that_is_misspelt() => ReportsAsync(
        [Model("[ClipGradients({|LG0014:max_norm|} = 1)]")],
        ["[ClipGradients] has no max_norm: did you mean Norm?"],
        compilerErrors: ["CS0246"]);

    [Fact]
    public Task LG0061_on_a_limit_that_is_not_named() => ReportsAsync(
        [Model("[{|LG0061:ClipGradients(1.0)|}]")],
        ["[ClipGradients] takes one of Norm, Value and EachNorm: add one, Norm = 1.0 for example"],
        compilerErrors: ["CS1729"]);

    [Theory]
    [InlineData("Value = 1, {|LG0011:LogNorm = true|}", "Value")]
    [InlineData("{|LG0011:LogNorm = false|}, EachNorm = 1", "EachNorm")]
    public Task LG0011_on_a_norm_that_is_not_computed(string arguments, string limit) => ReportsAsync(
        Model($"[ClipGradients({arguments})]"), $"{limit} does not take LogNorm: remove it, or choose Norm");

    [Theory]
    [InlineData("Norm = {|LG0012:0|}", "Norm is 0: it must be greater than 0")]
    [InlineData("Value = {|LG0012:-0.5|}", "Value is -0.5: it must be greater than 0")]
    [InlineData("EachNorm = {|LG0012:double.PositiveInfinity|}", "EachNorm is Infinity: it must be finite and greater than 0")]
    public Task LG0012_on_a_limit_that_cannot_be(string arguments, string message) => ReportsAsync(Model($"[ClipGradients({arguments})]"), message);

    private static string Model(string clip) => Source.Model($"[Compile(Loss = Loss.MSE)]\n{clip}");
}
