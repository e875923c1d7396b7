using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Model;

/// <summary>Finds out with what an expression ends. Only what is certain counts: no condition, no value set elsewhere.</summary>
internal static class ActivationReading
{
    /// <summary>What a method returns, or nothing where it returns different things.</summary>
    public static IReadOnlyList<ExpressionSyntax> Returned(MethodDeclarationSyntax method)
    {
        if (method.ExpressionBody is { } arrow)
        {
            return [arrow.Expression];
        }

        return method.Body is { } body
            ? [.. body.DescendantNodes(node => node is not (LambdaExpressionSyntax or LocalFunctionStatementSyntax or AnonymousMethodExpressionSyntax))
                .OfType<ReturnStatementSyntax>()
                .Select(line => line.Expression)
                .OfType<ExpressionSyntax>()
                .Select(Origin)]
            : [];
    }

    /// <summary>The expression without parentheses and the like.</summary>
    public static ExpressionSyntax Bare(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Bare(parenthesized.Expression),
        CastExpressionSyntax cast => Bare(cast.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Bare(suppressed.Operand),
        _ => expression,
    };

    /// <summary>The name of the method that is called, as it is written.</summary>
    public static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call)
        => call.Expression as SimpleNameSyntax ?? (call.Expression as MemberAccessExpressionSyntax)?.Name;

    /// <summary>TorchSharp's method that is called, or null.</summary>
    public static IMethodSymbol? TorchMethod(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
        => model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ContainingType: { } type } method && ComponentRules.IsTorchSharp(type)
            ? method
            : null;

    /// <summary>The activation with which a module ends, or null.</summary>
    public static Activation? Last(ExpressionSyntax module, ActivationRule rule, SemanticModel model, CancellationToken cancellation, bool isWhole = true)
    {
        if (Bare(module) is not InvocationExpressionSyntax call || NameOf(call)?.Identifier.ValueText is not { } name)
        {
            return null;
        }

        // Names first: most modules end with neither.
        if (Array.IndexOf(rule.Modules, name) >= 0)
        {
            return TorchMethod(call, model, cancellation) is null ? null : new Activation(name, call.GetLocation(), isWhole);
        }

        return name == "Sequential" && LastElement(call) is { } last && TorchMethod(call, model, cancellation) is not null
            ? Last(last, rule, model, cancellation, isWhole: false)
            : null;
    }

    // return y; behind y = softmax(x, 1); is return softmax(x, 1);
    private static ExpressionSyntax Origin(ExpressionSyntax returned)
    {
        if (returned is not IdentifierNameSyntax { Identifier.ValueText: var name }
            || returned.Parent is not ReturnStatementSyntax { Parent: BlockSyntax block } line
            || block.Statements.IndexOf(line) is not (> 0 and var index))
        {
            return returned;
        }

        return block.Statements[index - 1] switch
        {
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment }
                when assignment.Left is IdentifierNameSyntax left && left.Identifier.ValueText == name => assignment.Right,
            LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables }
                when variables[0] is { Initializer: { } initializer } variable && variable.Identifier.ValueText == name => initializer.Value,
            _ => returned,
        };
    }

    private static ExpressionSyntax? LastElement(InvocationExpressionSyntax sequential)
    {
        var last = sequential.ArgumentList.Arguments.LastOrDefault()?.Expression;
        var elements = last switch
        {
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.LastOrDefault(),
            ArrayCreationExpressionSyntax array => array.Initializer?.Expressions.LastOrDefault(),
            CollectionExpressionSyntax collection => (collection.Elements.LastOrDefault() as ExpressionElementSyntax)?.Expression,
            _ => last,
        };
        return elements is TupleExpressionSyntax { Arguments: { Count: > 0 } parts } ? parts[parts.Count - 1].Expression : elements;
    }
}
