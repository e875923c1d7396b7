using System.Collections.Immutable;
using LoopGen.CodeFixes;
using LoopGen.Generators.Tests.Analyzers;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LoopGen.Generators.Tests.CodeFixes;

/// <summary>Applies a code fix to a file: the text afterwards is exact, compiles with what is emitted, and reports nothing.</summary>
internal static class FixTest
{
    private static readonly CodeFixProvider[] Fixers =
    [
        .. typeof(MakePartialFix).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)))
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>The fix of a diagnostic, or null.</summary>
    public static CodeFixProvider? FixerOf(string id) => Fixers.SingleOrDefault(fixer => fixer.FixableDiagnosticIds.Contains(id));

    /// <summary>Applies the offer of that title to the first diagnostic.</summary>
    public static async Task FixesAsync(string id, string title, string before, string after)
    {
        var document = Open(before);
        var diagnostic = (await DiagnosticsAsync(document, id))[0];
        var offer = Assert.Single(await OffersAsync(document, diagnostic), offer => offer.Title == title);
        Assert.NotNull(offer.EquivalenceKey);
        await AssertFixedAsync(offer, document, after);
    }

    /// <summary>Applies the offer of that title to all diagnostics of a file at once.</summary>
    public static async Task FixesAllAsync(string id, string title, string before, string after)
    {
        var document = Open(before);
        var diagnostics = await DiagnosticsAsync(document, id);
        Assert.True(diagnostics.Length > 1);
        var offer = Assert.Single(await OffersAsync(document, diagnostics[0]), offer => offer.Title == title);
        var fixer = FixerOf(id)!;
        var context = new FixAllContext(document, fixer, FixAllScope.Document, offer.EquivalenceKey, [id], new Found(diagnostics), CancellationToken.None);
        await AssertFixedAsync((await fixer.GetFixAllProvider()!.GetFixAsync(context))!, document, after);
    }

    /// <summary>Nothing is offered for the first diagnostic.</summary>
    public static async Task OffersNothingAsync(string id, string before)
    {
        var document = Open(before);
        Assert.Empty(await OffersAsync(document, (await DiagnosticsAsync(document, id))[0]));
    }

    /// <summary>Applies every offer for every diagnostic, each to the file as it was: none may throw.</summary>
    public static async Task AppliesAllAsync(string source)
    {
        var document = Open(source);
        var diagnostics = await AnalyzerTest.RunAsync((await document.Project.GetCompilationAsync())!);
        foreach (var diagnostic in diagnostics.Where(diagnostic => FixerOf(diagnostic.Id) is not null))
        {
            foreach (var offer in await OffersAsync(document, diagnostic))
            {
                Assert.NotEmpty(await offer.GetOperationsAsync(CancellationToken.None));
            }
        }
    }

    private static Document Open(string source)
    {
        var compilation = TestCompilation.Create(source);
        var project = new AdhocWorkspace()
            .AddProject(ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "Models", "Models", LanguageNames.CSharp)
                .WithMetadataReferences(compilation.References)
                .WithCompilationOptions(compilation.Options)
                .WithParseOptions(compilation.SyntaxTrees[0].Options));
        return project.AddDocument("File0.cs", source);
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Document document, string id)
        => [.. from diagnostic in await AnalyzerTest.RunAsync((await document.Project.GetCompilationAsync())!)
               where diagnostic.Id == id
               orderby diagnostic.Location.SourceSpan.Start
               select diagnostic];

    private static async Task<List<CodeAction>> OffersAsync(Document document, Diagnostic diagnostic)
    {
        var offers = new List<CodeAction>();
        var context = new CodeFixContext(document, diagnostic, (offer, _) => offers.Add(offer), CancellationToken.None);
        await FixerOf(diagnostic.Id)!.RegisterCodeFixesAsync(context);
        return offers;
    }

    private static async Task AssertFixedAsync(CodeAction action, Document document, string after)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        var changed = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetDocument(document.Id)!;
        Assert.Equal(after, (await changed.GetTextAsync()).ToString());

        var run = GeneratorRun.Of((CSharpCompilation)(await changed.Project.GetCompilationAsync())!);
        var (analyzers, compilers) = await AnalyzerTest.RunWithCompilerAsync(run.Output);
        Assert.Empty(AnalyzerTest.Errors(compilers));
        Assert.Empty(analyzers);
    }

    private sealed class Found(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
