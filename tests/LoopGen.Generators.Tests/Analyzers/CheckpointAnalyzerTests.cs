using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class CheckpointAnalyzerTests
{
    private const string Metric = """
        public sealed class Largest(Device device) : StreamingMetric("largest")
        {
            public override void Update(Tensor output, Tensor target) => target.to(device);

            public override void Reset()
            {
            }

            public override double Compute() => 0;
            SAVE
        }
        """;

    [Theory]
    [InlineData("{epoch:03d}", "has the format \"03d\", which is none of .NET: write {epoch:000}")]
    [InlineData("{val_loss:.4f}", "has the format \".4f\", which is none of .NET: write {val_loss:0.0000}")]
    [InlineData("{epoch:x}", "has the format \"x\", which is none of .NET: write {epoch:000}")]
    [InlineData("{epch}", "has a place for \"epch\", which is no figure: did you mean epoch?")]
    [InlineData("{val_los}-{epoch}", "has a place for \"val_los\", which is no figure: did you mean val_loss?")]
    [InlineData("{something}", "has a place for \"something\", which is no figure: there are epoch, step, val_loss, val_accuracy, loss and accuracy")]
    [InlineData("{}", "has a place for \"\", which is no figure: there are epoch, step, val_loss, val_accuracy, loss and accuracy")]
    [InlineData("{epoch", "has a '{' without a '}' behind it")]
    [InlineData("epoch}", "has a '}' without a '{' before it")]
    [InlineData("", "is empty")]
    [InlineData("../best", "has characters that the name of a file cannot have; the folder is the first argument")]
    [InlineData("a:b", "has characters that the name of a file cannot have; the folder is the first argument")]
    [InlineData(".best", "begins with a dot, and would be hidden or lead out of the folder")]
    public Task LG0068_on_the_name(string name, string problem) => ReportsAsync(
        Model($$"""[Metric(Metric.Accuracy)] [Checkpoint("c", Monitor = "val_loss", FileName = {|LG0068:"{{name}}"|})]"""),
        $"The file name \"{name}\" {problem}");

    [Fact]
    public Task LG0068_on_one_name_for_several() => ReportsAsync(
        Model("""[Checkpoint("c", Monitor = "val_loss", KeepBest = 2, FileName = {|LG0068:"{val_loss}"|})]"""),
        "The file name \"{val_loss}\" is the same for all that are kept: add {epoch}");

    [Theory]
    [InlineData("KeepBest = 2")]
    [InlineData("FileName = \"best\"")]
    [InlineData("FileName = \"{epoch:000}-{step}-{val_loss:0.0000}-{loss:E2} of net\"")]
    [InlineData("KeepBest = 3, FileName = \"{step}\"")]
    public Task Not_LG0068_on_a_name_that_can_be(string arguments) => IsSilentAsync(Model($"[Checkpoint(\"c\", Monitor = \"val_loss\", {arguments})]"));

    [Theory]
    [InlineData("{|LG0060:\"\"|}")]
    [InlineData("{|LG0060:\"  \"|}")]
    [InlineData("{|LG0060:null!|}")]
    public Task LG0060_without_a_folder(string folder) => ReportsAsync(
        Model($"[Checkpoint({folder})]"), "[Checkpoint] needs a folder: where the checkpoints are saved, \"checkpoints\" for example");

    [Theory]
    [InlineData("KeepBest")]
    [InlineData("FileName")]
    public Task LG0060_without_a_figure_that_tells_the_best(string property) => ReportsAsync(
        Model($"[Checkpoint(\"c\", {{|LG0060:{property} = {(property == "KeepBest" ? "2" : "\"best\"")}|}})]"),
        $"{property} of [Checkpoint] needs Monitor: the figure by which weights are the best, \"val_loss\" for example");

    [Theory]
    [InlineData("KeepLast = {|LG0012:1|}", "KeepLast is 1: it must be at least 2")]
    [InlineData("EveryEpochs = {|LG0012:0|}", "EveryEpochs is 0: it must be at least 1")]
    [InlineData("EverySteps = {|LG0012:-1|}", "EverySteps is -1: it must be at least 1")]
    [InlineData("EveryMinutes = {|LG0012:0|}", "EveryMinutes is 0: it must be greater than 0")]
    [InlineData("Monitor = \"val_loss\", KeepBest = {|LG0012:0|}", "KeepBest is 0: it must be at least 1")]
    public Task LG0012_on_a_number(string arguments, string message) => ReportsAsync(Model($"[Checkpoint(\"c\", {arguments})]"), message);

    [Fact]
    public Task LG0062_on_a_figure_that_there_is_not() => ReportsAsync(
        Model("""[Checkpoint("c", Monitor = {|LG0062:"val_acc"|})] [Metric(Metric.Accuracy)]"""),
        "The model reports no \"val_acc\": did you mean val_accuracy?");

    [Fact]
    public Task LG0028_on_a_metric_without_a_state() => ReportsAsync(
        Model("[{|LG0028:Metric(typeof(Largest))|}] [Checkpoint(\"c\")]") + Metric.Replace("SAVE", string.Empty, StringComparison.Ordinal),
        "A checkpoint must hold the totals of Largest: override SaveState and LoadState in it");

    [Theory]
    [InlineData("[Metric(typeof(Largest))] [Checkpoint(\"c\")]", "public override void SaveState(StateWriter state) { } public override void LoadState(StateReader state) { }")]
    [InlineData("[Metric(typeof(Largest))]", "")]
    public Task Not_LG0028_on_one_with_a_state_or_without_checkpoints(string attributes, string members) => IsSilentAsync(
        Model(attributes) + Metric.Replace("SAVE", members, StringComparison.Ordinal));

    private static string Model(string attributes) => Source.Model($"[Compile(Loss = Loss.CrossEntropy)]\n{attributes}");
}
