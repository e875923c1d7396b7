using LoopGen.Generators.Tests.Analyzers;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using TorchSharp;
using Xunit;

namespace LoopGen.Generators.Tests.Compiling;

/// <summary>Projects that are set up otherwise than ours.</summary>
public sealed class ForeignProjectTests
{
    [Theory]
    [InlineData("DigitClassifier")]
    [InlineData("AllBlocks")]
    [InlineData("NestedGeneric")]
    public void Without_nullable_references_the_emitted_files_compile_clean(string model)
    {
        var compilation = TestCompilation.Create(Models.All[model]);
        compilation = compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable));

        var run = GeneratorRun.Of(compilation);

        // What the model says of references that may be null has no meaning here: CS8632, in its own file.
        Assert.NotEmpty(run.Files);
        Assert.DoesNotContain(run.Diagnostics(), diagnostic => diagnostic.Id != "CS8632" || !IsTheModels(diagnostic));
    }

    // The compiler says which names it does not find, the build that TorchSharp is missing (LG9003).
    [Fact]
    public async Task Without_TorchSharp_neither_generator_nor_analyzer_adds_to_the_compilers_errors()
    {
        var torchSharp = TestCompilation.References.Single(reference => reference.Display == typeof(torch).Assembly.Location);
        var compilation = TestCompilation.Create(Models.All["DigitClassifier"]).RemoveReferences(torchSharp);

        var run = GeneratorRun.Of(compilation);

        Assert.Empty(run.Reported);
        Assert.All(run.Diagnostics(), diagnostic => Assert.True(IsTheModels(diagnostic), diagnostic.ToString()));
        Assert.Contains(run.Diagnostics(), diagnostic => diagnostic.Id == "CS0246");
        Assert.Empty(await AnalyzerTest.RunAsync(compilation));
    }

    private static bool IsTheModels(Diagnostic diagnostic)
        => diagnostic.Location.SourceTree!.FilePath.StartsWith("File", StringComparison.Ordinal);
}
