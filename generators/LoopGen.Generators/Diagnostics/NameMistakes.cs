using System.Collections.Immutable;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Finds names in attributes of ours that the compiler does not find, and says which was meant.</summary>
internal static class NameMistakes
{
    private static readonly string[] MethodAttributeNames =
    [
        LoopAttributes.TitleOf(KnownNames.MetricAttributeName),
        LoopAttributes.TitleOf(KnownNames.ScheduleAttributeName),
    ];

    private static readonly string[] AttributeNames = [.. LoopAttributes.Names.Select(LoopAttributes.TitleOf)];

    private static readonly string[] FieldAttributeNames = [.. LoopAttributes.FieldNames.Select(LoopAttributes.TitleOf)];

    /// <summary>Reports the names in one attribute that mean nothing, or something else.</summary>
    public static void Find(MistakeContext context, AttributeSyntax attribute)
    {
        if (attribute.Parent?.Parent is not (TypeDeclarationSyntax or MethodDeclarationSyntax or FieldDeclarationSyntax) || !MayBeOurs(attribute))
        {
            return;
        }

        if (IsBound(context, attribute))
        {
            return;
        }

        var type = context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type as INamedTypeSymbol;
        if (type is null or { TypeKind: TypeKind.Error })
        {
            AnalyzeAttributeName(context, attribute);
            return;
        }

        if (attribute.ArgumentList is null || !LoopAttributes.Names.Concat(LoopAttributes.FieldNames).Any(name => LoopAttributes.IsOurs(type, name)))
        {
            return;
        }

        foreach (var argument in attribute.ArgumentList.Arguments)
        {
            AnalyzeName(context, argument, type);
            foreach (var access in argument.Expression.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>())
            {
                AnalyzeMember(context, access);
            }

            AnalyzeMeaning(context, argument, type);
            AnalyzeEnumName(context, argument, type);
            AnalyzeBareMember(context, argument, type);
            AnalyzeText(context, argument, type);
        }
    }

    // What the compiler has bound without a mistake is known to the class: to bind it here once more is what costs.
    private static bool IsBound(MistakeContext context, AttributeSyntax attribute)
    {
        if (attribute.Parent?.Parent is not TypeDeclarationSyntax declaration
            || context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } type)
        {
            return false;
        }

        foreach (var data in type.GetAttributes())
        {
            if (data.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == attribute.SyntaxTree && reference.Span == attribute.Span)
            {
                return data is { AttributeClass.TypeKind: not TypeKind.Error, AttributeConstructor: not null }
                    && data.ConstructorArguments.Length + data.NamedArguments.Length == (attribute.ArgumentList?.Arguments.Count ?? 0)
                    && data.ConstructorArguments.All(IsKnown)
                    && data.NamedArguments.All(argument => IsKnown(argument.Value));
            }
        }

        return false;
    }

    private static bool IsKnown(TypedConstant value)
        => value.Kind != TypedConstantKind.Error && (value.Kind != TypedConstantKind.Array || value.IsNull || value.Values.All(IsKnown));

    /// <summary>Whether an attribute is written like one of ours: on a method or field, nearly all others are ruled out by their names.</summary>
    public static bool MayBeOurs(AttributeSyntax attribute)
        => attribute.Parent?.Parent is TypeDeclarationSyntax || AttributeMeantBy(attribute) is not null;

    /// <summary>Whether the name of an attribute is nearly one of ours.</summary>
    public static bool IsMisspelt(AttributeSyntax attribute)
        => AttributeMeantBy(attribute) is { } nearest && NameOf(attribute) is { } written && Plain(written) != nearest;

    // [Compil(...)]
    private static void AnalyzeAttributeName(MistakeContext context, AttributeSyntax attribute)
    {
        if (IsMisspelt(attribute)
            && AttributeMeantBy(attribute) is { } nearest
            && NameOf(attribute) is { } written
            && attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            && context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is { } type
            && ShapeRules.FindModuleBase(type) is not null)
        {
            var name = written.Identifier.ValueText;
            Report(context, Descriptors.UnknownMember, written.GetLocation(), nearest, nearest, KnownNames.Namespace, name, []);
        }
    }

    private static string? AttributeMeantBy(AttributeSyntax attribute)
        => NameOf(attribute) is not { } written ? null : attribute.Parent?.Parent switch
        {
            TypeDeclarationSyntax => Spelling.Nearest(Plain(written), AttributeNames, Synonyms.Attributes),
            FieldDeclarationSyntax => Spelling.Nearest(Plain(written), FieldAttributeNames, Synonyms.FieldAttributes),
            _ => Spelling.Nearest(Plain(written), MethodAttributeNames, Synonyms.Attributes),
        };

    private static SimpleNameSyntax? NameOf(AttributeSyntax attribute)
        => attribute.Name is QualifiedNameSyntax qualified ? qualified.Right : attribute.Name as SimpleNameSyntax;

    private static string Plain(SimpleNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        return text.EndsWith(nameof(Attribute), StringComparison.Ordinal) ? text.Substring(0, text.Length - nameof(Attribute).Length) : text;
    }

    // LearnigRate = 0.001
    private static void AnalyzeName(MistakeContext context, AttributeArgumentSyntax argument, INamedTypeSymbol attribute)
    {
        if (argument.NameEquals?.Name is { IsMissing: false, Identifier.ValueText: { Length: > 0 } name } written
            && attribute.GetMembers(name).IsEmpty)
        {
            var nearest = PropertyRules.Suggest(attribute, name);
            Report(context, Descriptors.UnknownProperty, written.GetLocation(), nearest, nearest, LoopAttributes.TitleOf(attribute.Name), name, PropertyRules.Names(attribute));
        }
    }

    // Loss.CrossEntrpy
    private static void AnalyzeMember(MistakeContext context, MemberAccessExpressionSyntax access)
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
    private static void AnalyzeMeaning(MistakeContext context, AttributeArgumentSyntax argument, INamedTypeSymbol attribute)
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
        ReportMeaning(context, written, type.Name, meanings, replacement);
    }

    // Losses.MSE
    private static void AnalyzeEnumName(MistakeContext context, AttributeArgumentSyntax argument, INamedTypeSymbol attribute)
    {
        if (argument.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax written }
            && TypeOf(argument, attribute) is { } type
            && MembersOf(type) is not null
            && IsUnknown(context, written)
            && Spelling.Nearest(written.Identifier.ValueText, [type.Name], Synonyms.None) is { } nearest)
        {
            var replacement = type.ToMinimalDisplayString(context.SemanticModel, written.SpanStart);
            Report(context, Descriptors.UnknownMember, written.GetLocation(), nearest, replacement, KnownNames.Namespace, written.Identifier.ValueText, []);
        }
    }

    // Loss = CrossEntropy; and Metric(Accuracy), which is the type that measures it.
    private static void AnalyzeBareMember(MistakeContext context, AttributeArgumentSyntax argument, INamedTypeSymbol attribute)
    {
        if (argument.Expression is not IdentifierNameSyntax { IsMissing: false } written
            || TypeOf(argument, attribute) is not { } type
            || MembersOf(type) is not { } members
            || SymbolEqualityComparer.Default.Equals(context.SemanticModel.GetTypeInfo(written, context.CancellationToken).Type, type)
            || Spelling.Nearest(written.Identifier.ValueText, members, Synonyms.MembersOf(type.Name)) is not { } nearest)
        {
            return;
        }

        var name = written.Identifier.ValueText;
        var replacement = $"{type.ToMinimalDisplayString(context.SemanticModel, written.SpanStart)}.{nearest}";
        if (context.SemanticModel.LookupNamespacesAndTypes(written.SpanStart, name: name) is { Length: > 0 } types)
        {
            ReportMeaning(context, written, name, types, replacement);
        }
        else
        {
            Report(context, Descriptors.UnknownMember, written.GetLocation(), $"{type.Name}.{nearest}", replacement, KnownNames.Namespace, name, members);
        }
    }

    private static bool IsUnknown(MistakeContext context, IdentifierNameSyntax written)
        => !written.IsMissing
        && context.SemanticModel.GetSymbolInfo(written, context.CancellationToken) is { Symbol: null, CandidateSymbols.IsEmpty: true };

    // Loss = "categorical_crossentropy", as Keras has it
    private static void AnalyzeText(MistakeContext context, AttributeArgumentSyntax argument, INamedTypeSymbol attribute)
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

    private static void ReportMeaning(
        MistakeContext context, SyntaxNode written, string name, ImmutableArray<ISymbol> meanings, string replacement)
    {
        var names = meanings.Select(meaning => meaning.ToDisplayString()).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.NameMeansAnother,
            written.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(UnknownNameAnalyzer.Replacement, replacement),
            name,
            Phrase.Either(names),
            replacement));
    }

    private static void Report(
        MistakeContext context,
        DiagnosticDescriptor descriptor,
        Location location,
        string? nearest,
        string? replacement,
        string owner,
        string name,
        string[] names)
    {
        var advice = nearest is not null ? $"did you mean {nearest}?"
            : names.Length > 0 ? $"it has {Phrase.All(names)}"
            : "it has no arguments; [Compile] has those of the loss";
        var properties = replacement is null
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(UnknownNameAnalyzer.Replacement, replacement);
        context.ReportDiagnostic(Diagnostic.Create(descriptor, location, properties, owner, name, advice));
    }
}
