using System.Collections.Concurrent;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>
/// One model: what its <c>forward</c> ends with, and the values of the fields whose call it may return. What is found is
/// turned into a diagnostic: where it is called and what goes into it are told if it is all of its module. Null says nothing.
/// </summary>
internal sealed class ActivationSearch(INamedTypeSymbol type, ActivationRule rule, Func<Activation, Location?, string?, Diagnostic?> create)
{
    // The parts of a class are read at the same time.
    private readonly ConcurrentDictionary<ISymbol, ConcurrentBag<Activation?>> values = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<End?[]> forwards = [];

    /// <summary>The ends of <c>forward</c>.</summary>
    public void ReadForward(SyntaxNodeAnalysisContext context)
    {
        var method = (MethodDeclarationSyntax)context.Node;
        if (method is not { Identifier.ValueText: KnownNames.Forward, ParameterList.Parameters.Count: 1 }
            || !SymbolEqualityComparer.Default.Equals(context.ContainingSymbol?.ContainingType, type))
        {
            return;
        }

        this.forwards.Add([.. ActivationReading.Returned(method).Select(returned => this.EndOf(returned, context))]);
    }

    /// <summary>What a field or a property is set to.</summary>
    public void ReadValue(SyntaxNodeAnalysisContext context)
    {
        var (target, value) = context.Node switch
        {
            VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax, Initializer.Value: { } initializer } => (context.Node, initializer),
            PropertyDeclarationSyntax { Initializer.Value: { } initializer } => (context.Node, initializer),
            PropertyDeclarationSyntax { ExpressionBody.Expression: { } expression } => (context.Node, expression),
            AssignmentExpressionSyntax assignment => (assignment.Left, assignment.Right),
            _ => (null, (ExpressionSyntax?)null),
        };

        // A field that begins as null! is set once.
        if (target is null || value is null || ActivationReading.Bare(value) is LiteralExpressionSyntax)
        {
            return;
        }

        var symbol = target is ExpressionSyntax expressionTarget
            ? context.SemanticModel.GetSymbolInfo(expressionTarget, context.CancellationToken).Symbol
            : context.SemanticModel.GetDeclaredSymbol(target, context.CancellationToken);
        if (symbol is IFieldSymbol or IPropertySymbol && SymbolEqualityComparer.Default.Equals(symbol.ContainingType, type))
        {
            this.values.GetOrAdd(symbol, _ => []).Add(ActivationReading.Last(value, rule, context.SemanticModel, context.CancellationToken));
        }
    }

    /// <summary>Says what <c>forward</c> ends with, now that all parts are read.</summary>
    public void Report(SymbolAnalysisContext context)
    {
        foreach (var ends in this.forwards)
        {
            // Where some returns do without, it may be on purpose: probabilities in use, logits in training.
            var found = Array.ConvertAll(ends, this.Resolve);
            if (Array.TrueForAll(found, diagnostic => diagnostic is not null))
            {
                foreach (var diagnostic in found.GroupBy(diagnostic => diagnostic!.Location).Select(same => same.First()))
                {
                    context.ReportDiagnostic(diagnostic!);
                }
            }
        }
    }

    // What an expression ends with, or null where it ends with nothing of interest.
    private End? EndOf(ExpressionSyntax returned, SyntaxNodeAnalysisContext context)
    {
        if (ActivationReading.Bare(returned) is not InvocationExpressionSyntax call
            || ActivationReading.NameOf(call) is not { Identifier.ValueText: var name } written)
        {
            return null;
        }

        if (Array.IndexOf(rule.Functions, name) >= 0
            && ActivationReading.TorchMethod(call, context.SemanticModel, context.CancellationToken) is { } method
            && InputOf(call, method) is { } input)
        {
            return new End(null, name, written.GetLocation(), input.ToString());
        }

        return name is "call" or KnownNames.Forward
            && call is { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: { Count: 1 } arguments }
            && context.SemanticModel.GetSymbolInfo(access.Expression, context.CancellationToken).Symbol is { } module
            && SymbolEqualityComparer.Default.Equals(module.ContainingType, type)
            ? new End(module, module.Name, access.Expression.GetLocation(), arguments[0].Expression.ToString())
            : null;
    }

    private Diagnostic? Resolve(End? end)
    {
        if (end is not { Module: { } module })
        {
            return end is null ? null : create(new Activation(end.Name, end.Location, IsWhole: true), end.Location, end.Input);
        }

        // A module that is set twice may be another one.
        return !this.values.TryGetValue(module, out var found) || found.Count != 1 || found.Single() is not { } activation ? null
            : activation.IsWhole ? create(activation, end.Location, end.Input)
            : create(activation, null, null);
    }

    // x of softmax(x, 1) and of x.softmax(1).
    private static ExpressionSyntax? InputOf(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (!method.IsStatic)
        {
            return (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        }

        var first = method.Parameters.FirstOrDefault()?.Name;
        var arguments = call.ArgumentList.Arguments;
        return (arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == first)
            ?? arguments.FirstOrDefault(argument => argument.NameColon is null))?.Expression;
    }

    // A function that is called, or a module of the class, and what goes into it.
    private sealed record End(ISymbol? Module, string Name, Location Location, string Input);
}
