using System.Collections.Immutable;
using LoopGen.Generators.Model;
using LoopGen.Generators.TakingOver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at the end of <c>forward</c>: is there an activation that the loss applies, too?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ActivationAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.SoftmaxBeforeLoss,
        Descriptors.SigmoidBeforeLoss);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolStartAction(Start, SymbolKind.NamedType);

    // forward may stand in one part of the class, and what it calls in another.
    private static void Start(SymbolStartAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (LoopAttributes.FindCompile(type) is not { } compile
            || CompileParser.FindLoss(compile) is not { } loss
            || ActivationRule.For(loss.Name) is not { } rule
            || ShapeRules.FindModuleBase(type) is null
            || !MayHaveActivation(type, rule, context.CancellationToken))
        {
            return;
        }

        var descriptor = loss.Name == LossCatalog.CrossEntropy ? Descriptors.SoftmaxBeforeLoss : Descriptors.SigmoidBeforeLoss;
        var search = new ActivationSearch(type, rule, (activation, call, input) => Create(descriptor, activation, call, input));
        context.RegisterSyntaxNodeAction(search.ReadForward, SyntaxKind.MethodDeclaration);
        context.RegisterSyntaxNodeAction(
            search.ReadValue,
            SyntaxKind.VariableDeclarator,
            SyntaxKind.PropertyDeclaration,
            SyntaxKind.SimpleAssignmentExpression);
        context.RegisterSymbolEndAction(search.Report);
    }

    // Hardly any model names one of them. To bind the bodies of all others is most of what an analyzer can cost.
    private static bool MayHaveActivation(INamedTypeSymbol type, ActivationRule rule, CancellationToken cancellation)
    {
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            if (EmittedTrees.IsEmitted(part.SyntaxTree))
            {
                continue;
            }

            foreach (var token in part.GetSyntax(cancellation).DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && rule.Names(token.ValueText))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Diagnostic Create(DiagnosticDescriptor descriptor, Activation activation, Location? call, string? input)
        => Diagnostic.Create(
            descriptor,
            call ?? activation.Location,
            input is null
                ? ImmutableDictionary<string, string?>.Empty
                : ImmutableDictionary<string, string?>.Empty.Add(UnknownNameAnalyzer.Replacement, input),
            activation.Name);
}
