using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class ScheduleMethodAnalyzerTests
{
    private const string Write = "write double Rate(long step), which returns the factor of the learning rate";

    [Theory]
    [InlineData("static {|LG0065:float|} Rate(long step) => 1;", "returns float")]
    [InlineData("{|LG0065:void|} Rate(long step) { }", "returns void")]
    [InlineData("static {|LG0065:double?|} Rate(long step) => 1;", "returns double?")]
    [InlineData("static {|LG0065:ref double|} Rate(long step) => throw new System.NotSupportedException();", "returns ref double")]
    [InlineData("static async {|LG0065:System.Threading.Tasks.Task<double>|} Rate(long step) { await System.Threading.Tasks.Task.Yield(); return 1; }", "returns System.Threading.Tasks.Task<double>")]
    [InlineData("static double Rate{|LG0065:<T>|}(long step) => 1;", "has type parameters")]
    [InlineData("static double Rate{|LG0065:()|} => 1;", "takes nothing")]
    [InlineData("static double Rate{|LG0065:(int step)|} => 1;", "takes (int step)")]
    [InlineData("static double Rate{|LG0065:(in  long step)|} => 1;", "takes (in long step)")]
    [InlineData("static double Rate{|LG0065:(long? step)|} => 1;", "takes (long? step)")]
    [InlineData("double Rate{|LG0065:(long step,\n        double rate = 1)|} => rate;", "takes (long step, double rate = 1)")]
    [InlineData("double Rate{|LG0065:(params long[] steps)|} => 1;", "takes (params long[] steps)")]
    public Task LG0065_on_a_method_that_cannot_be_called_with_the_step(string method, string what)
        => ReportsAsync(Method("[Schedule] " + method), $"This schedule {what}: {Write}");

    [Theory]
    [InlineData("private static void Count() { [{|LG0065:Schedule|}] static double Rate(long step) => 1; Rate(1); }", "Rate")]
    [InlineData("private readonly System.Func<long, double> rate = [{|LG0065:Schedule|}] (step) => 1;", "Name")]
    [InlineData("public double Rate { [{|LG0065:Schedule|}] get => 1; }", "Name")]
    [InlineData("[{|LG0065:Schedule|}] public static double operator +(Net model, long step) => 1;", "Name")]
    public Task LG0065_on_what_is_no_method_of_the_class(string member, string name) => ReportsAsync(
        Method(member),
        $"This schedule is no method that the loop can call by its name: write double {name}(long step), which returns the factor of the learning rate");

    [Fact]
    public Task LG0065_on_an_interface_implemented_explicitly() => ReportsAsync(
        Source.Trained(
            "    public Net() : base(\"net\") { }\n\n    [{|LG0065:Schedule|}] double IRated.Rate(long step) => 1;",
            bases: "Module<Tensor, Tensor>, IRated",
            others: "public interface IRated { double Rate(long step); }\n"),
        $"This schedule is no method that the loop can call by its name: {Write}");

    [Theory]
    [InlineData("[Schedule] private static double Rate(long step) => 1;")]
    [InlineData("[Schedule()] public virtual double Rate(long updates) => 1;")]
    [InlineData("[LoopGen.ScheduleAttribute] protected internal double @class(long @long = 3) => 1;")]
    [InlineData("[Schedule] private partial double Rate(long step); private partial double Rate(long step) => 1;")]
    [InlineData("[Schedule] static double image(long step) => 1;")]
    [InlineData("[Schedule] static double step(long step) => 1;")]
    [InlineData("[Schedule] static double Rate(long step) => 1; static float Rate(int step) => 1;")]
    public Task Not_LG0065_on_a_method_that_can(string method) => IsSilentAsync(Method(method));

    [Theory]
    [InlineData("[Schedule] private partial double Rate{|LG0065:(int step)|}; private partial double Rate(int step) => 1;", "takes (int step)")]
    [InlineData("private partial float Rate(long step); [Schedule] private partial {|LG0065:float|} Rate(long step) => 1;", "returns float")]
    public Task LG0065_on_a_partial_method(string method, string what) => ReportsAsync(Method(method), $"This schedule {what}: {Write}");

    // What the compiler does not know is its error.
    [Fact]
    public Task Not_LG0065_on_a_type_that_does_not_exist() => ReportsAsync(
        [Method("[Schedule] static Number Rate(long step) => default!;")], [], compilerErrors: ["CS0246"]);

    [Fact]
    public Task LG0064_on_a_method_beside_a_schedule_of_the_class() => ReportsAsync(
        Method("[{|LG0064:Schedule|}] static double Rate(long step) => 1;", "[Schedule(Schedule.Cosine)]\n"),
        "The [Schedule] of Rate and the [Schedule] of Net exclude each other: the learning rate follows one schedule, so remove one of them");

    [Fact]
    public Task LG0064_on_every_method_but_the_first() => ReportsAsync(
        Method("[Schedule] double A(long step) => 1; [{|LG0064:Schedule|}] double B(long step) => 1; [{|LG0064:Schedule|}] double C(long step) => 1;"),
        "The [Schedule] of B and the [Schedule] of A exclude each other: the learning rate follows one schedule, so remove one of them",
        "The [Schedule] of C and the [Schedule] of A exclude each other: the learning rate follows one schedule, so remove one of them");

    // The part with [Compile] comes first, wherever it stands.
    [Fact]
    public Task LG0064_on_the_second_of_two_files() => ReportsAsync(
        [
            Source.Usings + "partial class Net { [{|LG0064:Schedule|}] double A(long step) => 1; }",
            Method("[Schedule] double B(long step) => 1;"),
        ],
        ["The [Schedule] of A and the [Schedule] of B exclude each other: the learning rate follows one schedule, so remove one of them"]);

    // It is LG0067's.
    [Fact]
    public Task Not_LG0064_beside_a_class_that_names_no_schedule() => ReportsAsync(
        Method("[Schedule] static double Rate(long step) => 1;", "[{|LG0067:Schedule|}]\n"),
        "On a class, [Schedule] has to say which schedule: name one of the library's, as in Schedule(Schedule.Cosine), or put the attribute on a method of your own, double Rate(long step)");

    [Fact]
    public Task LG0066_on_a_method_of_a_class_that_is_not_trained() => ReportsAsync(
        Source.Class(
            "public class Net : Module<Tensor, Tensor>",
            "public Net() : base(\"net\") { }\n\n    [{|LG0066:Schedule(Schedule.Step)|}] static float Rate(int step) => 1;"),
        "Net has no [Compile], so no loop follows [Schedule]: add [Compile] to the class, or remove [Schedule]");

    [Fact]
    public Task LG0067_on_a_method_that_names_a_schedule() => ReportsAsync(
        Method("[Schedule({|LG0067:Schedule.Cosine|}, {|LG0067:WarmupSteps = 5|})] static double Rate(long step) => 1;"),
        "On a method, [Schedule] is about that method: remove Schedule.Cosine, or move the attribute to the class",
        "On a method, [Schedule] is about that method: remove WarmupSteps, or move the attribute to the class");

    [Fact]
    public Task LG0014_on_a_property_that_is_none_without_LG0067() => ReportsAsync(
        [Method("[Schedule({|LG0014:warmup_steps|} = 5)] static double Rate(long step) => 1;")],
        ["[Schedule] has no warmup_steps: did you mean WarmupSteps?"],
        compilerErrors: ["CS0246"]);

    private static string Method(string members, string attributes = "")
        => Source.Trained($"    public Net() : base(\"net\") {{ }}\n\n    {members}", others: attributes);
}
