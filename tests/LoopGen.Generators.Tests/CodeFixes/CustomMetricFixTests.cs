using LoopGen.Generators.Tests.Analyzers;
using Xunit;
using static LoopGen.Generators.Tests.CodeFixes.FixTest;

namespace LoopGen.Generators.Tests.CodeFixes;

public sealed class CustomMetricFixTests
{
    [Theory]
    [InlineData("private static Tensor Hits(Tensor output) => output;", "Tensor output, Tensor target", "private static Tensor Hits(Tensor output, Tensor target) => output;")]
    [InlineData("static torch.Tensor Hits(Tensor labels) => labels;", "torch.Tensor output, Tensor labels", "static torch.Tensor Hits(torch.Tensor output, Tensor labels) => labels;")]
    [InlineData("static Tensor Hits()\n    {\n        // one\n        return torch.ones(1);\n    }", "Tensor output, Tensor target", "static Tensor Hits(Tensor output, Tensor target)\n    {\n        // one\n        return torch.ones(1);\n    }")]
    [InlineData("static Tensor? Hits(Tensor output, Tensor target) => output;", "Tensor output, Tensor target", "static Tensor Hits(Tensor output, Tensor target) => output;")]
    [InlineData("static Tensor Hits(ref Tensor output, in Tensor target) => output;", "Tensor output, Tensor target", "static Tensor Hits(Tensor output, Tensor target) => output;")]
    [InlineData("static Tensor Hits<T>(Tensor output, Tensor target) where T : class => output;", "Tensor output, Tensor target", "static Tensor Hits(Tensor output, Tensor target) => output;")]
    [InlineData("/// <summary>Hits.</summary>\n    static Tensor Hits(Tensor yTrue, Tensor yPred) => yPred.eq(yTrue);", "Tensor yPred, Tensor yTrue", "/// <summary>Hits.</summary>\n    static Tensor Hits(Tensor yPred, Tensor yTrue) => yPred.eq(yTrue);")]
    public Task LG0024_the_signature_changes_and_the_body_stays(string before, string parameters, string after)
        => FixesAsync("LG0024", $"Change to {(before.Contains("torch.Tensor ", StringComparison.Ordinal) ? "torch." : string.Empty)}Tensor Hits({parameters})", Metric(before), Metric(after));

    [Fact]
    public async Task LG0024_an_async_method_that_waits_for_nothing()
    {
        // The compiler's warning of that goes, too.
        const string task = "System.Threading.Tasks.Task<Tensor>";
        await FixesAsync(
            "LG0024",
            "Change to Tensor Hits(Tensor output, Tensor target)",
            Metric($"private async static {task} Hits(Tensor output, Tensor target) => output;"),
            Metric("private static Tensor Hits(Tensor output, Tensor target) => output;"));
    }

    [Theory]
    [InlineData("static double Hits(Tensor output, Tensor target) => 0;")]
    [InlineData("static void Hits(Tensor output, Tensor target) { }")]
    [InlineData("static async System.Threading.Tasks.Task<Tensor> Hits(Tensor output, Tensor target) { await System.Threading.Tasks.Task.Yield(); return output; }")]
    [InlineData("static async System.Threading.Tasks.Task Hits(Tensor output, Tensor target) { }")]
    [InlineData("static Tensor Hits(Tensor input, Tensor output, Tensor target) => input;")]
    [InlineData("static Tensor Hits(Tensor output, out Tensor target) => target = output;")]
    [InlineData("static Tensor Hits(Tensor output, long target) => output;")]
    [InlineData("static Tensor Hits<T>(Tensor output, Tensor target) => typeof(T).IsClass ? output : target;")]
    [InlineData("static Tensor Hits(Tensor output) { var target = output; return target; }")]
    [InlineData("static Tensor Hits(Tensor output) => output; static Tensor Half(Tensor output) => Hits(output) / 2;")]
    [InlineData("public virtual Tensor Hits(Tensor output) => output;")]
    [InlineData("public Tensor Hits { [Metric] get => null!; }")]
    public Task LG0024_offers_nothing_where_the_body_would_not_fit(string member)
        => OffersNothingAsync("LG0024", member.Contains("[Metric]", StringComparison.Ordinal) ? Members(member) : Metric(member));

    [Fact]
    public Task LG0024_all_of_a_file_at_once() => FixesAllAsync(
        "LG0024",
        "Change to Tensor Hits(Tensor output, Tensor target)",
        Members("[Metric] static Tensor Hits(Tensor output) => output;\n    [Metric] static Tensor Half(Tensor output) => output / 2;"),
        Members("[Metric] static Tensor Hits(Tensor output, Tensor target) => output;\n    [Metric] static Tensor Half(Tensor output, Tensor target) => output / 2;"));

    [Theory]
    [InlineData("[Metric(Metric.Accuracy)]", "[Metric]")]
    [InlineData("[Metric(Metric.Accuracy, Name = \"Share\")]", "[Metric(Name = \"Share\")]")]
    public Task LG0026_the_argument_goes(string before, string after) => FixesAsync(
        "LG0026",
        "Remove the argument",
        Members(before + " static Tensor Hits(Tensor output, Tensor target) => output;"),
        Members(after + " static Tensor Hits(Tensor output, Tensor target) => output;"));

    [Fact]
    public Task LG0026_offers_nothing_on_a_class() => OffersNothingAsync("LG0026", Source.Model("[Compile(Loss = Loss.MSE)]\n[Metric]"));

    [Fact]
    public Task LG0011_a_K_of_a_method_goes() => FixesAsync(
        "LG0011",
        "Remove the argument",
        Members("[Metric(K = 3)] static Tensor Hits(Tensor output, Tensor target) => output;"),
        Members("[Metric] static Tensor Hits(Tensor output, Tensor target) => output;"));

    [Theory]
    [InlineData("Metric", "Metric(Name = \"Hits2\")")]
    [InlineData("Metric()", "Metric(Name = \"Hits2\")")]
    public Task LG0021_a_method_gets_a_name(string before, string after) => FixesAsync(
        "LG0021",
        "Name it Hits2",
        Members($"[Metric] static Tensor Hits(Tensor output, Tensor target) => output; [{before}] static Tensor hits(Tensor output, Tensor target) => output;"),
        Members($"[Metric] static Tensor Hits(Tensor output, Tensor target) => output; [{after}] static Tensor hits(Tensor output, Tensor target) => output;"));

    private static string Metric(string method) => Members($"[Metric]\n    {method}");

    private static string Members(string members) => Source.Trained($"    public Net() : base(\"net\") {{ }}\n\n    {members}");
}
