using System.Collections.Immutable;
using System.Globalization;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at the number of outputs, where the model's last layer tells it: does a top-k accuracy leave anything out?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MetricOutputAnalyzer : ModelAnalyzer
{
    private static readonly ActivationRule LastLinear = new(string.Empty, [], ["Linear"]);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.MetricDoesNotFitOutput);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolStartAction(Start, SymbolKind.NamedType);

    private static void Start(SymbolStartAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (LoopAttributes.FindCompile(type) is not { } compile
            || CompileParser.FindLoss(compile) is not { } loss
            || ShapeRules.FindModuleBase(type) is null)
        {
            return;
        }

        foreach (var metric in MetricParser.InOrder(type, compile))
        {
            if (MetricParser.FindMetric(metric) is { TakesK: true } row
                && row.FormFor(loss.Name) is not null
                && AttributeArguments.SyntaxOf(metric, context.CancellationToken) is { } syntax)
            {
                var k = CompileParser.Argument(metric, KnownNames.KProperty)?.Value as int? ?? MetricCatalog.DefaultK;
                var location = (AttributeArguments.Find(syntax, KnownNames.KProperty)?.Expression ?? (SyntaxNode)syntax).GetLocation();
                var search = new ActivationSearch(type, LastLinear, (layer, _, _) => Compare(layer, k, location, row.Name));
                context.RegisterSyntaxNodeAction(search.ReadForward, SyntaxKind.MethodDeclaration);
                context.RegisterSyntaxNodeAction(
                    search.ReadValue,
                    SyntaxKind.VariableDeclarator,
                    SyntaxKind.PropertyDeclaration,
                    SyntaxKind.SimpleAssignmentExpression);
                context.RegisterSymbolEndAction(search.Report);
            }
        }
    }

    // Linear(128, 10): only a number that is written there counts.
    private static Diagnostic? Compare(Activation layer, int k, Location location, string metric)
    {
        var call = layer.Location.SourceTree?.GetRoot().FindNode(layer.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>();
        return call?.ArgumentList.Arguments is { Count: >= 2 } arguments
            && arguments[1] is { NameColon: null, Expression: LiteralExpressionSyntax literal }
            && literal.Token.Value is int outputs
            && k >= outputs
            ? Diagnostic.Create(
                Descriptors.MetricDoesNotFitOutput,
                location,
                metric,
                k.ToString(CultureInfo.InvariantCulture),
                outputs.ToString(CultureInfo.InvariantCulture))
            : null;
    }
}
