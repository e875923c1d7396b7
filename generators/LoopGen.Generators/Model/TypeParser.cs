using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.Model;

/// <summary>Where the emitted parts go: namespace, containing types, hint name.</summary>
internal static class TypeParser
{
    public static TypeSpec Parse(INamedTypeSymbol type, NameScan names)
    {
        List<string>? declarations = null;
        // Net<T> becomes Net.1: no identifier begins with a digit, so nothing else has this name.
        var hint = type.MetadataName.Replace('`', '.');
        for (var part = type.ContainingType; part is not null; part = part.ContainingType)
        {
            (declarations ??= [Declaration(type)]).Insert(0, Declaration(part));
            hint = $"{part.MetadataName.Replace('`', '.')}+{hint}";
        }

        var name = type.ContainingNamespace.IsGlobalNamespace ? null : Dotted(type.ContainingNamespace);
        return new TypeSpec
        {
            Name = type.Name,
            Reference = Reference(type),
            Namespace = name,
            Declarations = declarations is null ? Declaration(type).AsOnlyOne() : declarations.ToEquatableArray(),
            HintName = name is null ? hint : $"{name.Replace("@", string.Empty)}.{hint}",
            HasEpochLogMember = names.HasEpochLog,
            HasScoresMember = names.HasScores,
            HidesBase = names.HasCompiledBase,
        };
    }

    // Bare: the other parts carry accessibility, bases and constraints.
    private static string Declaration(INamedTypeSymbol type)
    {
        var kind = type switch
        {
            { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Struct } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        };
        return $"partial {kind} {Reference(type)}";
    }

    private static string Reference(INamedTypeSymbol type)
        => type.TypeParameters.Length == 0
            ? Escape(type.Name)
            : $"{Escape(type.Name)}<{string.Join(", ", type.TypeParameters.Select(parameter => Escape(parameter.Name)))}>";

    private static string Dotted(INamespaceSymbol name)
        => name.ContainingNamespace.IsGlobalNamespace
            ? Escape(name.Name)
            : $"{Dotted(name.ContainingNamespace)}.{Escape(name.Name)}";

    private static string Escape(string identifier)
        => SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(identifier) == SyntaxKind.None
            ? identifier
            : "@" + identifier;
}
