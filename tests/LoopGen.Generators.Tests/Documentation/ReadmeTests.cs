using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>What the README shows is what there is.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_class_is_the_samples() => Assert.Contains(Block(0), Read("samples/Digits/DigitClassifier.cs"));

    [Fact]
    public void The_call_is_the_samples()
    {
        var call = Regex.Match(Block(1), @"var history = model\.Fit\([^;]*;").Value;
        Assert.NotEmpty(call);
        Assert.Contains(call, Read("samples/Digits/Program.cs"));
    }

    [Fact]
    public void The_loop_is_the_one_that_is_emitted_for_the_sample()
    {
        var run = GeneratorRun.Of(Read("samples/Digits/DigitClassifier.cs"), TestCompilation.ImplicitUsings);
        var emitted = string.Join('\n', run.Files["Digits.DigitClassifier.Fit.g.cs"].Split('\n').Select(line => line.TrimStart()));
        var shown = string.Join('\n', Block(2).Split('\n').Select(line => line.TrimStart()));

        Assert.Contains(shown, emitted);
    }

    [Fact]
    public void The_hook_compiles_in_the_sample()
    {
        var source = Read("samples/Digits/DigitClassifier.cs");
        var hooked = source[..source.LastIndexOf('}')] + Block(3) + "}";
        var run = GeneratorRun.Of(hooked, TestCompilation.ImplicitUsings);

        Assert.Contains("this.OnGradients(step);", run.Files["Digits.DigitClassifier.Fit.g.cs"]);
        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        foreach (Match link in Regex.Matches(Read("README.md"), @"\]\((?!http)([^)#]+)\)"))
        {
            Assert.True(Path.Exists(Path.Combine(Root(), link.Groups[1].Value)), link.Value);
        }
    }

    private static string Block(int index) => Regex.Matches(Read("README.md"), "```csharp\n(.*?)\n```", RegexOptions.Singleline)[index].Groups[1].Value;

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root(), path)).ReplaceLineEndings("\n");

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
