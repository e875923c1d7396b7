using System.Collections.Immutable;
using LoopGen.Generators.Features;
using LoopGen.Generators.Model;
using LoopGen.Generators.TakingOver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at a <c>CreateOptimizer</c> of the user's own: can the loop work with what it makes?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptimizerMethodAnalyzer : ModelAnalyzer
{
    private const string MethodName = "CreateOptimizer";
    private const string ClosureOptimizer = "LBFGS";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.OptimizerNeedsClosure);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.MethodDeclaration);

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var method = (MethodDeclarationSyntax)context.Node;
        if (method.Identifier.ValueText != MethodName
            || context.SemanticModel.GetDeclaredSymbol(method, context.CancellationToken) is not { ContainingType: { } type } symbol
            || LoopAttributes.FindCompile(type) is null
            || HasOwnLoop(type))
        {
            return;
        }

        var made = Made(method).FirstOrDefault(expression => IsClosureOptimizer(context.SemanticModel.GetTypeInfo(expression, context.CancellationToken).Type))
            ?? (IsClosureOptimizer(symbol.ReturnType) ? (SyntaxNode)method.ReturnType : null);
        if (made is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.OptimizerNeedsClosure,
                made.GetLocation(),
                BlockAttributes.Of(type)[KnownNames.AccumulateAttributeName] is null ? "once" : "once for each batch of a window",
                Phrase.Either([.. OptimizerCatalog.Rows.Select(row => row.Name)])));
        }
    }

    private static IEnumerable<ExpressionSyntax> Made(MethodDeclarationSyntax method)
        => method.DescendantNodes().OfType<ExpressionSyntax>().Where(expression => expression is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);

    private static bool IsClosureOptimizer(ITypeSymbol? type)
        => type is { Name: ClosureOptimizer } && type.ContainingAssembly?.Name == KnownNames.TorchSharp;

    // A loop of the user's own may have the closure. An analyzer sees the emitted one, too.
    private static bool HasOwnLoop(INamedTypeSymbol type)
    {
        var membersOfBatch = ForwardParser.Parse(type).Count + (FeatureList.WeighsSamples(BlockAttributes.Of(type)) ? 2 : 1);
        return type.GetMembers("Fit").OfType<IMethodSymbol>().Any(method => MemberParser.MemberOf(method, membersOfBatch) == LoopMember.FitBatches && EmittedTrees.IsUsers(method));
    }
}
