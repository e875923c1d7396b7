using LoopGen.Generators.Tests.Analyzers;
using Xunit;
using static LoopGen.Generators.Tests.CodeFixes.FixTest;

namespace LoopGen.Generators.Tests.CodeFixes;

public sealed class RenameFixTests
{
    [Theory]
    [InlineData("Loss = Loss.MSE, LearnigRate = 0.1", "LearningRate", "Loss = Loss.MSE, LearningRate = 0.1")]
    [InlineData("Lss = Loss.MSE", "Loss", "Loss = Loss.MSE")]
    [InlineData("Loss = Loss.MSE, lr  =  0.1", "LearningRate", "Loss = Loss.MSE, LearningRate  =  0.1")]
    public Task LG0014_the_property_that_was_meant(string before, string name, string after)
        => FixesAsync("LG0014", $"Change to {name}", Source.Compile(before), Source.Compile(after));

    [Fact]
    public Task LG0014_offers_nothing_where_none_is_near() => OffersNothingAsync("LG0014", Source.Compile("Loss = Loss.MSE, Epochs = 3"));

    [Theory]
    [InlineData("Loss = Loss.CrossEntrpy", "CrossEntropy", "Loss = Loss.CrossEntropy")]
    [InlineData("Loss = LoopGen.Loss.NLLLoss", "NLL", "Loss = LoopGen.Loss.NLL")]
    [InlineData("Loss = \"categorical_crossentropy\"", "Loss.CrossEntropy", "Loss = Loss.CrossEntropy")]
    [InlineData("Loss = Losses.MSE", "Loss", "Loss = Loss.MSE")]
    [InlineData("Loss = CrossEntropy", "Loss.CrossEntropy", "Loss = Loss.CrossEntropy")]
    public Task LG0016_the_member_that_was_meant(string before, string name, string after)
        => FixesAsync("LG0016", $"Change to {name}", Source.Compile(before), Source.Compile(after));

    [Fact]
    public Task LG0016_the_attribute_that_was_meant()
        => FixesAsync("LG0016", "Change to Compile", Source.Model("[Compil(Loss = Loss.MSE)]"), Source.Model("[Compile(Loss = Loss.MSE)]"));

    [Fact]
    public Task LG0017_the_metric_and_not_its_type() => FixesAsync(
        "LG0017",
        "Change to Metric.Accuracy",
        Source.Model("[Compile(Loss = Loss.CrossEntropy)]\n[Metric(Accuracy)]"),
        Source.Model("[Compile(Loss = Loss.CrossEntropy)]\n[Metric(Metric.Accuracy)]"));

    [Fact]
    public Task LG0016_all_of_a_file_at_once() => FixesAllAsync(
        "LG0016",
        "Change to AdamW",
        Source.Compile("Optimizer = Optimizer.adamw, Loss = Loss.mse"),
        Source.Compile("Optimizer = Optimizer.AdamW, Loss = Loss.MSE"));

    [Fact]
    public Task LG0017_the_name_is_qualified() => FixesAsync(
        "LG0017",
        "Change to LoopGen.Optimizer",
        "using static TorchSharp.torch.optim;\n" + Source.Compile("Loss = Loss.MSE, Optimizer = Optimizer.SGD"),
        "using static TorchSharp.torch.optim;\n" + Source.Compile("Loss = Loss.MSE, Optimizer = LoopGen.Optimizer.SGD"));

    [Fact]
    public Task LG0017_down_to_the_root_where_LoopGen_means_something_else()
    {
        return FixesAsync("LG0017", "Change to global::LoopGen.Loss", Model("Loss.MSE"), Model("global::LoopGen.Loss.MSE"));

        static string Model(string loss) => $$"""
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            namespace Mine.LoopGen
            {
                public class Loss;

                [global::LoopGen.Compile(Loss = {{loss}})]
                public partial class Net() : Module<Tensor, Tensor>("net")
                {
                    public override Tensor forward(Tensor image) => image;
                }
            }
            """;
    }
}
