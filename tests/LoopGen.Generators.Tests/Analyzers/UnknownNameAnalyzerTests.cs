using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Features.Schedules;
using LoopGen.Generators.Model;
using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class UnknownNameAnalyzerTests
{
    private const string CompileHas = "it has Optimizer, Loss, LearningRate, WeightDecay, DecayExclude, Momentum, Dampening, Beta1, Beta2, Epsilon, Alpha, Nesterov, AmsGrad, Centered, Maximize, IgnoreIndex, Delta, Beta, LabelSmoothing, ClassWeights and Divisor";

    [Theory]
    [InlineData("LearnigRate", "did you mean LearningRate?")]
    [InlineData("learning_rate", "did you mean LearningRate?")]
    [InlineData("lr", "did you mean LearningRate?")]
    [InlineData("weight_decay", "did you mean WeightDecay?")]
    [InlineData("eps", "did you mean Epsilon?")]
    [InlineData("Bata1", "did you mean Beta1?")]
    [InlineData("rho", "did you mean Alpha?")]
    [InlineData("Epochs", CompileHas)]
    public Task LG0014_on_a_property_of_Compile_that_is_none(string name, string advice) => ReportsAsync(
        [Source.Compile($"Loss = Loss.MSE, {{|LG0014:{name}|}} = 0.5")],
        [$"[Compile] has no {name}: {advice}"],
        compilerErrors: ["CS0246"]);

    [Fact]
    public Task LG0014_on_a_misspelt_loss_alone_without_LG0010() => ReportsAsync(
        [Source.Compile("{|LG0014:Lss|} = Loss.MSE")],
        ["[Compile] has no Lss: did you mean Loss?"],
        compilerErrors: ["CS0246"]);

    [Fact]
    public Task LG0014_on_a_property_of_Metric_that_is_none() => ReportsAsync(
        [Source.Model("[Compile(Loss = Loss.CrossEntropy)]\n[Metric(Metric.Accuracy, {|LG0014:Nam|} = \"Hits\")]")],
        ["[Metric] has no Nam: did you mean Name?"],
        compilerErrors: ["CS0246"]);

    [Theory]
    [InlineData("Metric.TopKAccuracy, {|LG0014:k|} = 3", "[Metric] has no k: did you mean K?")]
    [InlineData("Metric.TopKAccuracy, {|LG0014:TopK|} = 3", "[Metric] has no TopK: did you mean K?")]
    [InlineData("typeof(Accuracy), {|LG0014:name|} = \"Hits\"", "[Metric] has no name: did you mean Name?")]
    [InlineData("Metric.Accuracy, {|LG0014:Title|} = \"Hits\"", "[Metric] has no Title: it has Name, K and HigherIsBetter")]
    public Task LG0014_on_any_property_of_Metric_that_is_none(string arguments, string message) => ReportsAsync(
        [Source.Model($"[Compile(Loss = Loss.CrossEntropy)]\n[Metric({arguments})]")],
        [message],
        compilerErrors: ["CS0246"]);

    [Fact]
    public Task LG0014_on_a_property_of_a_metric_on_a_method() => ReportsAsync(
        [Source.Trained("    public Net() : base(\"net\") { }\n\n    [Metric({|LG0014:Nme|} = \"Share\")] static Tensor Hits(Tensor output, Tensor target) => output;")],
        ["[Metric] has no Nme: did you mean Name?"],
        compilerErrors: ["CS0246"]);

    [Theory]
    [InlineData("Schedule(Schedule.Cosine, {|LG0014:T_max|} = 1)", "[Schedule] has no T_max: did you mean DecaySteps?")]
    [InlineData("Schedule(Schedule.Cosine, {|LG0014:eta_min|} = 1)", "[Schedule] has no eta_min: did you mean FinalFactor?")]
    [InlineData("Schedule(Schedule.Cosine, {|LG0014:alpha|} = 1)", "[Schedule] has no alpha: did you mean FinalFactor?")]
    [InlineData("Schedule(Schedule.Cosine, {|LG0014:warmup_steps|} = 1)", "[Schedule] has no warmup_steps: did you mean WarmupSteps?")]
    [InlineData("Schedule(Schedule.Step, {|LG0014:step_size|} = 1)", "[Schedule] has no step_size: did you mean StepSize?")]
    [InlineData("Schedule(Schedule.MultiStep, {|LG0014:milestones|} = new long[] { 1 })", "[Schedule] has no milestones: did you mean Milestones?")]
    [InlineData("Schedule(Schedule.Exponential, {|LG0014:gamma|} = 1)", "[Schedule] has no gamma: did you mean Gamma?")]
    [InlineData("Schedule(Schedule.Exponential, {|LG0014:decay|} = 1)", "[Schedule] has no decay: did you mean Gamma?")]
    [InlineData("Schedule(Schedule.CosineRestarts, {|LG0014:T_0|} = 1)", "[Schedule] has no T_0: did you mean FirstPeriod?")]
    [InlineData("Schedule(Schedule.Cyclic, {|LG0014:step_size_up|} = 1)", "[Schedule] has no step_size_up: did you mean HalfCycle?")]
    [InlineData("Schedule(Schedule.OneCycle, {|LG0014:pct_start|} = 1)", "[Schedule] has no pct_start: did you mean WarmupFraction?")]
    [InlineData("Schedule(Schedule.Plateau, {|LG0014:patience|} = 1)", "[Schedule] has no patience: did you mean Patience?")]
    [InlineData("Schedule(Schedule.Plateau, {|LG0014:min_delta|} = 1)", "[Schedule] has no min_delta: did you mean MinDelta?")]
    [InlineData("ClipGradients({|LG0014:max_norm|} = 1)", "[ClipGradients] has no max_norm: did you mean Norm?")]
    [InlineData("ClipGradients({|LG0014:clipvalue|} = 1)", "[ClipGradients] has no clipvalue: did you mean Value?")]
    [InlineData("ClipGradients({|LG0014:clipnorm|} = 1)", "[ClipGradients] has no clipnorm: did you mean EachNorm?")]
    [InlineData("ClipGradients({|LG0014:global_clipnorm|} = 1)", "[ClipGradients] has no global_clipnorm: did you mean Norm?")]
    [InlineData("Accumulate({|LG0014:gradient_accumulation_steps|} = 1)", "[Accumulate] has no gradient_accumulation_steps: did you mean Steps?")]
    [InlineData("Ema({|LG0014:decay|} = 1)", "[Ema] has no decay: did you mean Decay?")]
    [InlineData("EarlyStopping({|LG0014:restore_best_weights|} = true)", "[EarlyStopping] has no restore_best_weights: did you mean RestoreBest?")]
    [InlineData("EarlyStopping({|LG0014:start_from_epoch|} = 1)", "[EarlyStopping] has no start_from_epoch: did you mean WarmupEpochs?")]
    [InlineData("Checkpoint(\"c\", {|LG0014:save_top_k|} = 1)", "[Checkpoint] has no save_top_k: did you mean KeepBest?")]
    [InlineData("EarlyStopping({|LG0014:min_delta|} = 1)", "[EarlyStopping] has no min_delta: did you mean MinDelta?")]
    [InlineData("Ema({|LG0014:momentum|} = 1)", "[Ema] has no momentum: did you mean Decay?")]
    [InlineData("Ema({|LG0014:Start|} = 1)", "[Ema] has no Start: it has Decay and Warmup")]
    [InlineData("Swa({|LG0014:swa_start|} = 1)", "[Swa] has no swa_start: did you mean StartEpoch?")]
    [InlineData("SampleWeights({|LG0014:Divisor|} = LossDivisor.Weights)", "[SampleWeights] has no Divisor: it has no arguments; [Compile] has those of the loss")]
    public Task LG0014_on_a_property_of_a_block_that_is_none(string attribute, string message) => ReportsAsync(
        [Source.Model($"[Compile(Loss = Loss.MSE)]\n[{attribute}]")],
        [message],
        compilerErrors: ["CS0246"]);

    [Theory]
    [InlineData("CosineAnnealingLR", "Cosine")]
    [InlineData("CosineDecay", "Cosine")]
    [InlineData("cosine", "Cosine")]
    [InlineData("CosineAnnealingWarmRestarts", "CosineRestarts")]
    [InlineData("CosineDecayRestarts", "CosineRestarts")]
    [InlineData("StepLR", "Step")]
    [InlineData("MultiStepLR", "MultiStep")]
    [InlineData("PiecewiseConstantDecay", "MultiStep")]
    [InlineData("ExponentialLR", "Exponential")]
    [InlineData("ExponentialDecay", "Exponential")]
    [InlineData("LinearLR", "Linear")]
    [InlineData("PolynomialDecay", "Polynomial")]
    [InlineData("OneCycleLR", "OneCycle")]
    [InlineData("CyclicLR", "Cyclic")]
    [InlineData("ReduceLROnPlateau", "Plateau")]
    public Task LG0016_on_a_schedule_that_is_none(string written, string meant) => ReportsAsync(
        [Source.Model($"[Compile(Loss = Loss.MSE)]\n[Schedule(Schedule.{{|LG0016:{written}|}})]")],
        [$"Schedule has no {written}: did you mean {meant}?"],
        compilerErrors: ["CS0117"]);

    [Theory]
    [InlineData("{|LG0016:\"cosine\"|}", "Schedule has no \"cosine\": did you mean Schedule.Cosine?", "CS1503")]
    [InlineData("{|LG0016:Cosine|}", "LoopGen has no Cosine: did you mean Schedule.Cosine?", "CS0103")]
    [InlineData("{|LG0016:Schedules|}.Cosine", "LoopGen has no Schedules: did you mean Schedule?", "CS0103")]
    [InlineData("{|LG0017:CosineSchedule|}", "CosineSchedule can mean LoopGen.CosineSchedule here: write Schedule.Cosine", "CS0119")]
    public Task LG0016_on_a_schedule_that_is_written_otherwise(string written, string message, string error) => ReportsAsync(
        [Source.Model($"[Compile(Loss = Loss.MSE)]\n[Schedule({written})]")],
        [message],
        compilerErrors: [error]);

    [Theory]
    [InlineData("{|LG0016:Scheduler|}(Schedule.Cosine)", "Schedule")]
    [InlineData("{|LG0016:ClipGradient|}(Norm = 1)", "ClipGradients")]
    [InlineData("{|LG0016:GradientAccumulation|}(Steps = 2)", "Accumulate")]
    [InlineData("{|LG0016:EMA|}", "Ema")]
    [InlineData("{|LG0016:EarlyStop|}", "EarlyStopping")]
    [InlineData("{|LG0016:ModelCheckpoint|}(\"c\")", "Checkpoint")]
    [InlineData("{|LG0016:StochasticWeightAveraging|}", "Swa")]
    [InlineData("{|LG0016:SampleWeight|}", "SampleWeights")]
    [InlineData("{|LG0016:sample_weight|}", "SampleWeights")]
    [InlineData("{|LG0016:WeightedSamples|}", "SampleWeights")]
    [InlineData("{|LG0016:TerminateOnNaN|}", "StopOnNaN")]
    [InlineData("{|LG0016:StopOnNan|}", "StopOnNaN")]
    [InlineData("{|LG0016:detect_anomaly|}", "DetectAnomaly")]
    public async Task LG0016_on_an_attribute_of_a_block_that_is_none(string attribute, string meant)
    {
        var written = Markup.Parse(attribute) is var markup ? markup.Text[..markup.Spans[0].Span.End] : string.Empty;
        await ReportsAsync(
            [Source.Model($"[Compile(Loss = Loss.MSE)]\n[{attribute}]")],
            [$"LoopGen has no {written}: did you mean {meant}?"],
            compilerErrors: ["CS0246", "CS0246"]);
    }

    // Every property is found from a name with one letter too many, one missing or two swapped.
    [Fact]
    public void Every_name_is_found_when_it_is_misspelt()
    {
        foreach (var name in LoopAttributes.Names)
        {
            AssertFound(PropertiesOf(name), Synonyms.PropertiesOf(name));
        }

        foreach (var name in new[] { "Optimizer", "Loss", "Metric", "Schedule" })
        {
            AssertFound(CatalogMembers.Of(name)!, Synonyms.MembersOf(name));
        }

        static void AssertFound(string[] names, IReadOnlyDictionary<string, string> synonyms)
        {
            Assert.All(names, name => Assert.Equal(name, Spelling.Nearest(name.ToLowerInvariant(), names, synonyms)));
            foreach (var name in names.Where(name => name.Length > 5))
            {
                Assert.Equal(name, Spelling.Nearest(name.Remove(3, 1), names, synonyms));
                Assert.Equal(name, Spelling.Nearest(name.Insert(3, "q"), names, synonyms));
                Assert.Equal(name, Spelling.Nearest($"{name[..2]}{name[3]}{name[2]}{name[4..]}", names, synonyms));
            }
        }
    }

    [Fact]
    public Task Not_LG0014_on_properties_and_on_attributes_of_others() => IsSilentAsync(
        Source.Compile("Loss = Loss.MSE, LearningRate = 0.5").Replace("[Compile", "[System.Obsolete(DiagnosticId = \"X1\")]\n[Compile", StringComparison.Ordinal));

    [Theory]
    [InlineData("Loss = Loss.{|LG0016:CrossEntrpy|}", "Loss has no CrossEntrpy: did you mean CrossEntropy?")]
    [InlineData("Loss = Loss.{|LG0016:CrossEntropyLoss|}", "Loss has no CrossEntropyLoss: did you mean CrossEntropy?")]
    [InlineData("Loss = Loss.{|LG0016:SparseCategoricalCrossentropy|}", "Loss has no SparseCategoricalCrossentropy: did you mean CrossEntropy?")]
    [InlineData("Loss = Loss.{|LG0016:NLLLoss|}", "Loss has no NLLLoss: did you mean NLL?")]
    [InlineData("Loss = Loss.{|LG0016:BinaryCrossentropy|}", "Loss has no BinaryCrossentropy: did you mean BCE?")]
    [InlineData("Loss = Loss.{|LG0016:BCEWithLogitsLoss|}", "Loss has no BCEWithLogitsLoss: did you mean BCEWithLogits?")]
    [InlineData("Loss = LoopGen.Loss.{|LG0016:mse|}", "Loss has no mse: did you mean MSE?")]
    [InlineData("Loss = Loss.{|LG0016:Hinge|}", "Loss has no Hinge: it has CrossEntropy, BCEWithLogits, MSE, L1, Huber, SmoothL1, NLL and BCE")]
    [InlineData("Loss = Loss.MSE, Optimizer = Optimizer.{|LG0016:Adamw|}", "Optimizer has no Adamw: did you mean AdamW?")]
    [InlineData("Loss = Loss.MSE, Optimizer = Optimizer.{|LG0016:RMSProp|}", "Optimizer has no RMSProp: did you mean RMSprop?")]
    [InlineData("Loss = Loss.MSE, Optimizer = Optimizer.{|LG0016:Lion|}", "Optimizer has no Lion: it has AdamW, Adam, SGD and RMSprop")]
    public Task LG0016_on_a_member_that_is_none(string arguments, string message)
        => ReportsAsync([Source.Compile(arguments)], [message], compilerErrors: ["CS0117"]);

    [Fact]
    public Task LG0016_on_a_metric_that_is_none() => ReportsAsync(
        [Source.Model("[Compile(Loss = Loss.MSE)]\n[Metric(Metric.{|LG0016:MAE|})]")],
        ["Metric has no MAE: did you mean MeanAbsoluteError?"],
        compilerErrors: ["CS0117"]);

    [Fact]
    public Task LG0016_on_a_text_in_place_of_a_member() => ReportsAsync(
        [Source.Model("[Compile(Loss = {|LG0016:\"categorical_crossentropy\"|})]\n[Metric({|LG0016:\"accuracy\"|})]")],
        [
            "Loss has no \"categorical_crossentropy\": did you mean Loss.CrossEntropy?",
            "Metric has no \"accuracy\": did you mean Metric.Accuracy?",
        ],
        compilerErrors: ["CS0029", "CS1503"]);

    [Theory]
    [InlineData("Loss = {|LG0016:Losses|}.MSE", "LoopGen has no Losses: did you mean Loss?")]
    [InlineData("Loss = Loss.MSE, Optimizer = {|LG0016:Optimiser|}.SGD", "LoopGen has no Optimiser: did you mean Optimizer?")]
    [InlineData("Loss = {|LG0016:MSE|}", "LoopGen has no MSE: did you mean Loss.MSE?")]
    [InlineData("Loss = Loss.MSE, Optimizer = {|LG0016:Adamw|}", "LoopGen has no Adamw: did you mean Optimizer.AdamW?")]
    public Task LG0016_on_a_member_without_its_enum(string arguments, string message)
        => ReportsAsync([Source.Compile(arguments)], [message], compilerErrors: ["CS0103"]);

    [Fact]
    public Task LG0016_on_a_metric_whose_enum_is_misspelt() => ReportsAsync(
        [Source.Model("[Compile(Loss = Loss.MSE)]\n[Metric({|LG0016:Metrics|}.MeanSquaredError)]")],
        ["LoopGen has no Metrics: did you mean Metric?"],
        compilerErrors: ["CS0103"]);

    [Theory]
    [InlineData("[{|LG0016:Compil|}(Loss = Loss.MSE)]", "LoopGen has no Compil: did you mean Compile?")]
    [InlineData("[{|LG0016:compile|}(Loss = Loss.MSE)]", "LoopGen has no compile: did you mean Compile?")]
    [InlineData("[LoopGen.{|LG0016:Compiled|}]", "LoopGen has no Compiled: did you mean Compile?")]
    [InlineData("[{|LG0016:CompilerAttribute|}]", "LoopGen has no CompilerAttribute: did you mean Compile?")]
    [InlineData("[{|LG0016:Metrics|}(Metric.Accuracy)]", "LoopGen has no Metrics: did you mean Metric?")]
    public async Task LG0016_on_an_attribute_that_is_none(string attribute, string message)
    {
        var isQualified = attribute.Contains('.', StringComparison.Ordinal) && attribute.StartsWith("[LoopGen", StringComparison.Ordinal);
        var error = isQualified ? "CS0234" : "CS0246";
        await ReportsAsync([Source.Model(attribute)], [message], compilerErrors: [error, error]);
    }

    [Fact]
    public Task LG0016_on_a_method_whose_attribute_is_misspelt() => ReportsAsync(
        [Source.Trained("    public Net() : base(\"net\") { }\n\n    [{|LG0016:Metrics|}] static Tensor Hits(Tensor output, Tensor target) => output;")],
        ["LoopGen has no Metrics: did you mean Metric?"],
        compilerErrors: ["CS0246", "CS0246"]);

    [Theory]
    [InlineData("[Fact]", "public sealed partial class Net : Module<Tensor, Tensor>")]
    [InlineData("[Compil]", "public class Other")]
    [InlineData("[Optic]", "public sealed partial class Net : Module<Tensor, Tensor>")]
    public async Task Not_LG0016_on_attributes_of_others(string attribute, string declaration)
    {
        var members = declaration.Contains("Module", StringComparison.Ordinal) ? "public Net() : base(\"net\") { } public override Tensor forward(Tensor image) => image;" : string.Empty;
        await ReportsAsync([$"{Source.Usings}{attribute}\n{declaration} {{ {members} }}"], [], compilerErrors: ["CS0246", "CS0246"]);
    }

    [Fact]
    public Task Not_LG0016_on_an_enum_of_the_users_own_that_has_the_name() => IsSilentAsync(
        Source.Compile("Loss = Loss.MSE, Momentum = (double)Mine.Loss.Hinge - 1, Optimizer = Optimizer.SGD") + "\nnamespace Mine { public enum Loss { Hinge = 1 } }");

    [Fact]
    public Task LG0017_on_an_optimizer_that_torch_optim_has_too() => ReportsAsync(
        ["using static TorchSharp.torch.optim;\n" + Source.Compile("Loss = Loss.MSE, Optimizer = {|LG0017:Optimizer|}.SGD")],
        ["Optimizer can mean LoopGen.Optimizer or TorchSharp.torch.optim.Optimizer here: write LoopGen.Optimizer"],
        compilerErrors: ["CS0104"]);

    [Theory]
    [InlineData("Accuracy")]
    [InlineData("BinaryAccuracy")]
    public Task LG0017_on_a_metric_that_is_named_by_its_type(string name) => ReportsAsync(
        [Source.Model($"[Compile(Loss = Loss.CrossEntropy)]\n[Metric({{|LG0017:{name}|}})]")],
        [$"{name} can mean LoopGen.{name} here: write Metric.Accuracy"],
        compilerErrors: ["CS0119"]);

    // The module of TorchSharp; torch.nn has a function of that name, too.
    [Fact]
    public Task LG0017_on_a_loss_that_is_named_by_its_module() => ReportsAsync(
        [Source.Compile("Loss = {|LG0017:CrossEntropyLoss|}")],
        ["CrossEntropyLoss can mean TorchSharp.Modules.CrossEntropyLoss here: write Loss.CrossEntropy"],
        compilerErrors: ["CS0428"]);

    [Fact]
    public Task Not_LG0017_on_a_member_that_is_imported()
        => IsSilentAsync("using static LoopGen.Loss;\n" + Source.Model("[Compile(Loss = CrossEntropy)]"));

    [Fact]
    public Task LG0017_on_a_metric_that_two_namespaces_have() => ReportsAsync(
        ["using Mine;\n" + Source.Model("[Compile(Loss = Loss.MSE)]\n[Metric({|LG0017:Metric|}.MeanSquaredError)]") + "\nnamespace Mine { public class Metric { } }"],
        ["Metric can mean LoopGen.Metric or Mine.Metric here: write LoopGen.Metric"],
        compilerErrors: ["CS0104"]);

    [Fact]
    public Task LG0017_on_a_name_that_means_something_else_only() => ReportsAsync(
        [
            """
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            namespace Mine.LoopGen
            {
                public class Loss;

                [global::LoopGen.Compile(Loss = {|LG0017:Loss|}.MSE)]
                public partial class Net() : Module<Tensor, Tensor>("net")
                {
                    public override Tensor forward(Tensor image) => image;
                }
            }
            """,
        ],
        ["Loss can mean Mine.LoopGen.Loss here: write global::LoopGen.Loss"],
        compilerErrors: ["CS0117"]);

    [Theory]
    [InlineData("Optimizer = LoopGen.Optimizer.SGD")]
    [InlineData("Optimizer = global::LoopGen.Optimizer.SGD")]
    [InlineData("Optimizer = Ours.SGD")]
    public Task Not_LG0017_on_a_name_that_is_qualified(string optimizer) => IsSilentAsync(
        "using Ours = LoopGen.Optimizer;\nusing static TorchSharp.torch.optim;\n" + Source.Compile($"Loss = Loss.MSE, {optimizer}"));

    [Fact]
    public Task Not_LG0017_on_a_constant_of_a_class_that_has_the_name() => IsSilentAsync(
        "public static class Optimizer { public const LoopGen.Optimizer Usual = LoopGen.Optimizer.SGD; }\n"
            .Insert(0, Source.Usings) + Source.Compile("Loss = Loss.MSE, Optimizer = Optimizer.Usual")[Source.Usings.Length..]);

    [Theory]
    [InlineData("adamw", "adamw", 0)]
    [InlineData("admaw", "adamw", 1)]
    [InlineData("adam", "adamw", 1)]
    [InlineData("adamww", "adamw", 1)]
    [InlineData("adanw", "adamw", 1)]
    [InlineData("", "adamw", 5)]
    [InlineData("sdg", "sgd", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_edits_and_swaps(string left, string right, int distance)
    {
        Assert.Equal(distance, Spelling.Distance(left, right));
        Assert.Equal(distance, Spelling.Distance(right, left));
    }

    [Theory]
    [InlineData("Optimizer")]
    [InlineData("Loss")]
    [InlineData("Metric")]
    [InlineData("Schedule")]
    public void The_catalogue_and_the_synonyms_have_the_members_of_the_library(string name)
    {
        var type = typeof(CompileAttribute).Assembly.GetType($"LoopGen.{name}")!;
        Assert.Equal(Enum.GetNames(type), CatalogMembers.Of(name));
        Assert.All(Enum.GetValues(type).Cast<int>(), value => Assert.True(CatalogMembers.Contains(name, value)));
        Assert.All(Synonyms.MembersOf(name).Values, member => Assert.Contains(member, Enum.GetNames(type)));
    }

    [Fact]
    public void Every_synonym_is_one_of_a_property_or_of_an_attribute()
    {
        Assert.All(Synonyms.Attributes.Values, name => Assert.Contains(name + "Attribute", LoopAttributes.Names));
        foreach (var attributes in LoopAttributes.Names.GroupBy(Synonyms.PropertiesOf))
        {
            Assert.All(attributes.Key.Values, name => Assert.Contains(name, attributes.SelectMany(PropertiesOf)));
        }
    }

    [Fact]
    public void Every_property_of_Schedule_belongs_to_a_schedule_and_what_is_needed_has_a_meaning()
    {
        Assert.All(PropertiesOf(nameof(ScheduleAttribute)), name => Assert.NotEmpty(ScheduleCatalog.ThatTake(name)));
        Assert.All(ScheduleCatalog.Rows.SelectMany(row => row.Parameters), parameter => Assert.Equal(parameter.IsRequired, parameter.Meaning is not null));
    }

    [Fact]
    public void Every_property_of_Compile_belongs_to_an_optimizer_or_a_loss()
    {
        Assert.All(
            PropertiesOf(nameof(CompileAttribute)).Except(["Optimizer", "Loss", "Divisor"]),
            name => Assert.NotEmpty(HyperparameterRules.OptimizersThatTake(name).Concat(HyperparameterRules.LossesThatTake(name))));
    }

    private static string[] PropertiesOf(string attribute)
        => [.. typeof(CompileAttribute).Assembly.GetType($"LoopGen.{attribute}")!.GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];
}
