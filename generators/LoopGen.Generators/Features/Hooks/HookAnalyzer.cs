using System.Collections.Immutable;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Features.Hooks;

/// <summary>Looks at methods that are to be hooks: would the loop call them?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HookAnalyzer : ModelAnalyzer
{
    /// <summary>The property of a diagnostic that holds the signature to write instead.</summary>
    internal const string Signature = "Signature";

    /// <summary>The property of a diagnostic that is there where a declaration can go.</summary>
    internal const string HasBodyElsewhere = "HasBodyElsewhere";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.UnknownHook,
        Descriptors.HookSignature,
        Descriptors.HookModifier,
        Descriptors.HookNotPartial,
        Descriptors.HookWithoutBody);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSyntaxNodeAction(
            static node => HookMistakes.Find(new MistakeContext(node.SemanticModel, node.ReportDiagnostic, node.CancellationToken), (MethodDeclarationSyntax)node.Node),
            SyntaxKind.MethodDeclaration);
}
