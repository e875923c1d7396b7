using System.Collections.Immutable;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at metrics of the user's own: can the loop call the method, and make the type?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CustomMetricAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.MetricWithoutCompile,
        Descriptors.MetricMethod,
        Descriptors.MetricType,
        Descriptors.MetricPlace);

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        context.RegisterSymbolAction(AnalyzeClass, SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(AnalyzeAttribute, SyntaxKind.Attribute);
    }

    private static void AnalyzeClass(SymbolAnalysisContext context)
    {
        var model = (INamedTypeSymbol)context.Symbol;
        if (LoopAttributes.FindCompile(model) is null)
        {
            return;
        }

        foreach (var attribute in model.GetAttributes().Where(LoopAttributes.IsMetric))
        {
            // One whose arguments the compiler does not take is its error.
            if (attribute.AttributeConstructor is null || AttributeArguments.SyntaxOf(attribute, context.CancellationToken) is not { } syntax)
            {
                continue;
            }

            if (CustomMetricParser.FindType(attribute) is { } type)
            {
                if (CustomMetricRules.ProblemOf(type, model, context.Compilation) is { } problem)
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        Descriptors.MetricType,
                        AttributeArguments.FirstPositional(syntax)?.Expression.GetLocation() ?? syntax.GetLocation(),
                        type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                        problem));
                }
            }
            else if (attribute.ConstructorArguments.All(argument => argument is { Kind: TypedConstantKind.Type, IsNull: true }))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.MetricPlace,
                    syntax.GetLocation(),
                    "class",
                    "has to say which metric: name one of the library's, as in Metric(Metric.Accuracy), or a type of your own, as in Metric(typeof(MyMetric))"));
            }
        }
    }

    private static void AnalyzeAttribute(SyntaxNodeAnalysisContext context)
    {
        if (MethodAttributes.ModelOf(context, KnownNames.MetricAttributeName) is not { } model)
        {
            return;
        }

        var attribute = (AttributeSyntax)context.Node;
        if (LoopAttributes.FindCompile(model) is null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.MetricWithoutCompile, attribute.GetLocation(), model.Name));
            return;
        }

        AnalyzeMethod(context, MethodAttributes.OwnerOf(attribute)!, attribute);
        if (AttributeArguments.FirstPositional(attribute) is { } argument)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.MetricPlace,
                argument.GetLocation(),
                "method",
                $"is about that method: remove {argument.Expression}, or move the attribute to the class"));
        }
    }

    private static void AnalyzeMethod(SyntaxNodeAnalysisContext context, SyntaxNode owner, AttributeSyntax attribute)
    {
        var syntax = owner as MethodDeclarationSyntax;
        var method = syntax is null ? null : context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken);
        var problem = method is null ? MetricMethodProblem.NotAMethod : CustomMetricRules.ProblemOf(method);
        if (problem == MetricMethodProblem.None)
        {
            return;
        }

        if (method is not null && MethodAttributes.HasUnknownType(method))
        {
            return;
        }

        var (location, what) = problem switch
        {
            MetricMethodProblem.Async => (AsyncOf(syntax!), "is async"),
            MetricMethodProblem.Returns => (syntax!.ReturnType.GetLocation(), $"returns {syntax.ReturnType}"),
            MetricMethodProblem.Generic => (syntax!.TypeParameterList!.GetLocation(), "has type parameters"),
            MetricMethodProblem.Takes => (syntax!.ParameterList.GetLocation(), $"takes {MethodAttributes.Spaced(syntax.ParameterList)}"),
            MetricMethodProblem.Swapped => (syntax!.ParameterList.GetLocation(), $"takes {method!.Parameters[0].Name} first"),
            _ => (attribute.GetLocation(), "is no method that the loop can call by its name"),
        };
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.MetricMethod, location, what, SignatureOf(owner, method, problem)));
    }

    // Of a partial method the other part may have it.
    private static Location AsyncOf(MethodDeclarationSyntax method)
        => method.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)) is { RawKind: not 0 } token
            ? token.GetLocation()
            : method.ReturnType.GetLocation();

    private static string SignatureOf(SyntaxNode owner, IMethodSymbol? method, MetricMethodProblem problem)
    {
        var (output, target) = problem == MetricMethodProblem.Swapped ? (method!.Parameters[1].Name, method.Parameters[0].Name) : ("output", "target");
        return $"Tensor {MethodAttributes.NameOf(owner)}(Tensor {output}, Tensor {target})";
    }
}
