using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class CustomMetricAnalyzerTests
{
    private const string Write = "write Tensor Hits(Tensor output, Tensor target), which returns the mean of the batch or one value per sample";

    // What a metric needs besides what a test is about.
    private const string Body = "public override void Update(Tensor output, Tensor target) { } public override void Reset() { } public override double Compute() => 0;";

    [Theory]
    [InlineData("static {|LG0024:double|} Hits(Tensor output, Tensor target) => 0;", "returns double")]
    [InlineData("{|LG0024:void|} Hits(Tensor output, Tensor target) { }", "returns void")]
    [InlineData("static {|LG0024:Tensor?|} Hits(Tensor output, Tensor target) => null;", "returns Tensor?")]
    [InlineData("static {|LG0024:ref Tensor|} Hits(Tensor output, Tensor target) => throw new System.NotSupportedException();", "returns ref Tensor")]
    [InlineData("static {|LG0024:(Tensor, Tensor)|} Hits(Tensor output, Tensor target) => (output, target);", "returns (Tensor, Tensor)")]
    [InlineData("static {|LG0024:System.Threading.Tasks.Task<Tensor>|} Hits(Tensor output, Tensor target) => null!;", "returns System.Threading.Tasks.Task<Tensor>")]
    [InlineData(
        "static {|LG0024:async|} System.Threading.Tasks.Task<Tensor> Hits(Tensor output, Tensor target) { await System.Threading.Tasks.Task.Yield(); return output; }",
        "is async")]
    [InlineData("static Tensor Hits{|LG0024:<T>|}(Tensor output, Tensor target) => output;", "has type parameters")]
    [InlineData("static Tensor Hits{|LG0024:()|} => torch.ones(1);", "takes nothing")]
    [InlineData("static Tensor Hits{|LG0024:(Tensor output)|} => output;", "takes (Tensor output)")]
    [InlineData("static Tensor Hits{|LG0024:(Tensor input, Tensor output,\n        Tensor target)|} => output;", "takes (Tensor input, Tensor output, Tensor target)")]
    [InlineData("static Tensor Hits{|LG0024:(Tensor output, Tensor target, double beta = 1)|} => output;", "takes (Tensor output, Tensor target, double beta = 1)")]
    [InlineData("static Tensor Hits{|LG0024:(ref Tensor output, Tensor target)|} => output;", "takes (ref Tensor output, Tensor target)")]
    [InlineData("static Tensor Hits{|LG0024:(Tensor output, out Tensor target)|} { target = output; return output; }", "takes (Tensor output, out Tensor target)")]
    [InlineData("static Tensor Hits{|LG0024:(Tensor output, long target)|} => output;", "takes (Tensor output, long target)")]
    [InlineData("static Tensor Hits{|LG0024:(Tensor output, params Tensor[] target)|} => output;", "takes (Tensor output, params Tensor[] target)")]
    public Task LG0024_on_a_method_that_cannot_be_called_with_output_and_target(string method, string what)
        => ReportsAsync(Method("[Metric] " + method), $"This metric {what}: {Write}");

    [Theory]
    [InlineData("[Metric] private partial {|LG0024:Task<Tensor>|} Hits(Tensor output, Tensor target); private async partial Task<Tensor> Hits(Tensor output, Tensor target) => await Task.FromResult(output);", "returns Task<Tensor>")]
    [InlineData("private partial Task<Tensor> Hits(Tensor output, Tensor target); [Metric] private {|LG0024:async|} partial Task<Tensor> Hits(Tensor output, Tensor target) => await Task.FromResult(output);", "is async")]
    public Task LG0024_on_a_partial_method(string method, string what)
        => ReportsAsync("using System.Threading.Tasks;\n" + Method(method), $"This metric {what}: {Write}");

    [Theory]
    [InlineData("target", "output")]
    [InlineData("yTrue", "yPred")]
    [InlineData("y_true", "y_pred")]
    [InlineData("labels", "logits")]
    public Task LG0024_on_a_method_that_takes_the_target_first(string target, string output) => ReportsAsync(
        Method($"[Metric] static Tensor Hits{{|LG0024:(Tensor {target}, Tensor {output})|}} => {output}.eq({target});"),
        $"This metric takes {target} first: write Tensor Hits(Tensor {output}, Tensor {target}), which returns the mean of the batch or one value per sample");

    [Theory]
    [InlineData("private static void Count() { [{|LG0024:Metric|}] static Tensor Hits(Tensor output, Tensor target) => output; Hits(null!, null!); }", "Hits")]
    [InlineData("private readonly System.Func<Tensor, Tensor, Tensor> hits = [{|LG0024:Metric|}] (output, target) => output;", "Name")]
    [InlineData("public Tensor Hits { [{|LG0024:Metric|}] get => null!; }", "Name")]
    [InlineData("[{|LG0024:Metric|}] public static Tensor operator +(Net output, Tensor target) => target;", "Name")]
    public Task LG0024_on_what_is_no_method_of_the_class(string member, string name) => ReportsAsync(
        Method(member),
        $"This metric is no method that the loop can call by its name: write Tensor {name}(Tensor output, Tensor target), which returns the mean of the batch or one value per sample");

    [Fact]
    public Task LG0024_on_an_interface_implemented_explicitly() => ReportsAsync(
        Source.Trained(
            "    public Net() : base(\"net\") { }\n\n    [{|LG0024:Metric|}] Tensor IJudge.Hits(Tensor output, Tensor target) => output;",
            bases: "Module<Tensor, Tensor>, IJudge",
            others: "public interface IJudge { Tensor Hits(Tensor output, Tensor target); }\n"),
        $"This metric is no method that the loop can call by its name: {Write}");

    [Theory]
    [InlineData("[Metric] private static Tensor Hits(Tensor output, Tensor target) => output;")]
    [InlineData("[Metric] private Tensor Hits(Tensor output, Tensor target) => output;")]
    [InlineData("[Metric] public virtual torch.Tensor hits(Tensor prediction, Tensor label) => label;")]
    [InlineData("[Metric(Name = \"Share\")] protected internal static Tensor Hits(Tensor a, Tensor? b) => a;")]
    [InlineData("[LoopGen.MetricAttribute] unsafe static Tensor Hits(Tensor output, Tensor other) => output;")]
    [InlineData("[Metric] static Tensor Hits(Tensor expected, Tensor value) => value;")]
    [InlineData("[Metric] static Tensor @class(Tensor output, Tensor target) => output;")]
    [InlineData("[Metric] private static partial Tensor Hits(Tensor output, Tensor target); private static partial Tensor Hits(Tensor output, Tensor target) => output;")]
    [InlineData("private static partial Tensor Hits(Tensor output, Tensor target); [Metric] private static partial Tensor Hits(Tensor output, Tensor target) => output;")]
    [InlineData("[Metric] static Tensor Hits(Tensor output, Tensor target) => output; static Tensor Hits<T>(T output) => null!;")]
    public Task Not_LG0024_on_a_method_that_can(string method)
        => IsSilentAsync(Method(method.Replace("unsafe ", string.Empty, StringComparison.Ordinal)));

    // The class that is trained overrides it.
    [Fact]
    public Task Not_LG0024_on_an_abstract_method() => IsSilentAsync(
        Source.Usings + """
        [Compile(Loss = Loss.MSE)]
        public abstract partial class Net : Module<Tensor, Tensor>
        {
            protected Net() : base("net") { }

            [Metric] protected abstract Tensor Hits(Tensor output, Tensor target);
        }
        """);

    // The compiler says it already.
    [Fact]
    public Task Not_LG0024_on_types_that_do_not_exist() => ReportsAsync(
        [Method("[Metric] static Tensr Hits(Tensor output, Tensor target) => null!;")], [], compilerErrors: ["CS0246"]);

    [Theory]
    [InlineData("string", "", "string", "it must derive from StreamingMetric")]
    [InlineData("int[]", "", "int[]", "it must derive from StreamingMetric")]
    [InlineData("StreamingMetric", "", "StreamingMetric", "it must derive from StreamingMetric")]
    [InlineData("Own", "public class Own { public Own(Device device) { } }", "Own", "it must derive from StreamingMetric")]
    [InlineData("Own", "public abstract class Own(Device device) : StreamingMetric(device.ToString()) { }", "Own", "it is abstract, so name a class derived from it")]
    [InlineData("Own<>", "public class Own<T>(Device device) : StreamingMetric(device.ToString()) { " + Body + " }", "Own<>", "it is generic, so give it its type arguments")]
    [InlineData(
        "Outer<>.Own",
        "public class Outer<T> { public class Own(Device device) : StreamingMetric(device.ToString()) { " + Body + " } }",
        "Own",
        "it is generic, so give it its type arguments")]
    [InlineData(
        "Own",
        "file class Own(Device device) : StreamingMetric(device.ToString()) { " + Body + " }",
        "Own",
        "the loop stands in a file of its own and cannot see it, so make it internal or public")]
    [InlineData(
        "Own<Part>",
        "file class Part; public class Own<T>(Device device) : StreamingMetric(device.ToString()) { " + Body + " }",
        "Own<Part>",
        "the loop stands in a file of its own and cannot see it, so make it internal or public")]
    [InlineData("Own", "public class Own() : StreamingMetric(\"own\") { " + Body + " }", "Own", NoConstructor)]
    [InlineData("Own", "public class Own(string name, Device device) : StreamingMetric(name + device) { " + Body + " }", "Own", NoConstructor)]
    [InlineData("Own", "public class Own(Device device, double threshold) : StreamingMetric($\"{device}{threshold}\") { " + Body + " }", "Own", NoConstructor)]
    [InlineData("Own", "public class Own(ref Device device) : StreamingMetric(device.ToString()) { " + Body + " }", "Own", NoConstructor)]
    [InlineData("Own", "public class Own : StreamingMetric { private Own(Device device) : base(device.ToString()) { } " + Body + " }", "Own", NoConstructor)]
    [InlineData("Own", "public class Own : StreamingMetric { protected Own(Device device) : base(device.ToString()) { } " + Body + " }", "Own", NoConstructor)]
    [InlineData(
        "Own",
        "public class Own : StreamingMetric { public Own(Device device, int a = 0) : base(\"a\") { } public Own(Device device, double b = 0) : base(\"b\") { } " + Body + " }",
        "Own",
        "several of its constructors take a torch.Device and optional parameters, so make one of them take the torch.Device alone, or a string name and nothing else")]
    [InlineData(
        "Own",
        "public class Own(Device device) : StreamingMetric(device.ToString()) { public required int Size { get; init; } " + Body + " }",
        "Own",
        "it has required members, which the loop cannot set")]
    public Task LG0025_on_a_type_that_no_loop_can_make(string type, string declaration, string shown, string reason) => ReportsAsync(
        Type($"{{|LG0025:typeof({type})|}}", declaration),
        $"{shown} cannot be a metric: {reason}");

    [Theory]
    [InlineData("Own", "public class Own(Device device) : StreamingMetric(device.ToString()) { " + Body + " }")]
    [InlineData("Own", "internal sealed class Own(Device? device = null, double threshold = 0.5) : StreamingMetric($\"{device}{threshold}\") { " + Body + " }")]
    [InlineData("Own", "internal sealed class Own(in Device device, string name = \"own\") : StreamingMetric(name + device) { " + Body + " }")]
    [InlineData("Own<int>", "public class Own<T>(Device device) : StreamingMetric(device.ToString()) { " + Body + " }")]
    [InlineData("Outer.Own", "public class Outer { internal class Own(Device device) : StreamingMetric(device.ToString()) { " + Body + " } }")]
    [InlineData("Own", "public abstract class Base(string name) : StreamingMetric(name) { " + Body + " } public class Own(Device device) : Base(device.ToString());")]
    [InlineData(
        "Own",
        "public class Own : StreamingMetric { public Own(Device device) : base(\"a\") { } public Own(Device device, double b = 0) : base(\"b\") { } protected Own(Device device, string name) : base(name) { } " + Body + " }")]
    [InlineData(
        "Own",
        "public class Own : StreamingMetric { public Own(Device device, int a = 0) : base(\"a\") { } public Own(Device device, string name = \"b\") : base(name) { } " + Body + " }")]
    [InlineData(
        "Own",
        "public class Own : StreamingMetric { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Own(Device device) : base(\"a\") { } public required int Size { get; init; } " + Body + " }")]
    [InlineData("Accuracy", "")]
    public Task Not_LG0025_on_a_type_that_it_can(string type, string declaration) => IsSilentAsync(Type($"typeof({type})", declaration));

    // The compiler says it already.
    [Fact]
    public Task Not_LG0025_on_a_type_that_does_not_exist() => ReportsAsync([Type("typeof(Missing)", string.Empty)], [], compilerErrors: ["CS0246"]);

    [Theory]
    [InlineData("[{|LG0026:Metric|}]")]
    [InlineData("[{|LG0026:Metric()|}]")]
    [InlineData("[{|LG0026:Metric(Name = \"Hits\")|}]")]
    [InlineData("[{|LG0026:Metric((System.Type)null!)|}]")]
    public Task LG0026_on_a_class_whose_metric_says_not_which(string metric) => ReportsAsync(
        Source.Model($"[Compile(Loss = Loss.MSE)]\n{metric}"),
        "On a class, [Metric] has to say which metric: name one of the library's, as in Metric(Metric.Accuracy), or a type of your own, as in Metric(typeof(MyMetric))");

    [Theory]
    [InlineData("Metric.Accuracy")]
    [InlineData("typeof(Accuracy)")]
    public Task LG0026_on_a_method_that_names_another_metric(string argument) => ReportsAsync(
        Method($"[Metric({{|LG0026:{argument}|}}, Name = \"Share\")] static Tensor Hits(Tensor output, Tensor target) => output;"),
        $"On a method, [Metric] is about that method: remove {argument}, or move the attribute to the class");

    [Fact]
    public Task Not_LG0026_where_attribute_and_place_go_together() => IsSilentAsync(
        Source.Trained(
            "    public Net() : base(\"net\") { }\n\n    [Metric] static Tensor Hits(Tensor output, Tensor target) => output;",
            others: "[Metric(Metric.MeanSquaredError), Metric(typeof(Accuracy))]\n"));

    [Theory]
    [InlineData("[{|LG0023:Metric|}] private static Tensor Hits(Tensor output, Tensor target) => output;")]
    [InlineData("[{|LG0023:Metric(Name = \"Share\")|}] private double Hits() => 0;")]
    [InlineData("public Tensor Hits { [{|LG0023:Metric|}] get => null!; }")]
    public Task LG0023_on_a_method_of_a_class_that_is_not_trained(string member) => ReportsAsync(
        Source.Class("public class Net : Module<Tensor, Tensor>", "    public Net() : base(\"net\") { }\n\n    " + member),
        "Net has no [Compile], so no loop reports this metric: add [Compile] to the class, or remove the metric");

    [Theory]
    [InlineData("struct")]
    [InlineData("record")]
    [InlineData("static class")]
    public Task LG0023_on_a_method_of_something_else(string kind) => ReportsAsync(
        Source.Usings + $"public {kind} Net {{ [{{|LG0023:Metric|}}] static Tensor Hits(Tensor output, Tensor target) => output; }}",
        "Net has no [Compile], so no loop reports this metric: add [Compile] to the class, or remove the metric");

    [Fact]
    public Task Not_LG0023_on_a_method_of_another_part_of_the_class() => IsSilentAsync(
        Source.Usings + "partial class Net { [Metric] static Tensor Hits(Tensor output, Tensor target) => output; }",
        Source.Model("[Compile(Loss = Loss.CrossEntropy)]"));

    [Theory]
    [InlineData("[{|LG0021:Metric|}] static Tensor MeanSquaredError(Tensor output, Tensor target) => output;", "mean_squared_error", "MeanSquaredError2")]
    [InlineData("[{|LG0021:Metric(Name = \"mean_squared_error\")|}] static Tensor Hits(Tensor output, Tensor target) => output;", "mean_squared_error", "MeanSquaredError2")]
    [InlineData(
        "[Metric] static Tensor Hits(Tensor output, Tensor target) => output; [{|LG0021:Metric|}] static Tensor hits(Tensor output, Tensor target) => output;",
        "hits",
        "Hits2")]
    [InlineData("[Metric, {|LG0021:Metric|}] static Tensor Hits(Tensor output, Tensor target) => output;", "hits", "Hits2")]
    public Task LG0021_on_a_method_whose_name_is_taken(string method, string figure, string free) => ReportsAsync(
        Source.Trained("    public Net() : base(\"net\") { }\n\n    " + method, others: "[Metric(Metric.MeanSquaredError)]\n"),
        $"Another metric is reported as {figure}: give this one a name of its own, for example Name = \"{free}\"");

    [Fact]
    public Task LG0021_on_a_type_whose_name_is_taken() => ReportsAsync(
        Source.Model("[Compile(Loss = Loss.CrossEntropy)]\n[Metric(Metric.Accuracy)]\n[{|LG0021:Metric(typeof(Accuracy))|}]"),
        "Another metric is reported as accuracy: give this one a name of its own, for example Name = \"Accuracy2\"");

    // Broken ones are not reported, so their names are free.
    [Fact]
    public Task Not_LG0021_beside_a_metric_that_is_none() => ReportsAsync(
        Method("[Metric] static {|LG0024:double|} Hits(Tensor output, Tensor target) => 0; [Metric(Name = \"Hits\")] static Tensor Right(Tensor output, Tensor target) => output;"),
        $"This metric returns double: {Write}");

    [Fact]
    public Task Not_LG0021_on_two_names_of_one_method()
        => IsSilentAsync(Method("[Metric, Metric(Name = \"Share\")] static Tensor Hits(Tensor output, Tensor target) => output;"));

    [Theory]
    [InlineData("Clone")]
    [InlineData("Figures")]
    [InlineData("Epoch")]
    [InlineData("Equals")]
    public Task LG0022_on_a_method_whose_name_is_reserved(string name) => ReportsAsync(
        Method($"[{{|LG0022:Metric|}}] static Tensor {name}(Tensor output, Tensor target) => output;"),
        $"A metric cannot be named \"{name}\": every log has a member {name} of its own, so choose another name");

    [Fact]
    public Task LG0011_on_a_K_of_a_method() => ReportsAsync(
        Method("[Metric({|LG0011:K = 3|})] static Tensor Hits(Tensor output, Tensor target) => output;"),
        "Hits does not take K: remove it, or choose TopKAccuracy");

    [Fact]
    public Task LG0011_on_a_K_of_a_type() => ReportsAsync(
        Source.Model("[Compile(Loss = Loss.CrossEntropy)]\n[Metric(typeof(TopKAccuracy), {|LG0011:K = 3|})]"),
        "TopKAccuracy does not take K: remove it, or choose TopKAccuracy");

    private const string NoConstructor = "it needs a constructor that the loop can call, with a torch.Device first and otherwise only optional parameters";

    private static string Method(string members) => Source.Trained($"    public Net() : base(\"net\") {{ }}\n\n    {members}");

    private static string Type(string argument, string declaration) => Source.Model($"{declaration}\n[Compile(Loss = Loss.CrossEntropy)]\n[Metric({argument}, Name = \"Judged\")]");
}
