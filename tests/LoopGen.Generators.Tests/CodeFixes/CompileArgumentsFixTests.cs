using LoopGen.Generators.Tests.Analyzers;
using Xunit;
using static LoopGen.Generators.Tests.CodeFixes.FixTest;

namespace LoopGen.Generators.Tests.CodeFixes;

public sealed class CompileArgumentsFixTests
{
    [Theory]
    [InlineData("Compile", "Add Loss = Loss.CrossEntropy (classes)", "Compile(Loss = Loss.CrossEntropy)")]
    [InlineData("Compile", "Add Loss = Loss.BCEWithLogits (yes or no)", "Compile(Loss = Loss.BCEWithLogits)")]
    [InlineData("Compile()", "Add Loss = Loss.MSE (numbers)", "Compile(Loss = Loss.MSE)")]
    [InlineData("Compile(LearningRate = 1e-3)", "Add Loss = Loss.MSE (numbers)", "Compile(Loss = Loss.MSE, LearningRate = 1e-3)")]
    [InlineData("Compile(Optimizer = Optimizer.SGD, Momentum = 0.9)", "Add Loss = Loss.MSE (numbers)", "Compile(Optimizer = Optimizer.SGD, Loss = Loss.MSE, Momentum = 0.9)")]
    [InlineData("Compile(\n    LearningRate = 1e-3)", "Add Loss = Loss.MSE (numbers)", "Compile(\n    Loss = Loss.MSE, LearningRate = 1e-3)")]
    public Task LG0010_a_loss_is_added(string before, string title, string after)
        => FixesAsync("LG0010", title, Source.Model($"[{before}]"), Source.Model($"[{after}]"));

    [Fact]
    public Task LG0010_with_its_full_name_where_the_short_one_means_something_else() => FixesAsync(
        "LG0010",
        "Add Loss = Loss.MSE (numbers)",
        Source.Model("[Compile]") + "\npublic class Loss { }",
        Source.Model("[Compile(Loss = global::LoopGen.Loss.MSE)]") + "\npublic class Loss { }");

    [Fact]
    public Task LG0010_with_its_full_name_where_nothing_is_imported() => FixesAsync(
        "LG0010",
        "Add Loss = Loss.MSE (numbers)",
        Source.Model("[LoopGen.Compile]").Replace("using LoopGen;\n", string.Empty, StringComparison.Ordinal),
        Source.Model("[LoopGen.Compile(Loss = global::LoopGen.Loss.MSE)]").Replace("using LoopGen;\n", string.Empty, StringComparison.Ordinal));

    [Fact]
    public Task LG0010_all_of_a_file_at_once() => FixesAllAsync(
        "LG0010",
        "Add Loss = Loss.MSE (numbers)",
        Two("[Compile]", "[Compile(LearningRate = 0.1)]"),
        Two("[Compile(Loss = Loss.MSE)]", "[Compile(Loss = Loss.MSE, LearningRate = 0.1)]"));

    [Theory]
    [InlineData("Loss = Loss.MSE, Momentum = 0.9", "Loss = Loss.MSE")]
    [InlineData("Momentum = 0.9, Loss = Loss.MSE", "Loss = Loss.MSE")]
    [InlineData("LearningRate = 0.1, Momentum = 0.9, Loss = Loss.MSE", "LearningRate = 0.1, Loss = Loss.MSE")]
    [InlineData("Loss = Loss.MSE, IgnoreIndex = 3", "Loss = Loss.MSE")]
    [InlineData("Loss = Loss.MSE, Delta = 3", "Loss = Loss.MSE")]
    public Task LG0011_the_argument_goes(string before, string after)
        => FixesAsync("LG0011", "Remove the argument", Source.Compile(before), Source.Compile(after));

    [Fact]
    public Task LG0011_the_K_of_another_metric_goes() => FixesAsync(
        "LG0011",
        "Remove the argument",
        Source.Model("[Compile(Loss = Loss.NLL)]\n[Metric(Metric.Accuracy, K = 3)]"),
        Source.Model("[Compile(Loss = Loss.NLL)]\n[Metric(Metric.Accuracy)]"));

    [Theory]
    [InlineData("Momentum = 0.9, Dampening = 0, Loss = Loss.MSE, Nesterov = false, IgnoreIndex = 3", "Loss = Loss.MSE")]
    [InlineData("Momentum = 0.9, Loss = Loss.MSE, Dampening = 0, LearningRate = 0.1", "Loss = Loss.MSE, LearningRate = 0.1")]
    public Task LG0011_all_of_a_file_at_once(string before, string after)
        => FixesAllAsync("LG0011", "Remove the argument", Source.Compile(before), Source.Compile(after));

    [Theory]
    [InlineData("Nesterov = true", "Set Momentum to 0.9", "Momentum = 0.9, Nesterov = true")]
    [InlineData("Momentum = 0, Nesterov = true", "Set Momentum to 0.9", "Momentum = 0.9, Nesterov = true")]
    [InlineData("Nesterov = true, Momentum = 0.9, Dampening = 0.1", "Remove Dampening", "Nesterov = true, Momentum = 0.9")]
    [InlineData("Momentum = 0.9, Nesterov = true, Dampening = 0.1", "Remove Nesterov", "Momentum = 0.9, Dampening = 0.1")]
    public Task LG0015_Nesterov_gets_what_it_needs_or_goes(string before, string title, string after) => FixesAsync(
        "LG0015",
        title,
        Source.Compile($"Optimizer = Optimizer.SGD, Loss = Loss.MSE, {before}"),
        Source.Compile($"Optimizer = Optimizer.SGD, Loss = Loss.MSE, {after}"));

    [Theory]
    [InlineData("Metric(Metric.Accuracy)", "Accuracy2", "Metric(Metric.Accuracy, Name = \"Accuracy2\")")]
    [InlineData("Metric(Metric.Accuracy, Name = \"accuracy\")", "Accuracy2", "Metric(Metric.Accuracy, Name = \"Accuracy2\")")]
    public Task LG0021_the_second_metric_gets_a_name(string before, string name, string after) => FixesAsync(
        "LG0021",
        $"Name it {name}",
        Source.Model($"[Compile(Loss = Loss.CrossEntropy)]\n[Metric(Metric.Accuracy)]\n[{before}]"),
        Source.Model($"[Compile(Loss = Loss.CrossEntropy)]\n[Metric(Metric.Accuracy)]\n[{after}]"));

    [Fact]
    public Task LG0021_all_of_a_file_at_once()
    {
        const string first = "[Compile(Loss = Loss.CrossEntropy)]\n[Metric(Metric.Accuracy)]\n";
        return FixesAllAsync(
            "LG0021",
            "Name it Accuracy2",
            Source.Model(first + "[Metric(Metric.Accuracy)]\n[Metric(Metric.Accuracy)]"),
            Source.Model(first + "[Metric(Metric.Accuracy, Name = \"Accuracy2\")]\n[Metric(Metric.Accuracy, Name = \"Accuracy3\")]"));
    }

    private static string Two(string first, string second) => Source.Class(
        $"{first}\npublic sealed partial class Net : Module<Tensor, Tensor>",
        $$"""
            public Net() : base("net") { }

            {{second}}
            public sealed partial class Inner : Module<Tensor, Tensor>
            {
                public Inner() : base("inner") { }
                public override Tensor forward(Tensor image) => image;
            }
        """);
}
