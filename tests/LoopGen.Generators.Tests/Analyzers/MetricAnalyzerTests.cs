using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class MetricAnalyzerTests
{
    private const string Classes = "[Compile(Loss = Loss.CrossEntropy)]\n";

    [Theory]
    [InlineData("MSE", "Accuracy", "choose MeanSquaredError, MeanAbsoluteError or R2Score")]
    [InlineData("CrossEntropy", "MeanSquaredError", "choose Accuracy, TopKAccuracy, Precision, Recall or F1Score")]
    [InlineData("NLL", "RocAuc", "choose Accuracy, TopKAccuracy, Precision, Recall or F1Score")]
    [InlineData("BCEWithLogits", "MeanAbsoluteError", "choose Accuracy, Precision, Recall, F1Score or RocAuc")]
    [InlineData("BCE", "TopKAccuracy", "choose Accuracy, Precision, Recall, F1Score or RocAuc")]
    [InlineData("Huber", "F1Score", "choose MeanSquaredError, MeanAbsoluteError or R2Score")]
    public Task LG0020_on_a_metric_that_does_not_fit(string loss, string metric, string advice) => ReportsAsync(
        Source.Model($"[Compile(Loss = Loss.{loss})]\n[Metric({{|LG0020:Metric.{metric}|}})]"),
        $"{metric} means nothing for a model trained with {loss}: {advice}, or remove the metric");

    [Theory]
    [InlineData("CrossEntropy", "Accuracy")]
    [InlineData("BCEWithLogits", "Accuracy")]
    [InlineData("MSE", "MeanSquaredError")]
    [InlineData("MSE", "MeanAbsoluteError")]
    [InlineData("SmoothL1", "R2Score")]
    [InlineData("NLL", "TopKAccuracy")]
    [InlineData("BCE", "RocAuc")]
    public Task Not_LG0020_on_one_that_does(string loss, string metric)
        => IsSilentAsync(Source.Model($"[Compile(Loss = Loss.{loss})]\n[Metric(Metric.{metric})]"));

    // One mistake, one message.
    [Fact]
    public Task Not_LG0020_where_there_is_no_loss() => ReportsAsync(
        Source.Model("[{|LG0010:Compile|}]\n[Metric(Metric.MeanSquaredError)]"),
        "Say what to minimize: add Loss = Loss.CrossEntropy (classes), Loss = Loss.BCEWithLogits (yes or no) or Loss = Loss.MSE (numbers)");

    [Theory]
    [InlineData("[Metric(Metric.Accuracy)]\n[{|LG0021:Metric(Metric.Accuracy)|}]", "accuracy", "Accuracy2")]
    [InlineData("[Metric(Metric.Accuracy, Name = \"Accuracy2\")]\n[Metric(Metric.Accuracy), {|LG0021:Metric(Metric.Accuracy)|}]", "accuracy", "Accuracy3")]
    [InlineData("[Metric(Metric.Accuracy)]\n[{|LG0021:Metric(Metric.Accuracy, Name = \"accuracy\")|}]", "accuracy", "Accuracy2")]
    [InlineData("[Metric(Metric.Accuracy, Name = \"TopOne\")]\n[{|LG0021:Metric(Metric.Accuracy, Name = \"top_one\")|}]", "top_one", "TopOne2")]
    [InlineData("[Metric(Metric.Accuracy, Name = \"Roc\")]\n[{|LG0021:Metric(Metric.Accuracy, Name = \"ROC\")|}]", "roc", "ROC2")]
    [InlineData("[Metric(Metric.Accuracy)]\n[{|LG0021:Metric(Metric.Accuracy, Name = \"ValAccuracy\")|}]", "val_accuracy", "ValAccuracy2")]
    public Task LG0021_on_the_second_metric_of_a_name(string metrics, string figure, string free) => ReportsAsync(
        Source.Model(Classes + metrics),
        $"Another metric is reported as {figure}: give this one a name of its own, for example Name = \"{free}\"");

    [Fact]
    public Task LG0021_across_parts_on_the_part_without_Compile() => ReportsAsync(
        [
            Source.Usings + "[{|LG0021:Metric(Metric.Accuracy)|}]\npartial class Net { }",
            Source.Model(Classes + "[Metric(Metric.Accuracy)]"),
        ],
        ["Another metric is reported as accuracy: give this one a name of its own, for example Name = \"Accuracy2\""]);

    [Fact]
    public Task Not_LG0021_with_names() => IsSilentAsync(
        Source.Model(Classes + "[Metric(Metric.Accuracy)]\n[Metric(Metric.Accuracy, Name = \"Hits\")]\n[Metric(Metric.Accuracy, Name = \"AccuracyTotal\")]"));

    [Theory]
    [InlineData("Epoch", "every log has a member Epoch of its own, so choose another name")]
    [InlineData("loss", "every log has a member Loss of its own, so choose another name")]
    [InlineData("val_loss", "every log has a member ValLoss of its own, so choose another name")]
    [InlineData("ToString", "every log has a member ToString of its own, so choose another name")]
    [InlineData("EqualityContract", "every log has a member EqualityContract of its own, so choose another name")]
    [InlineData("", "it becomes a member of the log, so begin with a letter and use letters and digits alone")]
    [InlineData("top-1", "it becomes a member of the log, so begin with a letter and use letters and digits alone")]
    [InlineData("1st", "it becomes a member of the log, so begin with a letter and use letters and digits alone")]
    [InlineData("Accuracy{", "it becomes a member of the log, so begin with a letter and use letters and digits alone")]
    public Task LG0022_on_a_name_that_cannot_be(string name, string reason) => ReportsAsync(
        Source.Model($"{Classes}[Metric(Metric.Accuracy, Name = {{|LG0022:\"{name}\"|}})]"),
        $"A metric cannot be named \"{name}\": {reason}");

    [Theory]
    [InlineData("Top1")]
    [InlineData("class")]
    [InlineData("epochAccuracy")]
    [InlineData("Richtigkeit_in_Prozent")]
    [InlineData("Größe")]
    public Task Not_LG0022_on_a_name_that_can(string name)
        => IsSilentAsync(Source.Model($"{Classes}[Metric(Metric.Accuracy, Name = \"{name}\")]"));

    [Fact]
    public Task LG0023_on_a_class_that_is_not_trained() => ReportsAsync(
        Source.Model("[{|LG0023:Metric(Metric.Accuracy)|}]"),
        "Net has no [Compile], so no loop reports this metric: add [Compile] to the class, or remove the metric");

    [Fact]
    public Task LG0023_on_a_class_whose_base_is_trained() => ReportsAsync(
        Source.Class("[Compile(Loss = Loss.MSE)]\npublic partial class Net : Module<Tensor, Tensor>", "    public Net() : base(\"net\") { }")
            + "\n[{|LG0023:Metric(Metric.MeanSquaredError)|}]\npublic class Wider : Net { }",
        "Wider has no [Compile], so no loop reports this metric: add [Compile] to the class, or remove the metric");

    [Fact]
    public Task Not_LG0023_where_another_part_is_trained() => IsSilentAsync(
        Source.Usings + "[Metric(Metric.Accuracy)]\npartial class Net { }",
        Source.Model("[Compile(Loss = Loss.CrossEntropy)]"));

    [Fact]
    public Task LG0011_on_a_K_of_another_metric() => ReportsAsync(
        Source.Model(Classes + "[Metric(Metric.Accuracy, {|LG0011:K = 3|})]"),
        "Accuracy does not take K: remove it, or choose TopKAccuracy");

    [Fact]
    public Task LG0012_on_a_K_below_1() => ReportsAsync(
        Source.Model(Classes + "[Metric(Metric.TopKAccuracy, K = {|LG0012:0|})]"),
        "K is 0: it must be at least 1");

    [Fact]
    public Task Not_LG0011_nor_LG0012_on_a_K_that_fits() => IsSilentAsync(
        Source.Model(Classes + "[Metric(Metric.TopKAccuracy, K = 1, Name = \"Top1\")]\n[Metric(Metric.TopKAccuracy)]"));

    [Fact]
    public Task LG0013_on_a_metric_that_is_no_member() => ReportsAsync(
        Source.Model(Classes + "[Metric({|LG0013:(Metric)77|})]"),
        "77 is no member of Metric: choose Accuracy, MeanSquaredError, MeanAbsoluteError, TopKAccuracy, R2Score, Precision, Recall, F1Score or RocAuc");

    [Fact]
    public Task Attributes_of_others_that_are_named_alike_are_left_alone() => IsSilentAsync(
        """
        namespace Mine.LoopGen
        {
            public sealed class MetricAttribute : System.Attribute { }

            [Metric]
            public class Anything { }
        }
        """);
}
