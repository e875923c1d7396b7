using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Tests.Analyzers;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LoopGen.Generators.Tests.Documentation;

/// <summary>
/// A page has two examples, below the usings of the index: the first gets the diagnostic and no other, the second gets none
/// and compiles.
/// </summary>
internal static class DiagnosticPage
{
    private const string Index = "docs/diagnostics/README.md";

    public static async Task CheckAsync(MarkdownPage page)
    {
        var reported = page.Take(0);
        var mended = page.Take(1);
        page.AssertAllTaken();

        var id = Path.GetFileNameWithoutExtension(page.Path);
        var language = id == DiagnosticIds.OldLanguage ? LanguageVersion.CSharp11 : LanguageVersion.CSharp12;
        var usings = Usings(MarkdownPage.Read(Index)) + "\n\n";

        var diagnostics = await AnalyzerTest.RunAsync(TestCompilation.Create(language, usings + reported));
        Assert.Equal([id], diagnostics.Select(diagnostic => diagnostic.Id));

        await AnalyzerTest.IsSilentAsync(usings + mended);
        Assert.Empty(GeneratorRun.Of(usings + mended).Diagnostics().Select(diagnostic => diagnostic.ToString()));
    }

    public static void CheckIndex(MarkdownPage page)
    {
        // The pages are checked with it.
        Assert.StartsWith("using ", Usings(page), StringComparison.Ordinal);
        page.AssertAllTaken();
    }

    private static string Usings(MarkdownPage index) => index.Take("using LoopGen;");
}
