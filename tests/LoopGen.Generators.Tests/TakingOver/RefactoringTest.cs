using System.Collections.Immutable;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace LoopGen.Generators.Tests.TakingOver;

/// <summary>Asks a refactoring what it offers where <c>$$</c> stands, in a project in which the generator runs, too.</summary>
internal sealed record RefactoringTest(Document Document, IReadOnlyList<CodeAction> Offers)
{
    public static async Task<RefactoringTest> AtAsync(CodeRefactoringProvider refactoring, string source, string path = "/models/Net.cs", params string[] others)
    {
        var position = source.IndexOf("$$", StringComparison.Ordinal);
        Assert.True(position >= 0, "No $$ says where the cursor is.");
        var text = source.Remove(position, 2);
        var compilation = TestCompilation.Create(text);
        var project = new AdhocWorkspace()
            .AddProject(ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "Models", "Models", LanguageNames.CSharp)
                .WithMetadataReferences(compilation.References)
                .WithCompilationOptions(compilation.Options)
                .WithParseOptions(compilation.SyntaxTrees[0].Options)
                .WithAnalyzerReferences([new GeneratorReference()]));
        var document = project.AddDocument("Net.cs", SourceText.From(text), filePath: path);
        foreach (var (other, number) in others.Select((other, number) => (other, number)))
        {
            document = document.Project.AddDocument($"Other{number}.cs", other, filePath: $"/models/Other{number}.cs").Project.GetDocument(document.Id)!;
        }

        var offers = new List<CodeAction>();
        await refactoring.ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(position, 0), offers.Add, CancellationToken.None));
        return new RefactoringTest(document, [.. offers.SelectMany(Leaves)]);
    }

    /// <summary>What the offers are called.</summary>
    public IEnumerable<string> Titles => this.Offers.Select(offer => offer.Title);

    /// <summary>The project after an offer was taken.</summary>
    public async Task<Project> ApplyAsync(string title)
    {
        var offer = Assert.Single(this.Offers, offer => offer.Title == title);
        Assert.NotNull(offer.EquivalenceKey);
        var operations = await offer.GetOperationsAsync(CancellationToken.None);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetProject(this.Document.Project.Id)!;
    }

    /// <summary>The user's files alone, with what the generator makes of them.</summary>
    public static async Task<GeneratorRun> RunAsync(Project project)
        => GeneratorRun.Of((CSharpCompilation)(await project.WithAnalyzerReferences([]).GetCompilationAsync())!);

    /// <summary>What the compiler says of all files together, but that the class itself has no comments.</summary>
    public static IEnumerable<string> Problems(GeneratorRun run)
        => run.Diagnostics()
            .Where(diagnostic => diagnostic.Id != "CS1591" || !diagnostic.Location.SourceTree!.FilePath.EndsWith("Net.cs", StringComparison.Ordinal))
            .Select(diagnostic => diagnostic.ToString());

    private static IEnumerable<CodeAction> Leaves(CodeAction action)
        => action.NestedActions.IsEmpty ? [action] : action.NestedActions.SelectMany(Leaves);

    // The workspace knows a generator by its instance.
    private sealed class GeneratorReference : AnalyzerReference
    {
        private readonly ImmutableArray<ISourceGenerator> generators = [new LoopGenerator().AsSourceGenerator()];

        public override string? FullPath => null;

        public override object Id => nameof(GeneratorReference);

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => this.generators;

        public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => this.generators;
    }
}
