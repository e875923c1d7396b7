using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Features.Hooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0054: gives a hook a body, or removes its declaration where it has one elsewhere.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HookWithoutBodyFix))]
[Shared]
public sealed class HookWithoutBodyFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.HookWithoutBody);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { SemicolonToken.IsMissing: false } method)
            {
                continue;
            }

            if (diagnostic.Properties.ContainsKey(HookAnalyzer.HasBodyElsewhere))
            {
                context.Offer(diagnostic, "Remove this declaration", $"{nameof(HookWithoutBodyFix)}.Remove", new TextChange(method.FullSpan, string.Empty));
            }
            else
            {
                context.Offer(diagnostic, "Add a body", $"{nameof(HookWithoutBodyFix)}.Add", new TextChange(method.SemicolonToken.Span, " { }"));
            }
        }
    }
}
