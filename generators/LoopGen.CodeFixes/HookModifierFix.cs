using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Features.Hooks;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0052: removes the modifiers of a hook.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HookModifierFix))]
[Shared]
public sealed class HookModifierFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.HookModifier);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
                || (method.Modifiers.Any(SyntaxKind.AsyncKeyword) && HookBody.Awaits(method)))
            {
                continue;
            }

            // Each with the blank behind it.
            var modifiers = HookRules.Superfluous(method).ToArray();
            var changes = modifiers.Select(modifier => new TextChange(
                TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart),
                string.Empty));
            context.Offer(
                diagnostic,
                $"Remove {Phrase.All([.. modifiers.Select(modifier => $"'{modifier.ValueText}'")])}",
                nameof(HookModifierFix),
                [.. changes]);
        }
    }
}
