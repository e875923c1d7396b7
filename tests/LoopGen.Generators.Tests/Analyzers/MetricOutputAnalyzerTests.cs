using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class MetricOutputAnalyzerTests
{
    [Theory]
    [InlineData("{|LG0027:Metric(Metric.TopKAccuracy)|}", "Linear(4, 3)", 5, 3)]
    [InlineData("Metric(Metric.TopKAccuracy, K = {|LG0027:3|})", "Linear(4, 3)", 3, 3)]
    [InlineData("Metric(Metric.TopKAccuracy, K = {|LG0027:10|})", "Sequential(Linear(4, 8), ReLU(), Linear(8, 10))", 10, 10)]
    [InlineData("{|LG0027:Metric(Metric.TopKAccuracy)|}", "nn.Sequential((\"first\", Linear(4, 8)), (\"last\", nn.Linear(8, 2, hasBias: false)))", 5, 2)]
    public Task LG0027_on_a_K_that_leaves_no_class_out(string attribute, string layers, int k, int outputs) => ReportsAsync(
        Model(attribute, "CrossEntropy", layers),
        $"TopKAccuracy with K = {k} means nothing for a model with {outputs} outputs, because every class is among them: set K to less than {outputs}, or remove the metric");

    [Theory]
    [InlineData("Metric(Metric.TopKAccuracy, K = 2)", "CrossEntropy", "Linear(4, 3)", "layers.call(image)")]
    [InlineData("Metric(Metric.TopKAccuracy)", "CrossEntropy", "Sequential(Linear(4, 3), Linear(3, 6))", "layers.call(image)")]
    [InlineData("Metric(Metric.TopKAccuracy)", "CrossEntropy", "Sequential(Linear(4, 3), Unflatten(1, new[] { 3L, 1 }))", "layers.call(image)")]
    [InlineData("Metric(Metric.TopKAccuracy)", "CrossEntropy", "Linear(4, 2 + 1)", "layers.call(image)")]
    [InlineData("Metric(Metric.TopKAccuracy)", "CrossEntropy", "Linear(4, 3)", "layers.call(image).repeat(1, 3)")]
    [InlineData("Metric(Metric.Accuracy)", "CrossEntropy", "Linear(4, 3)", "layers.call(image)")]
    public Task Not_LG0027_where_a_class_is_left_out_or_the_outputs_are_not_known(string attribute, string loss, string layers, string body)
        => IsSilentAsync(Model(attribute, loss, layers, body));

    private static string Model(string attribute, string loss, string layers, string body = "layers.call(image)") => Source.Usings + $$"""
        [Compile(Loss = Loss.{{loss}})]
        [{{attribute}}]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = {{layers}};

            public Net() : base("net") => RegisterComponents();

            public override Tensor forward(Tensor image) => {{body}};
        }
        """;
}
