using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// Whatever a class looks like and whatever its author calls things, it gets a loop that compiles without a warning
/// and trains.
/// </summary>
[Collection<TorchTests>]
public sealed class ShapesAndNamesTests
{
    private const string Usings = Models.Usings;

    public static TheoryData<string> Parameters =>
    [
        "target", "output", "outputs", "device", "torch", "Item1", "Item2", "Item10", "Rest", "ToString", "epoch", "epochs", "loss", "run", "log", "history", "optimizer", "seed", "scores",
        "batches", "trainBatches", "validationBatches", "batchSize", "validation", "shuffle", "callbacks", "verbose", "step", "modes", "noGrad", "meanLoss", "accuracy", "hostTarget", "targetLabel",
        "firstBatch", "lossFunction", "samples", "Mean", "Batches", "TrainingRun", "DeviceType", "List", "value", "@in", "@params", "@class", "@await", "@field", "@record", "æ", "_",
    ];

    public static TheoryData<string> Namespaces =>
    [
        "MyApp.System", "MyApp.TorchSharp", "X.LoopGen", "LoopGen", "LoopGen.Models", "TorchSharp.Models", "System.Models", "MyApp.torch", "MyApp.Tensor.Models", "global_", "@namespace.@class",
    ];

    public static TheoryData<string> Members =>
    [
        "public int TrainingRun => 1;", "public string Mean { get; set; } = string.Empty;", "public int Scores = 1;", "public int EpochLog => 1;", "public sealed class Scores;",
        "public sealed class History;", "public static int Batches;", "public int Accuracy() => 1;", "public event global::System.Action? Callback;", "private enum Verbosity { Auto }",
        "public class torch;", "public class Tensor2 : global::System.Collections.Generic.List<int>; public int List;", "public int GeneratedCode;", "public int CancellationToken;",
        "public void Fit() { }", "public int Evaluate(string path) => path.Length;", "public int Predict() => 0;", "public int OnBatch;", "public void OnStep() { }", "public int DeviceType => 0;",
        "public int IEnumerable => 0;", "public int FirstBatch => 0;", "public int ModuleModes => 0;", "public int Randomness => 0;", "public int LoopGen => 0;", "public int TorchSharp => 0;", "public int System => 0;",
    ];

    public static TheoryData<string, string, string> Shapes => new()
    {
        { "block-scoped namespace", Usings + "namespace A.B { " + Class("M") + " }", "A.B.M" },
        { "file-scoped namespace", Usings + "namespace A.B; " + Class("M"), "A.B.M" },
        { "global namespace", Usings + Class("M"), "M" },
        { "internal", Usings + Class("M", modifiers: "internal"), "M" },
        { "sealed", Usings + Class("M", modifiers: "public sealed"), "M" },
        { "nested in a class", Usings + "public partial class Outer { " + Class("M") + " }", "Outer+M" },
        { "private nested", Usings + "public partial class Outer { " + Class("M", modifiers: "private sealed") + " }", "Outer+M" },
        { "nested in a static class", Usings + "internal static partial class Outer { " + Class("M") + " }", "Outer+M" },
        { "nested in a struct", Usings + "public partial struct Outer { " + Class("M") + " }", "Outer+M" },
        { "nested in a record", Usings + "public partial record Outer { " + Class("M") + " }", "Outer+M" },
        { "nested in a record struct", Usings + "public partial record struct Outer { " + Class("M") + " }", "Outer+M" },
        { "nested in an interface", Usings + "public partial interface IOuter { " + Class("M") + " }", "IOuter+M" },
        { "two models in one file", Usings + Class("N") + Class("M"), "M" },
        { "names that differ by case", Usings + Class("m") + Class("M"), "m" },
        { "namespaces that differ by case", Usings + "namespace Nets { " + Class("M") + " } namespace nets { " + Class("M") + " }", "nets.M" },
        { "same name in two namespaces", Usings + "namespace A { " + Class("M") + " } namespace B { " + Class("M") + " }", "B.M" },
        {
            "an abstract base of the user's",
            Usings + "public abstract class Base(string name) : Module<Tensor, Tensor>(name) { protected int Mean; } " + Class("M", baseType: "Base"),
            "M"
        },
        {
            "an abstract base that calls RegisterComponents",
            Usings + """
                public abstract class Base : Module<Tensor, Tensor>
                {
                    protected Base(string name) : base(name) => RegisterComponents();
                }

                [Compile(Loss = Loss.MSE)]
                public partial class M : Base
                {
                    private readonly Linear linear = Linear(2, 1);

                    public M() : base("m")
                    {
                    }

                    public override Tensor forward(Tensor x) => linear.call(x);
                }
                """,
            "M"
        },
        {
            "forward in the base",
            Usings + """
                public class Base : Module<Tensor, Tensor>
                {
                    private readonly Linear linear = Linear(2, 1);

                    protected Base(string name) : base(name) => RegisterComponents();

                    public override Tensor forward(Tensor photo) => linear.call(photo);
                }

                [Compile(Loss = Loss.MSE)]
                public partial class M() : Base("m");
                """,
            "M"
        },
        {
            "an abstract class that is trained through one derived from it",
            Usings + """
                [Compile(Loss = Loss.MSE)]
                public abstract partial class Trained : Module<Tensor, Tensor>
                {
                    protected Trained(string name) : base(name)
                    {
                    }
                }

                public sealed class M : Trained
                {
                    private readonly Linear linear = Linear(2, 1);

                    public M() : base("m") => RegisterComponents();

                    public override Tensor forward(Tensor x) => linear.call(x);
                }
                """,
            "M"
        },
        { "several parts", Usings + Class("M") + "public partial class M { public int Other => 1; }", "M" },
    };

    // Methods that are metrics are called by these names.
    public static TheoryData<string> MetricMethods =>
    [
        "Hits", "x", "output", "target", "device", "meanLoss", "history", "run", "scores", "firstBatch", "batchScope", "hostX", "Mean", "Batches", "torch", "forward", "Dispose", "Tensor", "@class", "_hits", "Größe",
    ];

    // Members that a log has already.
    public static TheoryData<string> ReservedNames => ["Clone", "Equals", "ToString", "GetHashCode", "EqualityContract", "PrintMembers", "Deconstruct", "Loss", "Epoch", "Scores", "val_loss"];

    public static TheoryData<string> GlobalUsings =>
    [
        "global using torch = System.Text.StringBuilder;",
        "global using Tensor = System.String; global using Device = System.Int32; global using History = System.Int32;",
        "global using Mean = System.Int32; global using Batches = System.String; global using TrainingRun = System.Object;",
        "global using static TorchSharp.torch; global using static TorchSharp.torch.nn;",
        "global using LoopGen; global using TorchSharp; global using System.Collections.Generic;",
        "global using TorchSharp.Modules;",
    ];

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Any_parameter_name_trains(string parameter) => AssertTrains(Usings + "namespace A; " + Class("M", parameter: parameter), "A.M");

    [Theory]
    [MemberData(nameof(Namespaces))]
    public void Any_namespace_trains(string name)
        => AssertTrains($"namespace {name} {{ {Qualified(Class("M"))} }}", $"{name.Replace("@", string.Empty, StringComparison.Ordinal)}.M");

    [Theory]
    [MemberData(nameof(Members))]
    public void Any_member_trains(string member) => AssertTrains(Usings + "namespace A; " + Class("M", members: member), "A.M");

    [Theory]
    [MemberData(nameof(Members))]
    public void Any_member_of_a_base_trains(string member)
        => AssertTrains(
            Usings + "namespace A; public abstract class Base(string name) : Module<Tensor, Tensor>(name) { " + member + " } " + Class("M", baseType: "Base"),
            "A.M");

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_shape_trains(string shape, string source, string type)
    {
        Assert.NotEmpty(shape);
        AssertTrains(source, type);
    }

    [Fact]
    public void A_model_over_several_files_trains()
    {
        const string part = Usings + "namespace A; ";
        var run = AssertTrains(
            part + "partial class M { public override Tensor forward(Tensor photo) => linear.call(photo); [Metric] private static Tensor Last(Tensor output, Tensor target) => output.squeeze(1); }",
            "A.M",
            part + "[Metric(Metric.MeanAbsoluteError)] partial class M { partial void OnStep(long step) => Steps++; public int Steps; }",
            part + "[Compile(Loss = Loss.MSE)] [Metric(Metric.MeanSquaredError)] public sealed partial class M : Module<Tensor, Tensor> { public M() : base(\"m\") => RegisterComponents(); }",
            part + "partial class M { private readonly Linear linear = Linear(2, 1); }");

        // The part with [Compile] first, then the parts by file; hooks and the parameter of forward from wherever they are.
        var fit = run.Files["A.M.Fit.g.cs"];
        Assert.Contains("mean squared error, mean absolute error, last (method", fit);
        Assert.Contains("this.OnStep(step);", fit);
        Assert.Contains("hostPhoto", fit);
    }

    [Theory]
    [MemberData(nameof(MetricMethods))]
    public void A_metric_method_of_any_name_trains(string name)
    {
        var metric = $"[Metric(Name = \"Judged\")] private static {Qualified("Tensor")} {name}({Qualified("Tensor")} output, {Qualified("Tensor")} target) => (output - target).abs().squeeze(1);";
        var run = AssertTrains(Usings + "namespace A; " + Class("M", members: metric), "A.M");
        Assert.Contains("judged.UpdateSamples(", run.Files["A.M.Fit.g.cs"]);

        static string Qualified(string type) => $"global::TorchSharp.torch.{type}";
    }

    [Fact]
    public void A_metric_method_called_like_the_parameter_of_forward_trains()
    {
        const string metric = "[Metric] private static Tensor photo(Tensor output, Tensor target) => output.squeeze(1);";
        var run = AssertTrains(Usings + "namespace A; " + Class("M", parameter: "photo", members: metric), "A.M");
        Assert.Contains("UpdateSamples(M.photo(", run.Files["A.M.Fit.g.cs"]);
    }

    // The analyzer says that it cannot be (LG0022); the rest of the loop is there.
    [Theory]
    [MemberData(nameof(ReservedNames))]
    public void A_metric_whose_name_cannot_be_is_left_out(string name)
    {
        var source = Class("M").Replace("[Compile", $"[Metric(Metric.MeanAbsoluteError, Name = \"{name}\")][Metric(Metric.MeanSquaredError)][Compile", StringComparison.Ordinal);
        var run = AssertTrains(Usings + source, "M");
        Assert.DoesNotContain("new MeanAbsoluteError(", run.Files["M.Fit.g.cs"]);
        Assert.Contains("new MeanSquaredError(", run.Files["M.Fit.g.cs"]);
    }

    [Theory]
    [MemberData(nameof(GlobalUsings))]
    public void Global_usings_and_aliases_do_no_harm(string usings)
    {
        AssertTrains(Qualified(Class("M")), "M", usings);
        AssertTrains("namespace A; " + Qualified(Class("M")), "A.M", usings);
    }

    private static string Class(string name, string parameter = "x", string members = "", string modifiers = "public", string baseType = "Module<Tensor, Tensor>") => $$"""
        [Compile(Loss = Loss.MSE)]
        {{modifiers}} partial class {{name}} : {{baseType}}
        {
            private readonly Linear linear = Linear(2, 1);

            public {{name}}() : base("m") => RegisterComponents();

            public override Tensor forward(Tensor {{parameter}}) => linear.call({{parameter}});

            {{members}}
        }
        """;

    // A file without usings, for namespaces and aliases in which short names mean something else.
    private static string Qualified(string source)
        => source
            .Replace("[Compile", "[global::LoopGen.Compile", StringComparison.Ordinal)
            .Replace("Loss = Loss.MSE", "Loss = global::LoopGen.Loss.MSE", StringComparison.Ordinal)
            .Replace("Module<Tensor, Tensor>", "global::TorchSharp.torch.nn.Module<global::TorchSharp.torch.Tensor, global::TorchSharp.torch.Tensor>", StringComparison.Ordinal)
            .Replace("Linear linear = Linear(2, 1)", "global::TorchSharp.Modules.Linear linear = global::TorchSharp.torch.nn.Linear(2, 1)", StringComparison.Ordinal)
            .Replace("override Tensor forward(Tensor x)", "override global::TorchSharp.torch.Tensor forward(global::TorchSharp.torch.Tensor x)", StringComparison.Ordinal);

    private static GeneratorRun AssertTrains(string source, string type, params string[] others)
    {
        var run = GeneratorRun.Of([source, .. others]);

        // What the model's own file is warned of (lower-case names, events that nobody raises) is its author's affair.
        Assert.Empty(run.Diagnostics()
            .Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error || diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true)
            .Select(diagnostic => diagnostic.ToString()));

        var batches = SyntheticData.Batches("MSE");
        manual_seed(1);
        using var model = LoadedModel.Of(run, type);
        var figures = LoadedModel.Figures(model.Call("Fit", batches, 8, batches, CPU, 0.1)!);
        Assert.True(figures[^1]["val_loss"] < figures[0]["val_loss"]);

        using var scope = NewDisposeScope();
        Assert.Equal(22, ((Tensor)model.Call("Predict", batches.Select(batch => batch.Item1).ToArray(), CPU)!).shape[0]);
        Assert.Equal(3, ((IEnumerable<Tensor>)model.Call("PredictEach", batches.Select(batch => batch.Item1).ToArray(), CPU)!).Count());
        Assert.NotNull(model.Call("Evaluate", batches[0].Item1, batches[0].Item2));
        using var optimizer = (optim.Optimizer)model.Call("CreateOptimizer", CPU)!;
        Assert.NotNull(model.Call("TrainOnBatch", batches[0].Item1, batches[0].Item2, optimizer));
        Assert.NotNull(model.Call("TestOnBatch", batches[0].Item1, batches[0].Item2));
        return run;
    }
}
