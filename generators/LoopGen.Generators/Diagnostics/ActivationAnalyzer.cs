using System.Collections.Immutable;
using LoopGen.Generators.Model;
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
            || ShapeRules.FindModuleBase(type) is null)
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

    private static Diagnostic Create(DiagnosticDescriptor descriptor, Activation activation, Location? call, string? input)
        => Diagnostic.Create(
            descriptor,
            call ?? activation.Location,
            input is null
                ? ImmutableDictionary<string, string?>.Empty
                : ImmutableDictionary<string, string?>.Empty.Add(UnknownNameAnalyzer.Replacement, input),
            activation.Name);
}
