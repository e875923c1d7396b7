using System.Collections.Immutable;
using System.Globalization;
using LoopGen.Generators.Features;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
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

                if (name == KnownNames.ClassWeightsProperty && loss?.TakesClassWeights != false)
                {
                    AnalyzeWeights(context, argument, compile);
                }
                else if (name == KnownNames.DivisorProperty)
                {
                    AnalyzeDivisor(context, argument, compile, syntax, loss);
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

    // Weights of samples go with every loss, weights of classes with some.
    private static void AnalyzeDivisor(
        SymbolAnalysisContext context, AttributeArgumentSyntax argument, AttributeData compile, AttributeSyntax syntax, LossRow? loss)
    {
        var takesClassWeights = loss?.TakesClassWeights != false;
        if (!FeatureList.WeighsSamples(BlockAttributes.Of((INamedTypeSymbol)context.Symbol))
            && !(takesClassWeights && AttributeArguments.Mentions(compile, syntax, KnownNames.ClassWeightsProperty)))
        {
            var weights = $"[{LoopAttributes.TitleOf(KnownNames.SampleWeightsAttributeName)}]";
            string[] owners = takesClassWeights ? [KnownNames.ClassWeightsProperty, weights] : [weights];
            ReportOwner(context, argument, KnownNames.DivisorProperty, "A loss without weights", owners);
        }
    }

    private static void AnalyzeMember(SymbolAnalysisContext context, AttributeArgumentSyntax argument, string name, TypedConstant value)
    {
        var type = name == KnownNames.DivisorProperty ? KnownNames.DivisorEnum : name;
        if (CatalogMembers.Of(type) is { } members && value.Value is int number && !CatalogMembers.Contains(type, number))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NotAMember,
                argument.Expression.GetLocation(),
                number.ToString(CultureInfo.InvariantCulture),
                type,
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
            ReportOwner(context, argument, name, optimizer.Name, optimizers);
        }
        else if (loss is not null && losses.Length > 0 && !loss.Takes(name))
        {
            ReportOwner(context, argument, name, loss.Name, losses);
        }
    }

    private static void ReportOwner(SymbolAnalysisContext context, AttributeArgumentSyntax argument, string name, string chosen, string[] owners)
        => context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.HyperparameterNotTaken,
            argument.GetLocation(),
            name,
            chosen,
            Phrase.Either(owners)));

    private static void AnalyzeWeights(SymbolAnalysisContext context, AttributeArgumentSyntax argument, AttributeData compile)
    {
        // Where they are a constant of another kind than an array that is written here, all of them are meant.
        var elements = AttributeArguments.ElementsOf(argument.Expression);
        var weights = CompileParser.Argument(compile, KnownNames.ClassWeightsProperty)!.Value.Values;
        var outOfRange = ClassWeightRules.OutOfRange(compile);
        foreach (var place in outOfRange)
        {
            var written = place < elements.Count ? elements[place] : argument.Expression;
            var name = $"{KnownNames.ClassWeightsProperty}[{place.ToString(CultureInfo.InvariantCulture)}]";
            NumberReport.Report(context, written, name, Literal.Plain((double)weights[place].Value!), ClassWeightRules.RangeOf(compile).ToString());
        }

        if (outOfRange.Length == 0 && ClassWeightRules.Problem(compile) is { } problem)
        {
            NumberReport.Report(context, argument.Expression, problem.Name, problem.Value, problem.Range);
        }
    }
}
