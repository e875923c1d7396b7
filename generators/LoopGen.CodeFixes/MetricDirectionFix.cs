using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0063: says on a metric which way it improves, if it stands in the same file as what watches it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MetricDirectionFix))]
[Shared]
public sealed class MetricDirectionFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.DirectionUnknown);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.AdditionalLocations.FirstOrDefault() is { } location
                && location.SourceTree == root!.SyntaxTree
                && root.FindNode(location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } metric)
            {
                Offer("true");
                Offer("false");

                void Offer(string value)
                {
                    var argument = $"{KnownNames.HigherIsBetterProperty} = {value}";
                    context.Offer(diagnostic, $"Add {argument}", $"{nameof(MetricDirectionFix)}.{value}", Add(metric, argument));
                }
            }
        }
    }

    private static TextChange Add(AttributeSyntax attribute, string argument)
        => attribute.ArgumentList is not { } list ? Insert(attribute.Span.End, $"({argument})")
            : list.Arguments.Count == 0 ? Insert(list.OpenParenToken.Span.End, argument)
            : Insert(list.Arguments.Last().Span.End, $", {argument}");

    private static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);
}
