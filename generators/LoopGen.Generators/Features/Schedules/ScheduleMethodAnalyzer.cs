using System.Collections.Immutable;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Features.Schedules;

/// <summary>Looks at <c>[Schedule]</c> on methods: can the loop call it, and is it the only one?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScheduleMethodAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.BlocksExclude,
        Descriptors.ScheduleMethod,
        Descriptors.BlockWithoutCompile,
        Descriptors.SchedulePlace);

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        context.RegisterSymbolAction(AnalyzeClass, SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(AnalyzeAttribute, SyntaxKind.Attribute);
    }

    private static void AnalyzeClass(SymbolAnalysisContext context)
    {
        var model = (INamedTypeSymbol)context.Symbol;
        if (LoopAttributes.FindCompile(model) is not { } compile)
        {
            return;
        }

        // One that names no schedule has a message of its own.
        var first = BlockAttributes.Of(model)[KnownNames.ScheduleAttributeName] is { } schedule && ScheduleParser.FindRow(schedule) is not null ? model.Name : null;
        foreach (var (method, attribute) in AttributedMethods.Find(model, compile, KnownNames.ScheduleAttributeName, context.CancellationToken))
        {
            if (first is null)
            {
                first = method.Name;
            }
            else
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.BlocksExclude,
                    AttributeArguments.SyntaxOf(attribute, context.CancellationToken)?.GetLocation(),
                    $"The [Schedule] of {method.Name}",
                    $"the [Schedule] of {first}",
                    "the learning rate follows one schedule, so remove one of them"));
            }
        }
    }

    private static void AnalyzeAttribute(SyntaxNodeAnalysisContext context)
    {
        if (MethodAttributes.ModelOf(context, KnownNames.ScheduleAttributeName) is not { } model)
        {
            return;
        }

        var attribute = (AttributeSyntax)context.Node;
        if (LoopAttributes.FindCompile(model) is null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.BlockWithoutCompile, attribute.GetLocation(), model.Name, KnownNames.ScheduleEnum));
            return;
        }

        AnalyzeMethod(context, MethodAttributes.OwnerOf(attribute)!, attribute);
        foreach (var argument in AttributeArguments.All(attribute))
        {
            AnalyzeArgument(context, argument);
        }
    }

    private static void AnalyzeMethod(SyntaxNodeAnalysisContext context, SyntaxNode owner, AttributeSyntax attribute)
    {
        var syntax = owner as MethodDeclarationSyntax;
        var method = syntax is null ? null : context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken);
        var problem = method is null ? ScheduleMethodProblem.NotAMethod : ScheduleRules.ProblemOf(method);
        if (problem == ScheduleMethodProblem.None || (method is not null && MethodAttributes.HasUnknownType(method)))
        {
            return;
        }

        var (location, what) = problem switch
        {
            ScheduleMethodProblem.Returns => (syntax!.ReturnType.GetLocation(), $"returns {syntax.ReturnType}"),
            ScheduleMethodProblem.Generic => (syntax!.TypeParameterList!.GetLocation(), "has type parameters"),
            ScheduleMethodProblem.Takes => (syntax!.ParameterList.GetLocation(), $"takes {MethodAttributes.Spaced(syntax.ParameterList)}"),
            _ => (attribute.GetLocation(), "is no method that the loop can call by its name"),
        };
        var signature = ScheduleRules.SignatureOf(MethodAttributes.NameOf(owner));
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.ScheduleMethod, location, what, signature));
    }

    private static void AnalyzeArgument(SyntaxNodeAnalysisContext context, AttributeArgumentSyntax argument)
    {
        // A name that does not exist is LG0014's.
        var name = argument.NameEquals?.Name;
        if (name is null || context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol is IPropertySymbol)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.SchedulePlace,
                argument.GetLocation(),
                "method",
                $"is about that method: remove {name?.ToString() ?? argument.Expression.ToString()}, or move the attribute to the class"));
        }
    }
}
