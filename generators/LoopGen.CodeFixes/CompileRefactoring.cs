using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>Offers on a plain module to have it trained: <c>[Compile]</c>, <c>partial</c>, and what else a model needs.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(CompileRefactoring))]
[Shared]
public sealed class CompileRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var document = context.Document;
        var cancellation = context.CancellationToken;
        if (await ModelHeader.FindAsync(document, context.Span, cancellation).ConfigureAwait(false) is not { } header
            || header.Type.IsAbstract
            || LoopAttributes.FindCompile(header.Type) is not null
            || ShapeRules.Check(header.Type, cancellation) is not (ShapeViolation.None or ShapeViolation.NotPartial))
        {
            return;
        }

        var loss = LossGuess.For(header.Type, header.Model.Compilation, cancellation);
        context.RegisterRefactoring(CodeAction.Create(
            $"Let LoopGen train {header.Type.Name} ([Compile(Loss = Loss.{loss.Name})])",
            cancellation => CompileAsync(document, header, loss, cancellation),
            nameof(CompileRefactoring)));
    }

    // In steps, each of which sees what the one before made: what a name means depends on the usings.
    private static async Task<Document> CompileAsync(Document document, ModelHeader header, LossRow loss, CancellationToken cancellation)
    {
        var (line, name) = (header.Declaration.SpanStart, header.Type.MetadataName);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;

        List<TextChange> changes = [.. header.Declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(type => new TextChange(new TextSpan(type.Keyword.SpanStart, 0), "partial "))];
        if (!IsImported(header.Model, line))
        {
            changes.Add(UsingDirectives.Add((CompilationUnitSyntax)root, text, KnownNames.Namespace));
        }

        // The declaration is found again by its place: what is put in front of it is counted.
        var before = changes.Where(change => change.Span.Start <= line).Sum(change => change.Span.Start < line ? change.NewText!.Length : 0);
        document = document.WithText(text.WithChanges(changes.OrderBy(change => change.Span.Start)));
        document = await AddAttributeAsync(document, line + before, loss, cancellation).ConfigureAwait(false);
        return await RegisterComponentsAsync(document, name, cancellation).ConfigureAwait(false);
    }

    private static async Task<Document> AddAttributeAsync(Document document, int position, LossRow loss, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var line = text.Lines.GetLineFromPosition(position);
        var indentation = text.ToString(TextSpan.FromBounds(line.Start, position));
        var newLine = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) is { Length: > 0 } end ? end : "\n";
        var attribute = $"[{Name(KnownNames.CompileAttributeName, KnownNames.Compile)}({KnownNames.LossProperty} = {Name(KnownNames.LossProperty, KnownNames.LossProperty)}.{loss.Name})]";

        // On a line of its own, unless the class does not begin one.
        var separator = indentation.Trim().Length == 0 ? newLine + indentation : " ";
        return document.WithText(text.WithChanges(new TextChange(new TextSpan(position, 0), attribute + separator)));

        // The short name, unless it means something else here.
        string Name(string type, string written)
        {
            var found = model.GetSpeculativeSymbolInfo(position, SyntaxFactory.IdentifierName(type), SpeculativeBindingOption.BindAsTypeOrNamespace);
            return LoopAttributes.IsOurs(found.Symbol as ITypeSymbol, type) ? written : $"global::{KnownNames.Namespace}.{written}";
        }
    }

    // What the analyzer would say of the constructors now, mended as its fix does.
    private static async Task<Document> RegisterComponentsAsync(Document document, string name, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var compilation = (await document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false))!;
        var model = compilation.GetSemanticModel(root.SyntaxTree);
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions(ImmutableArray<AdditionalText>.Empty), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var found = await new CompilationWithAnalyzers(compilation, ImmutableArray.Create<DiagnosticAnalyzer>(new RegisterComponentsAnalyzer()), options)
            .GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, cancellation)
            .ConfigureAwait(false);
        var changes = found
            .Where(diagnostic => diagnostic.Id == DiagnosticIds.ComponentsNotRegistered)
            .Select(diagnostic => root.FindToken(diagnostic.Location.SourceSpan.Start).Parent as ConstructorDeclarationSyntax)
            .OfType<ConstructorDeclarationSyntax>()
            .Where(constructor => (constructor.Parent as ClassDeclarationSyntax)?.Identifier.ValueText == name.Split('`')[0])
            .Select(constructor => LastStatement.Add(constructor, text, "RegisterComponents();"))
            .OfType<TextChange>()
            .OrderBy(change => change.Span.Start);
        return document.WithText(text.WithChanges(changes));
    }

    private static bool IsImported(SemanticModel model, int position)
        => model.GetSpeculativeSymbolInfo(position, SyntaxFactory.IdentifierName(KnownNames.CompileAttributeName), SpeculativeBindingOption.BindAsTypeOrNamespace).Symbol is ITypeSymbol type
        && LoopAttributes.IsOurs(type, KnownNames.CompileAttributeName);
}
