using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0014, LG0016, LG0017, LG0050 and LG0062: writes the name that was meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameFix))]
[Shared]
public sealed class RenameFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        DiagnosticIds.UnknownProperty,
        DiagnosticIds.UnknownMember,
        DiagnosticIds.NameMeansAnother,
        DiagnosticIds.UnknownHook,
        DiagnosticIds.UnknownFigure);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(UnknownNameAnalyzer.Replacement, out var name) && name is not null)
            {
                context.Offer(diagnostic, $"Change to {name}", nameof(RenameFix), new TextChange(diagnostic.Location.SourceSpan, name));
            }
        }

        return Task.CompletedTask;
    }
}
