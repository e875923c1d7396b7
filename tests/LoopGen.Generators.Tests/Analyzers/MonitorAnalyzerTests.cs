using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class MonitorAnalyzerTests
{
    private const string Accuracy = "[Metric(Metric.Accuracy)]";

    [Theory]
    [InlineData("val_acc", Accuracy, "did you mean val_accuracy?")]
    [InlineData("acc", Accuracy, "did you mean accuracy?")]
    [InlineData("val_acuracy", Accuracy, "did you mean val_accuracy?")]
    [InlineData("ValAccuracy", Accuracy, "did you mean val_accuracy?")]
    [InlineData("validation_accuracy", Accuracy, "did you mean val_accuracy?")]
    [InlineData("valLoss", "", "did you mean val_loss?")]
    [InlineData("validation_loss", "", "did you mean val_loss?")]
    [InlineData("train_loss", "", "did you mean loss?")]
    [InlineData("Loss", "", "did you mean loss?")]
    [InlineData("val_top5", "[Metric(Metric.TopKAccuracy, Name = \"TopFive\")]", "it has val_loss, val_top_five, loss and top_five")]
    [InlineData("val_accuracy", "", "it has val_loss and loss")]
    [InlineData("val_acc", "[Metric(Metric.Accuracy, Name = \"Hits\")]", "it has val_loss, val_hits, loss and hits")]
    [InlineData("", "", "it has val_loss and loss")]
    [InlineData("learning_rate", "", "it has val_loss and loss")]
    public Task LG0062_on_a_figure_that_is_none(string monitor, string metrics, string advice) => ReportsAsync(
        Model($"{metrics}[Schedule(Schedule.Plateau, Monitor = {{|LG0062:\"{monitor}\"|}})]"),
        $"The model reports no \"{monitor}\": {advice}");

    [Fact]
    public Task LG0062_on_early_stopping() => ReportsAsync(
        Model($"{Accuracy}[EarlyStopping(Monitor = {{|LG0062:\"val_acc\"|}})]"),
        "The model reports no \"val_acc\": did you mean val_accuracy?");

    [Fact]
    public Task LG0062_on_both_watchers() => ReportsAsync(
        Model("[Schedule(Schedule.Plateau, Monitor = {|LG0062:\"val_los\"|})][EarlyStopping(Monitor = {|LG0062:\"los\"|})]"),
        "The model reports no \"val_los\": did you mean val_loss?",
        "The model reports no \"los\": did you mean loss?");

    [Fact]
    public Task LG0012_on_thresholds_in_the_order_of_a_loss() => ReportsAsync(
        Model($"{Accuracy}[EarlyStopping(Monitor = \"val_accuracy\", StoppingThreshold = 0.9, DivergenceThreshold = {{|LG0012:0.95|}})]"),
        "DivergenceThreshold is 0.95: it must be less than the StoppingThreshold of 0.9");

    [Fact]
    public Task Thresholds_in_the_order_of_the_figure_are_silent() => IsSilentAsync(
        Model($"{Accuracy}[EarlyStopping(Monitor = \"val_accuracy\", StoppingThreshold = 0.9, DivergenceThreshold = 0.1)]"));

    [Fact]
    public Task LG0062_on_a_constant() => ReportsAsync(
        Model("[Schedule(Schedule.Plateau, Monitor = {|LG0062:nameof(Loss)|})]"),
        "The model reports no \"Loss\": did you mean loss?");

    [Theory]
    [InlineData("val_loss", "")]
    [InlineData("loss", "")]
    [InlineData("accuracy", Accuracy)]
    [InlineData("val_top_k_accuracy", "[Metric(Metric.TopKAccuracy, K = 2)]")]
    [InlineData("val_hits", "[Metric(Metric.Accuracy, Name = \"Hits\")]")]
    [InlineData("val_hits", "[Metric(Metric.Accuracy, Name = \"ValHits\")]")]
    [InlineData("val_val_hits", "[Metric(Metric.Accuracy, Name = \"ValHits\")]")]
    public Task Not_LG0062_on_a_figure(string monitor, string metrics)
        => IsSilentAsync(Model($"{metrics}[Schedule(Schedule.Plateau, Monitor = \"{monitor}\")]"));

    // The metric may be the one that is meant: one mistake, one message.
    [Fact]
    public Task Not_LG0062_beside_a_metric_that_is_left_out() => ReportsAsync(
        Model(Accuracy + "[{|LG0021:Metric(Metric.Accuracy)|}][Schedule(Schedule.Plateau, Monitor = \"val_accuracy2\")]"),
        "Another metric is reported as accuracy: give this one a name of its own, for example Name = \"Accuracy2\"");

    [Theory]
    [InlineData("share", "[Metric]")]
    [InlineData("val_share", "[Metric]")]
    [InlineData("val_hits", "[Metric(Name = \"Hits\")]")]
    public Task LG0063_on_a_method_that_does_not_say_its_direction(string monitor, string metric) => ReportsAsync(
        Method(metric, $"{{|LG0063:\"{monitor}\"|}}"),
        $"Nothing says whether \"{monitor}\" is better when it is higher: write HigherIsBetter = true or false on its [Metric]");

    [Fact]
    public Task LG0063_on_a_type_that_does_not_say_its_direction() => ReportsAsync(
        Model("[Metric(typeof(Accuracy))][Schedule(Schedule.Plateau, Monitor = {|LG0063:\"val_accuracy\"|})]"),
        "Nothing says whether \"val_accuracy\" is better when it is higher: write HigherIsBetter = true or false on its [Metric]");

    [Theory]
    [InlineData("[Metric(HigherIsBetter = true)]", "val_share")]
    [InlineData("[Metric(HigherIsBetter = false)]", "share")]
    [InlineData("[Metric]", "val_loss")]
    public Task Not_LG0063_where_it_is_said_or_not_watched(string metric, string monitor) => IsSilentAsync(Method(metric, $"\"{monitor}\""));

    [Fact]
    public Task LG0011_on_a_direction_that_the_catalogue_knows() => ReportsAsync(
        Model("[Metric(Metric.Accuracy, {|LG0011:HigherIsBetter = false|})]"),
        "Accuracy does not take HigherIsBetter: remove it, or choose a metric of your own");

    private static string Model(string attributes) => Source.Model($"[Compile(Loss = Loss.CrossEntropy)]\n{attributes}");

    private static string Method(string metric, string monitor) => Source.Trained(
        $"    public Net() : base(\"net\") {{ }}\n\n    {metric} static Tensor Share(Tensor output, Tensor target) => output.mean();",
        others: $"[Schedule(Schedule.Plateau, Monitor = {monitor})]\n");
}
