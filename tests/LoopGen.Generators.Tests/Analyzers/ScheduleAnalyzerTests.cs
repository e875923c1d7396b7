using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class ScheduleAnalyzerTests
{
    private const string WithWarmup = "Cosine, CosineRestarts, Step, MultiStep, Exponential, Linear, Polynomial, Cyclic or Plateau";

    [Theory]
    [InlineData("Step, StepSize = 3, {|LG0011:Power = 2|}", "Step does not take Power: remove it, or choose Polynomial")]
    [InlineData("Cosine, {|LG0011:Monitor = \"loss\"|}", "Cosine does not take Monitor: remove it, or choose Plateau")]
    [InlineData("Linear, {|LG0011:Gamma = 0.5|}", "Linear does not take Gamma: remove it, or choose Step, MultiStep, Exponential or Cyclic")]
    [InlineData("Plateau, {|LG0011:DecaySteps = -1|}", "Plateau does not take DecaySteps: remove it, or choose Cosine, Linear or Polynomial")]
    [InlineData("OneCycle, {|LG0011:WarmupSteps = 10|}", "OneCycle does not take WarmupSteps: remove it, or choose " + WithWarmup)]
    [InlineData("OneCycle, {|LG0011:WarmupFactor = 0.5|}", "OneCycle does not take WarmupFactor: remove it, or choose " + WithWarmup)]
    [InlineData("Exponential, Gamma = 0.9, {|LG0011:Milestones = new long[] { 1 }|}", "Exponential does not take Milestones: remove it, or choose MultiStep")]
    public Task LG0011_on_an_argument_of_another_schedule(string schedule, string message) => ReportsAsync(Model(schedule), message);

    [Theory]
    [InlineData("Cosine, DecaySteps = {|LG0012:0|}", "DecaySteps is 0: it must be at least 1")]
    [InlineData("Cosine, FinalFactor = {|LG0012:1.5|}", "FinalFactor is 1.5: it must be at least 0 and at most 1")]
    [InlineData("Cosine, FinalFactor = {|LG0012:double.NaN|}", "FinalFactor is NaN: it must be at least 0 and at most 1")]
    [InlineData("Cosine, WarmupSteps = {|LG0012:-1|}", "WarmupSteps is -1: it must be at least 0")]
    [InlineData("Cosine, WarmupSteps = {|LG0012:long.MinValue|}", "WarmupSteps is -9223372036854775808: it must be at least 0")]
    [InlineData("Linear, WarmupSteps = 5, WarmupFactor = {|LG0012:-0.1|}", "WarmupFactor is -0.1: it must be at least 0 and at most 1")]
    [InlineData("CosineRestarts, FirstPeriod = {|LG0012:0|}", "FirstPeriod is 0: it must be at least 1")]
    [InlineData("CosineRestarts, FirstPeriod = 3, PeriodFactor = {|LG0012:0.5|}", "PeriodFactor is 0.5: it must be at least 1")]
    [InlineData("Step, StepSize = {|LG0012:0|}", "StepSize is 0: it must be at least 1")]
    [InlineData("Step, StepSize = 1, Gamma = {|LG0012:0|}", "Gamma is 0: it must be greater than 0")]
    [InlineData("Exponential, Gamma = {|LG0012:double.PositiveInfinity|}", "Gamma is Infinity: it must be finite and greater than 0")]
    [InlineData("Polynomial, Power = {|LG0012:0|}", "Power is 0: it must be greater than 0")]
    [InlineData("OneCycle, TotalSteps = {|LG0012:0|}", "TotalSteps is 0: it must be at least 1")]
    [InlineData("OneCycle, WarmupFraction = {|LG0012:2|}", "WarmupFraction is 2: it must be at least 0 and at most 1")]
    [InlineData("OneCycle, InitialFactor = {|LG0012:2|}", "InitialFactor is 2: it must be at least 0 and at most 1")]
    [InlineData("Cyclic, HalfCycle = {|LG0012:0|}", "HalfCycle is 0: it must be at least 1")]
    [InlineData("Cyclic, HalfCycle = 2, BaseFactor = {|LG0012:-1|}", "BaseFactor is -1: it must be at least 0 and at most 1")]
    [InlineData("Cyclic, HalfCycle = 2, Gamma = {|LG0012:1.5|}", "Gamma is 1.5: it must be greater than 0 and at most 1")]
    [InlineData("Plateau, Factor = {|LG0012:1|}", "Factor is 1: it must be greater than 0 and less than 1")]
    [InlineData("Plateau, Patience = {|LG0012:0|}", "Patience is 0: it must be at least 1")]
    [InlineData("Plateau, MinDelta = {|LG0012:-1e-4|}", "MinDelta is -0.0001: it must be at least 0")]
    [InlineData("Plateau, Cooldown = {|LG0012:-1|}", "Cooldown is -1: it must be at least 0")]
    public Task LG0012_on_a_number_that_cannot_be(string schedule, string message) => ReportsAsync(Model(schedule), message);

    [Theory]
    [InlineData("new long[] { {|LG0012:0|}, 5 }", "Milestones is 0: it must be at least 1")]
    [InlineData("new long[] { 30, {|LG0012:20|}, 40 }", "Milestones is 20: it must be greater than 30, the one before it")]
    [InlineData("new long[2] { 30, {|LG0012:30|} }", "Milestones is 30: it must be greater than 30, the one before it")]
    [InlineData("new[] { 30L, {|LG0012:20L|} }", "Milestones is 20: it must be greater than 30, the one before it")]
    [InlineData("[30, {|LG0012:20|}]", "Milestones is 20: it must be greater than 30, the one before it")]
    public Task LG0012_on_a_milestone(string milestones, string message) => ReportsAsync(Model($"MultiStep, Milestones = {milestones}"), message);

    [Fact]
    public Task LG0012_on_each_milestone_that_is_wrong() => ReportsAsync(
        Model("MultiStep, Milestones = new long[] { {|LG0012:-1|}, 30, {|LG0012:20|}, {|LG0012:10|} }"),
        "Milestones is -1: it must be at least 1",
        "Milestones is 20: it must be greater than 30, the one before it",
        "Milestones is 10: it must be greater than 20, the one before it");

    [Fact]
    public Task LG0013_on_a_schedule_that_is_no_member() => ReportsAsync(
        Source.Model("[Compile(Loss = Loss.MSE)]\n[Schedule({|LG0013:(Schedule)99|})]"),
        "99 is no member of Schedule: choose Cosine, CosineRestarts, Step, MultiStep, Exponential, Linear, Polynomial, OneCycle, Cyclic or Plateau");

    [Theory]
    [InlineData("Step", "Step needs StepSize: the updates from one reduction to the next")]
    [InlineData("Step, Gamma = 0.5", "Step needs StepSize: the updates from one reduction to the next")]
    [InlineData("MultiStep", "MultiStep needs Milestones: the numbers of updates after which the rate is reduced")]
    [InlineData("Exponential", "Exponential needs Gamma: what the rate is multiplied by after each update")]
    [InlineData("CosineRestarts, WarmupSteps = 3", "CosineRestarts needs FirstPeriod: the updates of the first period")]
    [InlineData("Cyclic", "Cyclic needs HalfCycle: the updates from the lower bound to the upper one")]
    public Task LG0060_on_a_schedule_without_what_it_needs(string schedule, string message)
        => ReportsAsync(Source.Model($"[Compile(Loss = Loss.MSE)]\n[{{|LG0060:Schedule(Schedule.{schedule})|}}]"), message);

    [Theory]
    [InlineData("new long[0]")]
    [InlineData("new long[] { }")]
    [InlineData("[]")]
    [InlineData("null!")]
    public Task LG0060_on_milestones_that_are_none(string milestones) => ReportsAsync(
        Model($"MultiStep, {{|LG0060:Milestones = {milestones}|}}"),
        "MultiStep needs Milestones: the numbers of updates after which the rate is reduced");

    [Fact]
    public Task LG0060_on_the_beginning_of_a_warmup_that_is_none() => ReportsAsync(
        Model("Cosine, {|LG0060:WarmupFactor = 0.5|}"),
        "WarmupFactor needs WarmupSteps: the updates of the warm-up");

    [Fact]
    public Task LG0014_on_a_misspelt_argument_alone_without_LG0060() => ReportsAsync(
        [Model("Step, {|LG0014:StepSiz|} = 3")],
        ["[Schedule] has no StepSiz: did you mean StepSize?"],
        compilerErrors: ["CS0246"]);

    [Theory]
    [InlineData("Cosine")]
    [InlineData("Cosine, WarmupSteps = 0, WarmupFactor = 0, DecaySteps = 1, FinalFactor = 1")]
    [InlineData("CosineRestarts, FirstPeriod = 1, PeriodFactor = 1.5")]
    [InlineData("Step, StepSize = 1, Gamma = 3")]
    [InlineData("MultiStep, Milestones = new long[] { 1, 2 }")]
    [InlineData("MultiStep, Milestones = [30, 60], Gamma = 0.5")]
    [InlineData("Exponential, Gamma = 0.99")]
    [InlineData("Linear, FinalFactor = 0.5, WarmupSteps = 10, WarmupFactor = 1")]
    [InlineData("Polynomial, Power = 0.5")]
    [InlineData("OneCycle, TotalSteps = 1, WarmupFraction = 0, InitialFactor = 0, FinalFactor = 0")]
    [InlineData("Cyclic, HalfCycle = 1, BaseFactor = 0, Gamma = 1")]
    [InlineData("Plateau, Factor = 0.5, Patience = 1, MinDelta = 0, Cooldown = 0, FinalFactor = 0.1, WarmupSteps = 2, Monitor = \"loss\"")]
    public Task Not_LG0060_on_a_schedule_that_is_whole(string schedule) => IsSilentAsync(Model(schedule));

    [Fact]
    public Task LG0067_on_a_class_that_names_no_schedule() => ReportsAsync(
        Source.Model("[Compile(Loss = Loss.MSE)]\n[{|LG0067:Schedule(WarmupSteps = 5)|}]"),
        "On a class, [Schedule] has to say which schedule: name one of the library's, as in Schedule(Schedule.Cosine), or put the attribute on a method of your own, double Rate(long step)");

    // The compiler says what is wrong.
    [Theory]
    [InlineData("[Schedule(3)]", "CS1503")]
    [InlineData("[Schedule(Schedule.Step, StepSize = \"three\")]", "CS0029")]
    [InlineData("[Schedule(Schedule.MultiStep, Milestones = new[] { \"three\" })]", "CS0029")]
    public Task Not_LG0067_where_the_compiler_objects(string attribute, string error) => ReportsAsync(
        [Source.Model($"[Compile(Loss = Loss.MSE)]\n{attribute}")], [], compilerErrors: [error]);

    private static string Model(string schedule) => Source.Model($"[Compile(Loss = Loss.MSE)]\n[Schedule(Schedule.{schedule})]");
}
