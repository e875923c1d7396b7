using System.Collections.Immutable;
using System.Globalization;
using LoopGen.Generators.Catalog;
using LoopGen.Generators.Parsing;
using LoopGen.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at the arguments of <c>[Compile]</c>: are they the optimizer's and the loss's, and in their range?</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CompileArgumentsAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.NoLoss,
        Descriptors.HyperparameterNotTaken,
        Descriptors.NumberOutOfRange,
        Descriptors.NotAMember,
        Descriptors.NesterovAlone);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        if (LoopAttributes.FindCompile((INamedTypeSymbol)context.Symbol) is not { } compile
            || AttributeArguments.SyntaxOf(compile, context.CancellationToken) is not { } syntax)
        {
            return;
        }

        if (!AttributeArguments.Mentions(compile, syntax, KnownNames.LossProperty))
        {
            var choices = LossCatalog.Suggested.Select(row => $"Loss = Loss.{row.Name} ({row.Purpose})");
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NoLoss, syntax.GetLocation(), Phrase.Either([.. choices])));
        }

        // One that the compiler or LG0013 objects to says nothing about the rest.
        var optimizer = CompileParser.FindOptimizer(compile);
        var loss = CompileParser.FindLoss(compile);
        foreach (var argument in AttributeArguments.All(syntax))
        {
            if (argument.NameEquals?.Name.Identifier.ValueText is { } name
                && CompileParser.Argument(compile, name) is { } value)
            {
                AnalyzeMember(context, argument, name, value);
                AnalyzeOwner(context, argument, name, optimizer, loss);
                if ((optimizer?.NumberOf(name) ?? loss?.NumberOf(name)) is { } parameter)
                {
                    NumberReport.Check(context, argument, name, value, parameter.Range);
                }
            }
        }

        if (optimizer is not null
            && HyperparameterRules.NesterovAdvice(compile, optimizer) is { } advice
            && AttributeArguments.Find(syntax, "Nesterov") is { } nesterov)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NesterovAlone, nesterov.GetLocation(), advice));
        }
    }

    private static void AnalyzeMember(SymbolAnalysisContext context, AttributeArgumentSyntax argument, string name, TypedConstant value)
    {
        if (CatalogMembers.Of(name) is { } members && value.Value is int number && !CatalogMembers.Contains(name, number))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NotAMember,
                argument.Expression.GetLocation(),
                number.ToString(CultureInfo.InvariantCulture),
                name,
                Phrase.Either(members)));
        }
    }

    private static void AnalyzeOwner(
        SymbolAnalysisContext context,
        AttributeArgumentSyntax argument,
        string name,
        OptimizerRow? optimizer,
        LossRow? loss)
    {
        var optimizers = HyperparameterRules.OptimizersThatTake(name);
        var losses = HyperparameterRules.LossesThatTake(name);
        if (optimizer is not null && optimizers.Length > 0 && !optimizer.Takes(name))
        {
            Report(optimizer.Name, optimizers);
        }
        else if (loss is not null && losses.Length > 0 && !loss.Takes(name))
        {
            Report(loss.Name, losses);
        }

        void Report(string chosen, string[] owners)
            => context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.HyperparameterNotTaken,
                argument.GetLocation(),
                name,
                chosen,
                Phrase.Either(owners)));
    }
}
