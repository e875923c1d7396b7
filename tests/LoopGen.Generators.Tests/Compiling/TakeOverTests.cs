using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace LoopGen.Generators.Tests.Compiling;

/// <summary>What is emitted may be copied into the class, whole files or single members, and is then no longer emitted.</summary>
[Trait("Category", "Slow")]
public sealed class TakeOverTests
{
    private static readonly string[] Names = [nameof(Models.DigitClassifier), nameof(Models.HostileNames), nameof(Models.NestedGeneric), nameof(Models.CustomMetrics), nameof(Models.SampleWeights)];

    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (var name in Models.All.Keys.Where(name => name != nameof(Models.OwnedFit)))
            {
                foreach (var file in GeneratorRun.Of(Models.All[name]).Files.Keys.Where(file => !file.EndsWith(".Types.g.cs", StringComparison.Ordinal)))
                {
                    files.Add(name, file);
                }
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_is_copied_is_no_longer_emitted(string name, string file)
    {
        var source = Models.All[name];
        var copy = WithoutHeader(GeneratorRun.Of(source).Files[file]);

        var run = GeneratorRun.Of(source, copy);

        Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
        Assert.DoesNotContain(file, run.Files.Keys);
    }

    [Fact]
    public void All_files_of_a_model_may_be_copied_at_once()
    {
        foreach (var name in Names)
        {
            var emitted = GeneratorRun.Of(Models.All[name]).Files.Where(file => !file.Key.EndsWith(".Types.g.cs", StringComparison.Ordinal));

            var run = GeneratorRun.Of([Models.All[name], .. emitted.Select(file => WithoutHeader(file.Value))]);

            Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
            Assert.All(run.Files.Keys, file => Assert.EndsWith(".Types.g.cs", file, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Any_single_member_may_be_copied_and_the_others_call_it()
    {
        var tried = new List<string>();
        foreach (var name in Names)
        {
            var emitted = GeneratorRun.Of(Models.All[name]).Files;
            foreach (var (file, text) in emitted.Where(file => !file.Key.EndsWith(".Types.g.cs", StringComparison.Ordinal)))
            {
                var count = MethodsOf(text).Length;
                for (var kept = 0; kept < count; kept++)
                {
                    var run = GeneratorRun.Of(Models.All[name], WithoutHeader(Keep(text, kept)));

                    Assert.Empty(run.Diagnostics().Select(diagnostic => diagnostic.ToString()));
                    Assert.Equal(count - 1, run.Files.TryGetValue(file, out var others) ? MethodsOf(others).Length : 0);
                    tried.Add($"{name} {file} {kept}");
                }
            }
        }

        // Four Fit, four Evaluate, three Predict, TrainOnBatch, TestOnBatch and CreateOptimizer.
        Assert.Equal(14 * Names.Length, tried.Count);
    }

    private static string WithoutHeader(string text) => text[text.IndexOf("#nullable", StringComparison.Ordinal)..];

    private static MethodDeclarationSyntax[] MethodsOf(string text)
        => [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()];

    private static string Keep(string text, int index)
    {
        var root = CSharpSyntaxTree.ParseText(text).GetRoot();
        var others = root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where((_, number) => number != index);
        return root.RemoveNodes(others, SyntaxRemoveOptions.KeepNoTrivia)!.ToFullString();
    }
}
