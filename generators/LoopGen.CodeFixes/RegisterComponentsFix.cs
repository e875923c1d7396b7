using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.CodeFixes;

/// <summary>LG0030: ends a constructor with <c>RegisterComponents();</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RegisterComponentsFix))]
[Shared]
public sealed class RegisterComponentsFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.ComponentsNotRegistered);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            // On the class where it has no constructor of its own: nothing to add to, then.
            if (root!.FindToken(diagnostic.Location.SourceSpan.Start).Parent is ConstructorDeclarationSyntax constructor
                && LastStatement.Add(constructor, text, "RegisterComponents();") is { } change)
            {
                context.Offer(diagnostic, "End with RegisterComponents()", nameof(RegisterComponentsFix), change);
            }
        }
    }
}
