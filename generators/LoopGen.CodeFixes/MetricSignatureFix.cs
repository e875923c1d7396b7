using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0024: writes the signature of a metric, where the body can stay as it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MetricSignatureFix))]
[Shared]
public sealed class MetricSignatureFix : CodeFixProvider
{
    private const string Output = "output";
    private const string Target = "target";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.MetricMethod);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root!.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { ParameterList.CloseParenToken.IsMissing: false } method
                && CanChange(method, root)
                && ReturnType(method, model!, context.CancellationToken) is { } type
                && Parameters(method, type, model!, context.CancellationToken) is { } parameters)
            {
                var signature = $"{type} {method.Identifier.Text}({parameters})";
                var start = method.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)) is { RawKind: not 0 } async
                    ? async.SpanStart
                    : method.ReturnType.SpanStart;

                // Modifiers behind async stay.
                var between = string.Concat(method.Modifiers.Where(modifier => modifier.SpanStart > start).Select(modifier => modifier.Text + " "));
                var end = method.ConstraintClauses.Count > 0 ? method.ConstraintClauses.Last().Span.End : method.ParameterList.Span.End;
                context.Offer(
                    diagnostic,
                    $"Change to {signature}",
                    nameof(MetricSignatureFix),
                    new TextChange(TextSpan.FromBounds(start, end), between + signature));
            }
        }
    }

    // What overrides, is overridden or called elsewhere, or has another part, is not to be changed alone.
    private static bool CanChange(MethodDeclarationSyntax method, SyntaxNode root)
        => method.ExplicitInterfaceSpecifier is null
        && !HookBody.Awaits(method)
        && !method.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.OverrideKeyword or SyntaxKind.VirtualKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.PartialKeyword)
        && !root.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => name.Identifier.ValueText == method.Identifier.ValueText)
        && method.TypeParameterList?.Parameters.Any(parameter => Uses(method, parameter.Identifier.ValueText)) != true;

    // Tensor, as it is written in Tensor? and in Task<Tensor>.
    private static string? ReturnType(MethodDeclarationSyntax method, SemanticModel model, CancellationToken cancellation)
    {
        var type = method.ReturnType;
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword))
        {
            var task = type is QualifiedNameSyntax qualified ? qualified.Right : type;
            if (task is not GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments })
            {
                return null;
            }

            type = arguments[0];
        }

        type = type is NullableTypeSyntax nullable ? nullable.ElementType : type;
        return model.GetTypeInfo(type, cancellation).Type is { } symbol && ShapeRules.IsTensor(symbol) ? type.ToString() : null;
    }

    private static string? Parameters(MethodDeclarationSyntax method, string type, SemanticModel model, CancellationToken cancellation)
    {
        var written = method.ParameterList.Parameters;
        var areTensors = written.All(parameter => parameter.Type is { } named
            && model.GetTypeInfo(named, cancellation).Type is { } symbol
            && ShapeRules.IsTensor(symbol)
            && !parameter.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.OutKeyword or SyntaxKind.ThisKeyword));
        if (!areTensors || written.Count > 2)
        {
            return null;
        }

        var plain = written.Select(parameter => $"{parameter.Type} {parameter.Identifier.Text}").ToList();
        if (model.GetDeclaredSymbol(method, cancellation) is { } symbol && CustomMetricRules.ProblemOf(symbol) == MetricMethodProblem.Swapped)
        {
            plain.Reverse();
        }

        if (written.Count == 1 && CustomMetricRules.IsTargetName(written[0].Identifier.ValueText))
        {
            plain.Insert(0, Added(Output));
        }

        if (plain.Count == 0)
        {
            plain.Add(Added(Output));
        }

        if (plain.Count == 1)
        {
            plain.Add(Added(Target));
        }

        // A local of that name is in the way.
        return plain.Count > written.Count && (Declares(method, Target) || Declares(method, Output)) ? null : string.Join(", ", plain);

        string Added(string name) => $"{type} {name}";
    }

    private static bool Uses(MethodDeclarationSyntax method, string name)
        => method.DescendantNodes().Any(node => node is IdentifierNameSyntax identifier
            && identifier.Identifier.ValueText == name
            && identifier.FirstAncestorOrSelf<TypeParameterConstraintClauseSyntax>() is null);

    private static bool Declares(MethodDeclarationSyntax method, string name)
        => method.DescendantNodes().Any(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText == name,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText == name,
            ForEachStatementSyntax loop => loop.Identifier.ValueText == name,
            _ => false,
        });
}
