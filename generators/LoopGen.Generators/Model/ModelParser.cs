using LoopGen.Generators.Features;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Model;

/// <summary>Turns a class marked with <c>[Compile]</c> into a spec.</summary>
internal static class ModelParser
{
    private static readonly EquatableArray<OutputSpec> Output = new OutputSpec("output", "target").AsOnlyOne();

    /// <summary>Cheap test of the syntax alone.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) => node is ClassDeclarationSyntax;

    /// <summary>The spec of one class, or null if its shape allows no loop; an analyzer tells the user why.</summary>
    public static LoopSpec? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        if (ShapeRules.Check(type, cancellation) != ShapeViolation.None || !IsFirst(context, type))
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();

        return Read(type, context.Attributes[0], context.SemanticModel.Compilation, context, cancellation);
    }

    /// <summary>The same for a class of a sound shape, but for what depends on what stands around it: enough to say what it asks for.</summary>
    public static LoopSpec Read(INamedTypeSymbol type, AttributeData compile, Compilation compilation, CancellationToken cancellation)
        => Read(type, compile, compilation, place: null, cancellation);

    private static LoopSpec Read(
        INamedTypeSymbol type, AttributeData compile, Compilation compilation, GeneratorAttributeSyntaxContext? place, CancellationToken cancellation)
    {
        var names = NameScan.Of(type);
        var attributes = BlockAttributes.Of(type);
        var hasSampleWeights = FeatureList.WeighsSamples(attributes);
        var loss = CompileParser.ParseLoss(compile, hasSampleWeights);
        var inputs = ForwardParser.Parse(type);
        var metrics = MetricParser.Parse(type, compile, loss, compilation, cancellation);
        return new LoopSpec
        {
            Type = TypeParser.Parse(type, names),
            Inputs = inputs,
            Outputs = Output,
            Optimizer = CompileParser.ParseOptimizer(compile),
            Losses = loss.AsOnlyOne(),
            Metrics = metrics,
            Features = FeatureList.Read(new FeatureReading(type, compile, attributes, metrics, names, cancellation)),
            OwnedMembers = MemberParser.ParseOwnedMembers(type, names, membersOfBatch: inputs.Count + (hasSampleWeights ? 2 : 1)),
            CapturedNames = place is { } at
                ? CaptureParser.Parse(type, names, inputs, at.SemanticModel, at.TargetNode.SpanStart)
                : EquatableArray<string>.Empty,
            Mistakes = place is null ? EquatableArray<MistakeSpec>.Empty : MistakeParser.Parse(type, compilation, cancellation),
        };
    }

    // A class that has two by mistake, on two of its parts, comes once for each.
    private static bool IsFirst(GeneratorAttributeSyntaxContext context, INamedTypeSymbol type)
        => LoopAttributes.FindCompile(type)?.ApplicationSyntaxReference is not { } first
        || (first.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(first.Span));
}
