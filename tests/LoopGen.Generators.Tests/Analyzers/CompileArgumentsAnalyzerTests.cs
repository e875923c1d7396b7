using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class CompileArgumentsAnalyzerTests
{
    private const string SayWhat = "Say what to minimize: add Loss = Loss.CrossEntropy (classes), Loss = Loss.BCEWithLogits (yes or no) or Loss = Loss.MSE (numbers)";

    [Theory]
    [InlineData("{|LG0010:Compile|}")]
    [InlineData("{|LG0010:Compile()|}")]
    [InlineData("{|LG0010:Compile(Optimizer = Optimizer.SGD, Momentum = 0.9)|}")]
    [InlineData("{|LG0010:LoopGen.CompileAttribute(LearningRate = 0.1)|}")]
    public Task LG0010_on_a_model_without_a_loss(string attribute) => ReportsAsync(Source.Model($"[{attribute}]"), SayWhat);

    [Fact]
    public Task Not_LG0010_where_there_is_one() => IsSilentAsync(Source.Compile("LearningRate = 0.1, Loss = Loss.BCEWithLogits"));

    [Theory]
    [InlineData("Loss = Loss.MSE, {|LG0011:Momentum = 0.9|}", "AdamW does not take Momentum: remove it, or choose SGD or RMSprop")]
    [InlineData("Optimizer = Optimizer.Adam, {|LG0011:Nesterov = true|}, Loss = Loss.MSE", "Adam does not take Nesterov: remove it, or choose SGD")]
    [InlineData("Optimizer = Optimizer.SGD, Loss = Loss.MSE, {|LG0011:Beta1 = 0.5|}", "SGD does not take Beta1: remove it, or choose AdamW or Adam")]
    [InlineData("Optimizer = Optimizer.SGD, Loss = Loss.MSE, {|LG0011:AmsGrad = false|}", "SGD does not take AmsGrad: remove it, or choose AdamW or Adam")]
    [InlineData("Optimizer = Optimizer.SGD, Loss = Loss.MSE, {|LG0011:Centered = true|}", "SGD does not take Centered: remove it, or choose RMSprop")]
    [InlineData("Loss = Loss.MSE, {|LG0011:IgnoreIndex = -1|}", "MSE does not take IgnoreIndex: remove it, or choose CrossEntropy")]
    [InlineData("Loss = Loss.NLL, {|LG0011:IgnoreIndex = -1|}", "NLL does not take IgnoreIndex: remove it, or choose CrossEntropy")]
    [InlineData("Loss = Loss.SmoothL1, {|LG0011:Delta = 1|}", "SmoothL1 does not take Delta: remove it, or choose Huber")]
    [InlineData("Loss = Loss.Huber, {|LG0011:Beta = 1|}", "Huber does not take Beta: remove it, or choose SmoothL1")]
    [InlineData("Loss = Loss.NLL, {|LG0011:LabelSmoothing = 0.1|}", "NLL does not take LabelSmoothing: remove it, or choose CrossEntropy")]
    [InlineData("Loss = Loss.BCE, {|LG0011:ClassWeights = new[] { 1.0, 2 }|}", "BCE does not take ClassWeights: remove it, or choose CrossEntropy or NLL")]
    [InlineData("Loss = Loss.MSE, {|LG0011:Divisor = LossDivisor.Weights|}", "A loss without weights does not take Divisor: remove it, or choose [SampleWeights]")]
    [InlineData("Loss = Loss.NLL, {|LG0011:Divisor = LossDivisor.Targets|}", "A loss without weights does not take Divisor: remove it, or choose ClassWeights or [SampleWeights]")]
    public Task LG0011_on_an_argument_that_does_not_apply(string arguments, string message) => ReportsAsync(Source.Compile(arguments), message);

    [Theory]
    [InlineData("Optimizer = Optimizer.SGD, Loss = Loss.CrossEntropy, Momentum = 0.9, Dampening = 0.1, WeightDecay = 0.1, Maximize = false, IgnoreIndex = 0")]
    [InlineData("Optimizer = Optimizer.RMSprop, Loss = Loss.Huber, Delta = 2, Alpha = 0.9, Epsilon = 1e-6, Momentum = 0.9, WeightDecay = 0.1, Centered = true, Maximize = true")]
    [InlineData("Loss = Loss.SmoothL1, Beta = 0.5")]
    [InlineData("Loss = Loss.NLL, ClassWeights = new[] { 1.0, 2 }, Divisor = LossDivisor.Weights")]
    [InlineData("Loss = Loss.CrossEntropy, ClassWeights = new double[] { 1, 2 }, LabelSmoothing = 0.1, IgnoreIndex = 2")]
    [InlineData("Loss = Loss.MSE, LearningRate = 0.1, WeightDecay = 0.1, Beta1 = 0.5, Beta2 = 0.5, Epsilon = 0, AmsGrad = true, Maximize = true")]
    public Task Not_LG0011_on_arguments_that_do(string arguments) => IsSilentAsync(Source.Compile(arguments));

    [Theory]
    [InlineData("Loss = Loss.MSE, Divisor = LossDivisor.Weights")]
    [InlineData("Loss = Loss.NLL, Divisor = LossDivisor.Targets")]
    [InlineData("Loss = Loss.CrossEntropy, Divisor = LossDivisor.Weights, ClassWeights = new[] { 1.0, 2 }")]
    public Task Not_LG0011_on_a_divisor_where_samples_have_weights(string arguments)
        => IsSilentAsync(Source.Model($"[Compile({arguments})]\n[SampleWeights]"));

    // The weights of the classes have no effect, and so the divisor has none.
    [Fact]
    public Task LG0011_on_weights_that_the_loss_does_not_take_and_on_their_divisor() => ReportsAsync(
        Source.Compile("Loss = Loss.MSE, {|LG0011:ClassWeights = new[] { 1.0, 2 }|}, {|LG0011:Divisor = LossDivisor.Weights|}"),
        "MSE does not take ClassWeights: remove it, or choose CrossEntropy or NLL",
        "A loss without weights does not take Divisor: remove it, or choose [SampleWeights]");

    // The other mistake is reported; what belongs to which optimizer cannot be known until it is mended.
    [Fact]
    public Task Not_LG0011_where_the_optimizer_is_unknown() => ReportsAsync(
        [Source.Compile("Optimizer = Optimizer.{|LG0016:Sdg|}, Momentum = 0.9, Loss = Loss.MSE")],
        ["Optimizer has no Sdg: did you mean SGD?"],
        compilerErrors: ["CS0117"]);

    [Theory]
    [InlineData("LearningRate = {|LG0012:0|}", "LearningRate is 0: it must be greater than 0")]
    [InlineData("LearningRate = {|LG0012:-1e-3|}", "LearningRate is -0.001: it must be greater than 0")]
    [InlineData("LearningRate = {|LG0012:double.NaN|}", "LearningRate is NaN: it must be greater than 0")]
    [InlineData("LearningRate = {|LG0012:1 / 0.0|}", "LearningRate is Infinity: it must be finite and greater than 0")]
    [InlineData("WeightDecay = {|LG0012:-0.01|}", "WeightDecay is -0.01: it must be at least 0")]
    [InlineData("Beta1 = {|LG0012:1|}", "Beta1 is 1: it must be at least 0 and less than 1")]
    [InlineData("Epsilon = {|LG0012:-1e-8|}", "Epsilon is -1e-8: it must be at least 0")]
    [InlineData("Optimizer = Optimizer.SGD, Momentum = {|LG0012:-0.9|}", "Momentum is -0.9: it must be at least 0")]
    [InlineData("Optimizer = Optimizer.RMSprop, Alpha = {|LG0012:1|}", "Alpha is 1: it must be at least 0 and less than 1")]
    public Task LG0012_on_a_number_out_of_its_range(string arguments, string message)
        => ReportsAsync(Source.Compile($"Loss = Loss.MSE, {arguments}"), message);

    [Theory]
    [InlineData("Loss = Loss.Huber, Delta = {|LG0012:0|}", "Delta is 0: it must be greater than 0")]
    [InlineData("Loss = Loss.SmoothL1, Beta = {|LG0012:-1|}", "Beta is -1: it must be at least 0")]
    [InlineData("Loss = Loss.SmoothL1, Beta = {|LG0012:double.PositiveInfinity|}", "Beta is Infinity: it must be finite and at least 0")]
    public Task LG0012_on_a_number_of_the_loss(string arguments, string message) => ReportsAsync(Source.Compile(arguments), message);

    [Theory]
    [InlineData("{|LG0012:-1|}, 2.5, 3", "ClassWeights[0] is -1: it must be at least 0 and at most 1e38")]
    [InlineData("1, {|LG0012:double.NaN|}, 3", "ClassWeights[1] is NaN: it must be at least 0 and at most 1e38")]
    [InlineData("1, 2.5, {|LG0012:1e39|}", "ClassWeights[2] is 1e39: it must be at least 0 and at most 1e38")]
    [InlineData("1, 2.5, {|LG0012:1 / 0.0|}", "ClassWeights[2] is Infinity: it must be at least 0 and at most 1e38")]
    [InlineData("1, {|LG0012:Settings.Weight|}, 0", "ClassWeights[1] is -0.5: it must be at least 0 and at most 1e38")]
    public async Task LG0012_on_a_single_weight(string weights, string message)
    {
        const string Settings = "\npublic static class Settings { public const double Weight = -0.5; }";
        await ReportsAsync(Source.Compile($"Loss = Loss.CrossEntropy, ClassWeights = new[] {{ {weights} }}") + Settings, message);
        await ReportsAsync(Source.Compile($"Loss = Loss.CrossEntropy, ClassWeights = [{weights}]") + Settings, message);
        await ReportsAsync(Source.Compile($"Loss = Loss.NLL, ClassWeights = new double[] {{ {weights} }}, LearningRate = 1") + Settings, message);
    }

    [Fact]
    public Task LG0012_on_every_weight_that_is_none() => ReportsAsync(
        Source.Compile("Loss = Loss.CrossEntropy, ClassWeights = new[] { {|LG0012:-1|}, 2.5, {|LG0012:-3|} }"),
        "ClassWeights[0] is -1: it must be at least 0 and at most 1e38",
        "ClassWeights[2] is -3: it must be at least 0 and at most 1e38");

    // A batch of nothing but that class would be divided by 0.
    [Theory]
    [InlineData("1, {|LG0012:0|}, 2.5", "ClassWeights[1] is 0: it must be greater than 0 and at most 1e38")]
    [InlineData("1, {|LG0012:1e-60|}, 2.5", "ClassWeights[1] is 1e-60: it must be greater than 0 and at most 1e38")]
    public Task LG0012_on_a_weight_of_nothing_that_is_divided_by(string weights, string message) => ReportsAsync(
        Source.Compile($"Loss = Loss.CrossEntropy, ClassWeights = new[] {{ {weights} }}, Divisor = LossDivisor.Weights"), message);

    [Theory]
    [InlineData("{|LG0012:new[] { 0.5 }|}", "The number of ClassWeights is 1: it must be at least 2, a weight for each class")]
    [InlineData("{|LG0012:new[] { 0, 0.0, 1e-60 }|}", "The sum of ClassWeights is 0: it must be greater than 0")]
    public Task LG0012_on_weights_that_mean_nothing_together(string weights, string message)
        => ReportsAsync(Source.Compile($"Loss = Loss.CrossEntropy, ClassWeights = {weights}"), message);

    [Theory]
    [InlineData("LabelSmoothing = {|LG0012:1|}", "LabelSmoothing is 1: it must be at least 0 and less than 1")]
    [InlineData("LabelSmoothing = {|LG0012:-0.1|}", "LabelSmoothing is -0.1: it must be at least 0 and less than 1")]
    public Task LG0012_on_a_smoothing_out_of_its_range(string argument, string message)
        => ReportsAsync(Source.Compile($"Loss = Loss.CrossEntropy, {argument}"), message);

    [Theory]
    [InlineData("ClassWeights = new[] { 0, 1e38, 0.0 }, LabelSmoothing = 0")]
    [InlineData("ClassWeights = new[] { 1e-38, 1e38 }, Divisor = LossDivisor.Weights, LabelSmoothing = 0.999")]
    [InlineData("ClassWeights = new double[0]")]
    public Task Not_LG0012_at_the_ends_of_the_range_of_weights(string arguments)
        => IsSilentAsync(Source.Compile($"Loss = Loss.CrossEntropy, {arguments}"));

    // The compiler's to report.
    [Fact]
    public Task Not_LG0012_on_weights_that_are_none() => ReportsAsync(
        [Source.Compile("Loss = Loss.CrossEntropy, ClassWeights = new[] { -1, 2 }")], [], compilerErrors: ["CS0029"]);

    [Theory]
    [InlineData("Loss = Loss.Huber, Delta = 1e-300")]
    [InlineData("Loss = Loss.SmoothL1, Beta = 0")]
    public Task Not_LG0012_at_the_ends_of_the_range_of_the_loss(string arguments) => IsSilentAsync(Source.Compile(arguments));

    [Theory]
    [InlineData("LearningRate = 1e-300, WeightDecay = 0, Beta1 = 0, Beta2 = 0.9999999, Epsilon = 0")]
    [InlineData("Optimizer = Optimizer.SGD, LearningRate = 100, Momentum = 0")]
    public Task Not_LG0012_at_the_ends_of_the_range(string arguments) => IsSilentAsync(Source.Compile($"Loss = Loss.MSE, {arguments}"));

    [Theory]
    [InlineData("Optimizer = {|LG0013:(Optimizer)99|}, Loss = Loss.MSE, Momentum = 0.9", "99 is no member of Optimizer: choose AdamW, Adam, SGD or RMSprop")]
    [InlineData("Loss = {|LG0013:Loss.BCEWithLogits + 9|}", "11 is no member of Loss: choose CrossEntropy, BCEWithLogits, MSE, L1, Huber, SmoothL1, NLL or BCE")]
    [InlineData("Loss = Loss.CrossEntropy, ClassWeights = new[] { 1, 0.5 }, Divisor = {|LG0013:(LossDivisor)2|}", "2 is no member of LossDivisor: choose Targets or Weights")]
    [InlineData("Loss = {|LG0013:default|}", "0 is no member of Loss: choose CrossEntropy, BCEWithLogits, MSE, L1, Huber, SmoothL1, NLL or BCE")]
    public Task LG0013_on_a_value_that_is_no_member(string arguments, string message) => ReportsAsync(Source.Compile(arguments), message);

    [Fact]
    public Task Not_LG0013_on_a_number_that_is_one() => IsSilentAsync(Source.Compile("Optimizer = (Optimizer)2, Loss = (Loss)3, Momentum = 0.9"));

    [Theory]
    [InlineData("{|LG0015:Nesterov = true|}", "set Momentum, to 0.9 for example, or remove Nesterov")]
    [InlineData("Momentum = 0, {|LG0015:Nesterov = true|}", "set Momentum, to 0.9 for example, or remove Nesterov")]
    [InlineData("{|LG0015:Nesterov = true|}, Momentum = 0.9, Dampening = 0.1", "remove Dampening, or remove Nesterov")]
    public Task LG0015_on_Nesterov_alone(string arguments, string advice) => ReportsAsync(
        Source.Compile($"Optimizer = Optimizer.SGD, Loss = Loss.MSE, {arguments}"),
        $"Nesterov needs a Momentum above 0 and a Dampening of 0: {advice}");

    [Theory]
    [InlineData("Nesterov = true, Momentum = 0.9, Dampening = 0")]
    [InlineData("Nesterov = false")]
    public Task Not_LG0015_with_momentum_or_switched_off(string arguments)
        => IsSilentAsync(Source.Compile($"Optimizer = Optimizer.SGD, Loss = Loss.MSE, {arguments}"));

    [Fact]
    public Task All_mistakes_are_reported_at_once() => ReportsAsync(
        Source.Model("[{|LG0010:Compile({|LG0011:Momentum = 0.9|}, LearningRate = {|LG0012:-1|})|}]"),
        SayWhat,
        "AdamW does not take Momentum: remove it, or choose SGD or RMSprop",
        "LearningRate is -1: it must be greater than 0");

    [Fact]
    public Task Constants_of_the_users_own_are_read() => ReportsAsync(
        Source.Compile("Loss = Loss.MSE, LearningRate = {|LG0012:Settings.Rate|}") + "\npublic static class Settings { public const double Rate = -2; }",
        "LearningRate is -2: it must be greater than 0");
}
