using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Features;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.TakingOver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>Offers on a trained class to make an emitted file one of the project's own, beside the class.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(TakeOverRefactoring))]
[Shared]
public sealed class TakeOverRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var document = context.Document;
        var cancellation = context.CancellationToken;
        if (await ModelHeader.FindAsync(document, context.Span, cancellation).ConfigureAwait(false) is not { Type: { } type }
            || LoopAttributes.FindCompile(type) is null
            || ShapeRules.Check(type, cancellation) != ShapeViolation.None)
        {
            return;
        }

        var blocks = BlockAttributes.Of(type);
        var membersOfBatch = ForwardParser.Parse(type).Count + (FeatureList.WeighsSamples(blocks) ? 2 : 1);
        var owned = MemberParser.OwnedMethods(type, membersOfBatch).Select(pair => pair.Member).ToArray();
        var offers = ImmutableArray.CreateBuilder<CodeAction>();
        foreach (var file in LoopFile.All)
        {
            var members = file.MembersFor(kind => kind.IsOn(blocks));
            var left = members.Except(owned).Count();
            if (left > 0)
            {
                offers.Add(CodeAction.Create(
                    left == members.Count ? $"Take over {file.Title}" : $"Take over the rest of {file.Title}",
                    cancellation => TakeOverAsync(document, type, file, cancellation),
                    $"{nameof(TakeOverRefactoring)}.{file.Name}"));
            }
        }

        if (offers.Count > 0)
        {
            context.RegisterRefactoring(CodeAction.Create($"Take over what LoopGen writes for {type.Name}", offers.ToImmutable(), isInlinable: true));
        }
    }

    private static async Task<Solution> TakeOverAsync(Document document, INamedTypeSymbol type, LoopFile file, CancellationToken cancellation)
    {
        var compilation = (CSharpCompilation)(await document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false))!;
        var hint = TypeParser.Parse(type, NameScan.Of(type)).HintName;
        var model = EmittedModels.In(compilation, cancellation).FirstOrDefault(candidate => candidate.Spec.Type.HintName == hint);
        if (model?.TextOf(file) is not { } emitted)
        {
            return document.Project.Solution;
        }

        var beside = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var text = OwnedText.From(emitted, OwnedText.NewLineOf(beside.ToString()));
        var name = FreeName(document, $"{type.Name}.{file.Name}");
        return document.Project.Solution.AddDocument(
            DocumentId.CreateNewId(document.Project.Id),
            name,
            SourceText.From(text, beside.Encoding),
            document.Folders,
            Path.GetDirectoryName(document.FilePath) is { } folder ? Path.Combine(folder, name) : null);
    }

    // Models of one name in one folder, in two namespaces for instance.
    private static string FreeName(Document document, string stem)
    {
        var taken = new HashSet<string>(
            document.Project.Documents.Where(other => other.Folders.SequenceEqual(document.Folders)).Select(other => other.Name),
            StringComparer.OrdinalIgnoreCase);
        var name = $"{stem}.cs";
        for (var number = 2; taken.Contains(name); number++)
        {
            name = $"{stem}{number}.cs";
        }

        return name;
    }
}
