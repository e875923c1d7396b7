using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>The README shows the sample: its class, its call, its loop.</summary>
internal static class Readme
{
    public static void Check(MarkdownPage page)
    {
        var model = page.Take("class DigitClassifier");
        var call = page.Take("model.Fit(");
        var loop = page.Take("loss.backward();");
        var hook = page.Take("partial void OnGradients");
        page.AssertAllTaken();

        var sample = MarkdownPage.ReadText("samples/Digits/DigitClassifier.cs");
        Assert.Contains(model, sample);
        Assert.Contains(call[call.IndexOf("var history", StringComparison.Ordinal)..(call.IndexOf(';', call.IndexOf("var history", StringComparison.Ordinal)) + 1)], MarkdownPage.ReadText("samples/Digits/Program.cs"));

        var hooked = sample[..sample.LastIndexOf('}')] + hook + "}";
        var run = GeneratorRun.Of(TestCompilation.ImplicitUsings, hooked, MarkdownPage.ReadText("samples/Digits/DigitData.cs"), Program(call));
        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
        Assert.Contains("this.OnGradients(step);", run.Files["Digits.DigitClassifier.Fit.g.cs"]);

        var plain = GeneratorRun.Of(TestCompilation.ImplicitUsings, sample);
        Assert.Contains(Unindented(loop), Unindented(plain.Files["Digits.DigitClassifier.Fit.g.cs"]));
    }

    private static string Program(string statements) => $$"""
        namespace Digits;

        internal static class Program
        {
            internal static void Run(DigitData train, DigitData test)
            {
        {{statements}}
            }
        }
        """;

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimStart()));
}
