using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class OptimizerMethodAnalyzerTests
{
    private const string Constructor = "private readonly Linear layers = Linear(4, 3); public Net() : base(\"net\") => RegisterComponents();\n";
    private const string Message = "LBFGS computes the loss of a batch several times for one update, and this loop computes it {0}: choose AdamW, Adam, SGD or RMSprop, or write Fit yourself";

    [Theory]
    [InlineData("public optim.Optimizer CreateOptimizer() => {|LG0018:optim.LBFGS(parameters())|};")]
    [InlineData("public optim.Optimizer CreateOptimizer() { var made = {|LG0018:torch.optim.LBFGS(this.parameters(), lr: 0.5)|}; return made; }")]
    [InlineData("public LBFGS CreateOptimizer(Device? device = null) => {|LG0018:optim.LBFGS(parameters())|};")]
    [InlineData("private static LBFGS Make() => null!; public optim.Optimizer CreateOptimizer() => {|LG0018:Make()|};")]
    [InlineData("public void Fit(string folder) { } public optim.Optimizer CreateOptimizer() => {|LG0018:optim.LBFGS(parameters())|};")]
    [InlineData("private LBFGS? made; public {|LG0018:LBFGS|} CreateOptimizer() => made!;")]
    public Task LG0018_on_what_makes_it(string method)
        => ReportsAsync(Source.Trained(Constructor + method), string.Format(null, Message, "once"));

    [Fact]
    public Task LG0018_with_windows() => ReportsAsync(
        Source.Trained(Constructor + "public optim.Optimizer CreateOptimizer() => {|LG0018:optim.LBFGS(parameters())|};", others: "[Accumulate(Steps = 2)]"),
        string.Format(null, Message, "once for each batch of a window"));

    [Theory]
    [InlineData("public optim.Optimizer CreateOptimizer() => optim.Adagrad(parameters());")]
    [InlineData("public optim.Optimizer CreateSlowOptimizer() => optim.LBFGS(parameters());")]
    public Task Not_LG0018_on_what_a_loop_can_work_with(string method) => IsSilentAsync(Source.Trained(Constructor + method));

    [Fact]
    public Task Not_LG0018_beside_a_loop_of_ones_own() => ReportsAsync(
        Source.Trained(Constructor + "public optim.Optimizer CreateOptimizer() => optim.LBFGS(parameters()); public History<EpochLog> Fit(System.Collections.Generic.IEnumerable<(Tensor, Tensor)> batches, int epochs = 1) => new();")
            .Replace("[Compile(Loss = Loss.MSE)]", "[{|LG0080:Compile(Loss = Loss.MSE)|}]", StringComparison.Ordinal),
        "Net has a Fit of its own, which the attributes do not shape: change it by hand, or remove it to have LoopGen write it again");

    [Fact]
    public Task Not_LG0018_on_a_class_that_is_not_trained() => IsSilentAsync(Source.Class(
        "public class Net : Module<Tensor, Tensor>",
        Constructor + "public optim.Optimizer CreateOptimizer() => optim.LBFGS(parameters());"));
}
