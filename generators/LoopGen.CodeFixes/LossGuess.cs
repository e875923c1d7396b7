using LoopGen.Generators;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.CodeFixes;

/// <summary>Which loss a plain module is probably made for, by what its <c>forward</c> ends with.</summary>
internal static class LossGuess
{
    // What ends with probabilities or their logarithms is for the loss that takes those.
    private static readonly (ActivationRule Rule, Func<string, string> Loss)[] Guesses =
    [
        (ActivationRule.For(LossCatalog.BCEWithLogits)!, _ => LossCatalog.BCE),
        (ActivationRule.For(LossCatalog.CrossEntropy)!, name => name is "log_softmax" or "LogSoftmax" ? LossCatalog.NLL : LossCatalog.CrossEntropy),
    ];

    private static readonly ActivationRule LastLinear = new(string.Empty, [], ["Linear"]);

    /// <summary>The loss; cross-entropy where nothing tells.</summary>
    public static LossRow For(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var end in Ends(type, cancellation))
        {
            var model = compilation.GetSemanticModel(end.SyntaxTree);
            foreach (var (rule, loss) in Guesses)
            {
                if (EndOf(end, rule, type, model, cancellation) is { } activation)
                {
                    return LossCatalog.Get(loss(activation));
                }
            }

            if (ModuleOf(end, type, model, cancellation) is { } module
                && ActivationReading.Last(module, LastLinear, compilation.GetSemanticModel(module.SyntaxTree), cancellation) is { } linear
                && HasOneOutput(linear))
            {
                return LossCatalog.Get(LossCatalog.MSE);
            }
        }

        return LossCatalog.Default;
    }

    private static IEnumerable<ExpressionSyntax> Ends(INamedTypeSymbol type, CancellationToken cancellation)
        => type.GetMembers(KnownNames.Forward)
            .SelectMany(member => member.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<MethodDeclarationSyntax>()
            .SelectMany(ActivationReading.Returned)
            .Select(ActivationReading.Bare);

    // The activation of a call such as sigmoid(x) or x.sigmoid(), or the last one of the module that is called.
    private static string? EndOf(ExpressionSyntax end, ActivationRule rule, INamedTypeSymbol type, SemanticModel model, CancellationToken cancellation)
    {
        if (end is InvocationExpressionSyntax call
            && ActivationReading.NameOf(call)?.Identifier.ValueText is { } name
            && Array.IndexOf(rule.Functions, name) >= 0
            && ActivationReading.TorchMethod(call, model, cancellation) is not null)
        {
            return name;
        }

        return ModuleOf(end, type, model, cancellation) is { } module
            ? ActivationReading.Last(module, rule, model.Compilation.GetSemanticModel(module.SyntaxTree), cancellation)?.Name
            : null;
    }

    // What the field is set to whose call is returned.
    private static ExpressionSyntax? ModuleOf(ExpressionSyntax end, INamedTypeSymbol type, SemanticModel model, CancellationToken cancellation)
    {
        if (end is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "call" or KnownNames.Forward } access }
            || model.GetSymbolInfo(access.Expression, cancellation).Symbol is not IFieldSymbol field
            || !SymbolEqualityComparer.Default.Equals(field.ContainingType, type))
        {
            return null;
        }

        var values = new List<ExpressionSyntax>();
        foreach (var part in type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)))
        {
            values.AddRange(part.DescendantNodes().OfType<VariableDeclaratorSyntax>()
                .Where(variable => variable.Identifier.ValueText == field.Name && variable.Parent?.Parent is FieldDeclarationSyntax)
                .Select(variable => variable.Initializer?.Value)
                .OfType<ExpressionSyntax>());
            values.AddRange(part.DescendantNodes().OfType<AssignmentExpressionSyntax>()
                .Where(assignment => NameOf(assignment.Left) == field.Name)
                .Select(assignment => assignment.Right));
        }

        // One that is set twice may be another one.
        var candidates = values.Where(value => ActivationReading.Bare(value) is not LiteralExpressionSyntax).ToArray();
        return candidates.Length == 1 ? candidates[0] : null;
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool HasOneOutput(Activation linear)
        => linear.Location.SourceTree!.GetRoot().FindNode(linear.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: >= 2 } arguments }
        && arguments[1].Expression is LiteralExpressionSyntax { Token.Value: 1 };
}
