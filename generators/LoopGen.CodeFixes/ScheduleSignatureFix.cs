using System.Collections.Immutable;
using System.Composition;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Features.Schedules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>LG0065: writes the signature of a schedule, where the body can stay as it is and means the same.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ScheduleSignatureFix))]
[Shared]
public sealed class ScheduleSignatureFix : CodeFixProvider
{
    private const string Step = "step";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticIds.ScheduleMethod);

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
                && Parameter(method, model!, context.CancellationToken) is { } parameter)
            {
                var signature = $"double {method.Identifier.Text}({parameter})";
                var change = new TextChange(TextSpan.FromBounds(method.ReturnType.SpanStart, method.ParameterList.Span.End), signature);
                if (Compiles(method, change, model!, context.CancellationToken))
                {
                    context.Offer(diagnostic, $"Change to {signature}", nameof(ScheduleSignatureFix), change);
                }
            }
        }
    }

    // What overrides, is overridden or called elsewhere, or has another part, is not to be changed alone.
    private static bool CanChange(MethodDeclarationSyntax method, SyntaxNode root)
        => method is { ExplicitInterfaceSpecifier: null, TypeParameterList: null }
        && !method.Modifiers.Any(modifier => modifier.Kind()
            is SyntaxKind.OverrideKeyword or SyntaxKind.VirtualKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.PartialKeyword or SyntaxKind.AsyncKeyword)
        && !root.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => name.Identifier.ValueText == method.Identifier.ValueText);

    // Whole numbers alone: with a double that becomes a long, 1 / step would be another number.
    private static string? Parameter(MethodDeclarationSyntax method, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetDeclaredSymbol(method, cancellation) is not { Parameters: { Length: < 2 } parameters })
        {
            return null;
        }

        if (parameters.Length == 0)
        {
            var isUsed = method.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Step);
            return isUsed ? null : $"long {Step}";
        }

        // One that counts something else would be given the wrong number.
        var isWhole = parameters[0].RefKind is RefKind.None or RefKind.In
            && parameters[0].Type.SpecialType is SpecialType.System_Int64 or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_UInt64;
        var isStep = ScheduleRules.IsStep(parameters[0]) || parameters[0].Name.IndexOf("epoch", StringComparison.OrdinalIgnoreCase) < 0;
        return isWhole && isStep ? $"long {method.ParameterList.Parameters[0].Identifier.Text}" : null;
    }

    private static bool Compiles(MethodDeclarationSyntax method, TextChange change, SemanticModel model, CancellationToken cancellation)
    {
        var tree = method.SyntaxTree;
        var changed = tree.WithChangedText(tree.GetText(cancellation).WithChanges(change));
        var compilation = model.Compilation.ReplaceSyntaxTree(tree, changed);
        var span = new TextSpan(method.SpanStart, method.Span.Length + change.NewText!.Length - change.Span.Length);
        return !compilation.GetSemanticModel(changed)
            .GetDiagnostics(span, cancellation)
            .Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
