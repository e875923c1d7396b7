using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0021: gives a metric a name of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameMetricFix))]
[Shared]
public sealed class NameMetricFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.MetricNameTaken);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(MetricAnalyzer.FreeName, out var name)
                && root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } attribute)
            {
                var named = $"{KnownNames.NameProperty} = \"{name}\"";
                var change = AttributeArguments.Find(attribute, KnownNames.NameProperty) is { } argument
                    ? new TextChange(argument.Expression.Span, $"\"{name}\"")
                    : attribute.ArgumentList is not { Arguments.Count: > 0 } list
                    ? new TextChange(TextSpan.FromBounds(attribute.Name.Span.End, attribute.Span.End), $"({named})")
                    : new TextChange(new TextSpan(list.Arguments.Last().Span.End, 0), $", {named}");
                context.Offer(diagnostic, $"Name it {name}", nameof(NameMetricFix), change);
            }
        }
    }
}
