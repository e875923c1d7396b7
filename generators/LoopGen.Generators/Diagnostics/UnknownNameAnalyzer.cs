using System.Collections.Immutable;
using LoopGen.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Looks at names in <c>[Compile]</c> and <c>[Metric]</c> that the compiler does not find, and says which was meant.</summary>
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
        => context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.Attribute);

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var attribute = (AttributeSyntax)context.Node;
        if (attribute.ArgumentList is not { Arguments.Count: > 0 } list
            || attribute.Parent?.Parent is not TypeDeclarationSyntax
            || context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type is not INamedTypeSymbol type
            || !(LoopAttributes.IsOurs(type, KnownNames.CompileAttributeName) || LoopAttributes.IsOurs(type, KnownNames.MetricAttributeName)))
        {
            return;
        }

        foreach (var argument in list.Arguments)
        {
            AnalyzeName(context, argument, type);
            foreach (var access in argument.Expression.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>())
            {
                AnalyzeMember(context, access);
            }

            AnalyzeMeaning(context, argument, type);
            AnalyzeText(context, argument, type);
        }
    }

    // LearnigRate = 0.001
    private static void AnalyzeName(SyntaxNodeAnalysisContext context, AttributeArgumentSyntax argument, INamedTypeSymbol attribute)
    {
        if (argument.NameEquals?.Name is { IsMissing: false, Identifier.ValueText: { Length: > 0 } name } written
            && attribute.GetMembers(name).IsEmpty)
        {
            var nearest = PropertyRules.Suggest(attribute, name);
            var title = attribute.Name.Substring(0, attribute.Name.Length - nameof(Attribute).Length);
            Report(context, Descriptors.UnknownProperty, written.GetLocation(), nearest, nearest, title, name, PropertyRules.Names(attribute));
        }
    }

    // Loss.CrossEntrpy
    private static void AnalyzeMember(SyntaxNodeAnalysisContext context, MemberAccessExpressionSyntax access)
    {
        var written = access.Name;
        if (written.IsMissing
            || written.Identifier.ValueText.Length == 0
            || context.SemanticModel.GetSymbolInfo(access.Expression, context.CancellationToken).Symbol is not INamedTypeSymbol type
            || MembersOf(type) is not { } members
            || !type.GetMembers(written.Identifier.ValueText).IsEmpty)
        {
            return;
        }

        var name = written.Identifier.ValueText;
        var nearest = Spelling.Nearest(name, members, Synonyms.MembersOf(type.Name));
        Report(context, Descriptors.UnknownMember, written.GetLocation(), nearest, nearest, type.Name, name, members);
    }

    // Optimizer.SGD under using static TorchSharp.torch.optim, which has an Optimizer, too
    private static void AnalyzeMeaning(SyntaxNodeAnalysisContext context, AttributeArgumentSyntax argument, INamedTypeSymbol attribute)
    {
        if (argument.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax written } access
            || TypeOf(argument, attribute) is not { } type
            || type.Name != written.Identifier.ValueText
            || MembersOf(type) is null
            || SymbolEqualityComparer.Default.Equals(context.SemanticModel.GetTypeInfo(access, context.CancellationToken).Type, type))
        {
            return;
        }

        var found = context.SemanticModel.GetSymbolInfo(written, context.CancellationToken);
        var meanings = found.Symbol is { } single ? ImmutableArray.Create(single) : found.CandidateSymbols;
        if (meanings.All(meaning => SymbolEqualityComparer.Default.Equals(meaning, type)))
        {
            return;
        }

        // LoopGen itself may mean something else: a namespace MyApp.LoopGen.
        var isFree = context.SemanticModel.LookupNamespacesAndTypes(written.SpanStart, name: KnownNames.Namespace)
            .All(symbol => symbol is INamespaceSymbol { ContainingNamespace.IsGlobalNamespace: true });
        var replacement = $"{(isFree ? string.Empty : "global::")}{KnownNames.Namespace}.{type.Name}";
        var names = meanings.Select(meaning => meaning.ToDisplayString()).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.NameMeansAnother,
            written.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(Replacement, replacement),
            type.Name,
            Phrase.Either(names),
            replacement));
    }

    // Loss = "categorical_crossentropy", as Keras has it
    private static void AnalyzeText(SyntaxNodeAnalysisContext context, AttributeArgumentSyntax argument, INamedTypeSymbol attribute)
    {
        if (!argument.Expression.IsKind(SyntaxKind.StringLiteralExpression)
            || TypeOf(argument, attribute) is not { } type
            || MembersOf(type) is not { } members)
        {
            return;
        }

        var name = ((LiteralExpressionSyntax)argument.Expression).Token.ValueText;
        var nearest = Spelling.Nearest(name, members, Synonyms.MembersOf(type.Name));
        Report(
            context,
            Descriptors.UnknownMember,
            argument.Expression.GetLocation(),
            nearest is null ? null : $"{type.Name}.{nearest}",
            nearest is null ? null : $"{type.ToMinimalDisplayString(context.SemanticModel, argument.SpanStart)}.{nearest}",
            type.Name,
            $"\"{name}\"",
            members);
    }

    private static ITypeSymbol? TypeOf(AttributeArgumentSyntax argument, INamedTypeSymbol attribute)
        => argument.NameEquals?.Name.Identifier.ValueText is { } name
            ? attribute.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault()?.Type
            : attribute.InstanceConstructors.FirstOrDefault(constructor => constructor.Parameters.Length == 1)?.Parameters[0].Type;

    private static string[]? MembersOf(ITypeSymbol type)
        => type.TypeKind == TypeKind.Enum && LoopAttributes.IsOurs(type, type.Name) ? CatalogMembers.Of(type.Name) : null;

    private static void Report(
        SyntaxNodeAnalysisContext context,
        DiagnosticDescriptor descriptor,
        Location location,
        string? nearest,
        string? replacement,
        string owner,
        string name,
        string[] names)
    {
        var advice = nearest is null ? $"it has {Phrase.All(names)}" : $"did you mean {nearest}?";
        var properties = replacement is null
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(Replacement, replacement);
        context.ReportDiagnostic(Diagnostic.Create(descriptor, location, properties, owner, name, advice));
    }
}
