using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class BlockAnalyzerTests
{
    [Theory]
    [InlineData("Accumulate(Steps = {|LG0012:1|})", "Steps is 1: it must be at least 2")]
    [InlineData("Accumulate(Steps = {|LG0012:-3|})", "Steps is -3: it must be at least 2")]
    [InlineData("Ema(Decay = {|LG0012:1|})", "Decay is 1: it must be at least 0 and less than 1")]
    [InlineData("Ema(Decay = {|LG0012:-0.5|})", "Decay is -0.5: it must be at least 0 and less than 1")]
    [InlineData("Swa(StartEpoch = {|LG0012:0|})", "StartEpoch is 0: it must be at least 1")]
    [InlineData("EarlyStopping(Patience = {|LG0012:0|})", "Patience is 0: it must be at least 1")]
    [InlineData("EarlyStopping(MinDelta = {|LG0012:-0.1|})", "MinDelta is -0.1: it must be at least 0")]
    [InlineData("EarlyStopping(WarmupEpochs = {|LG0012:-1|})", "WarmupEpochs is -1: it must be at least 0")]
    [InlineData("EarlyStopping(Baseline = {|LG0012:double.NaN|})", "Baseline is NaN: it must be finite")]
    [InlineData("EarlyStopping(StoppingThreshold = {|LG0012:double.PositiveInfinity|})", "StoppingThreshold is Infinity: it must be finite")]
    [InlineData("EarlyStopping(StoppingThreshold = 0.1, DivergenceThreshold = {|LG0012:0.1|})", "DivergenceThreshold is 0.1: it must be greater than the StoppingThreshold of 0.1")]
    public Task LG0012_on_a_number_that_cannot_be(string attribute, string message) => ReportsAsync(Model($"[{attribute}]"), message);

    [Theory]
    [InlineData("Accumulate", "[Accumulate] needs Steps: the batches in a window, at least 2")]
    [InlineData("Accumulate()", "[Accumulate] needs Steps: the batches in a window, at least 2")]
    [InlineData("Swa", "[Swa] needs StartEpoch: the first epoch whose weights are averaged, at least 1")]
    public Task LG0060_on_a_block_without_its_number(string attribute, string message) => ReportsAsync(Model($"[{{|LG0060:{attribute}|}}]"), message);

    [Fact]
    public Task LG0060_on_a_number_that_is_not_named() => ReportsAsync(
        [Model("[{|LG0060:Accumulate(4)|}]")],
        ["[Accumulate] needs Steps: the batches in a window, at least 2"],
        compilerErrors: ["CS1729"]);

    [Theory]
    [InlineData("[Accumulate(Steps = 2)]")]
    [InlineData("[Ema]")]
    [InlineData("[Ema(Decay = 0, Warmup = false)]")]
    [InlineData("[Swa(StartEpoch = 1)]")]
    [InlineData("[EarlyStopping]")]
    [InlineData("[EarlyStopping(Patience = 1, MinDelta = 0, Baseline = -3.5, WarmupEpochs = 0, StoppingThreshold = 0.1, DivergenceThreshold = 0.2)]")]
    [InlineData("[SampleWeights]")]
    [InlineData("[StopOnNaN][DetectAnomaly]")]
    public Task Not_LG0060_on_a_block_with_its_number(string attribute) => IsSilentAsync(Model(attribute));

    [Fact]
    public Task LG0064_on_the_second_average() => ReportsAsync(
        Model("[Ema]\n[{|LG0064:Swa(StartEpoch = 5)|}]"),
        "[Swa] and [Ema] exclude each other: a model is left with one average of its weights, so remove one of them");

    [Fact]
    public Task LG0064_on_the_second_average_however_they_stand() => ReportsAsync(
        [
            "[{|LG0064:LoopGen.Ema|}] partial class Net { }",
            Model("[Swa(StartEpoch = 5)]"),
        ],
        ["[Ema] and [Swa] exclude each other: a model is left with one average of its weights, so remove one of them"]);

    [Fact]
    public Task Not_LG0064_on_blocks_that_go_together() => IsSilentAsync(
        Model("[Schedule(Schedule.OneCycle)]\n[Accumulate(Steps = 2)]\n[ClipGradients(Norm = 1)]\n[Ema]"));

    [Theory]
    [InlineData("Schedule(Schedule.Step)", "Schedule")]
    [InlineData("ClipGradients", "ClipGradients")]
    [InlineData("Accumulate(Steps = 0)", "Accumulate")]
    [InlineData("Ema(Decay = 3)", "Ema")]
    [InlineData("Swa", "Swa")]
    [InlineData("EarlyStopping(Patience = 0)", "EarlyStopping")]
    [InlineData("SampleWeights", "SampleWeights")]
    [InlineData("StopOnNaN", "StopOnNaN")]
    [InlineData("DetectAnomaly", "DetectAnomaly")]
    public Task LG0066_on_a_class_that_is_not_trained(string attribute, string name) => ReportsAsync(
        Source.Model($"[{{|LG0066:{attribute}|}}]"),
        $"Net has no [Compile], so no loop follows [{name}]: add [Compile] to the class, or remove [{name}]");

    [Fact]
    public Task LG0066_on_each_attribute() => ReportsAsync(
        Source.Model("[{|LG0066:Ema|}, {|LG0066:Swa(StartEpoch = 1)|}]"),
        "Net has no [Compile], so no loop follows [Ema]: add [Compile] to the class, or remove [Ema]",
        "Net has no [Compile], so no loop follows [Swa]: add [Compile] to the class, or remove [Swa]");

    [Fact]
    public Task Not_LG0066_where_another_part_is_trained() => IsSilentAsync(
        Source.Usings + "[Ema] partial class Net { }", Source.Compile("Loss = Loss.MSE"));

    [Fact]
    public Task Not_LG0066_on_attributes_of_others_that_have_the_names() => IsSilentAsync(
        "[Mine.Swa] [Mine.Schedule] public class Other { }\nnamespace Mine { public sealed class SwaAttribute : System.Attribute; public sealed class ScheduleAttribute : System.Attribute; }");

    private static string Model(string attributes) => Source.Model($"[Compile(Loss = Loss.MSE)]\n{attributes}");
}
