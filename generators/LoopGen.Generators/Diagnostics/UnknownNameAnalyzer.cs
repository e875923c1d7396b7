using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at names in attributes of ours that the compiler does not find, and says which was meant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnknownNameAnalyzer : ModelAnalyzer
{
    /// <summary>The property of a diagnostic that holds the text to write instead.</summary>
    internal const string Replacement = "Replacement";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.UnknownProperty,
        Descriptors.UnknownMember,
        Descriptors.NameMeansAnother);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSyntaxNodeAction(
            static node => NameMistakes.Find(new MistakeContext(node.SemanticModel, node.ReportDiagnostic, node.CancellationToken), (AttributeSyntax)node.Node),
            SyntaxKind.Attribute);
}
