using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Features.ParameterGroups;

/// <summary>Reads <c>[LearningRate]</c> and <c>[Frozen]</c> on fields. The syntax is asked first, as for methods.</summary>
internal static class FieldGroupParser
{
    public static EquatableArray<FieldGroup> Parse(INamedTypeSymbol type, CancellationToken cancellation)
    {
        List<FieldGroup>? groups = null;
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            if (part.GetSyntax(cancellation) is not TypeDeclarationSyntax declaration)
            {
                continue;
            }

            foreach (var member in declaration.Members)
            {
                if (member is FieldDeclarationSyntax { AttributeLists.Count: > 0 } fields && fields.AttributeLists.Any(list => list.Attributes.Any(IsNamed)))
                {
                    foreach (var variable in fields.Declaration.Variables)
                    {
                        Add(variable.Identifier.ValueText);
                    }
                }
                else if (member is PropertyDeclarationSyntax { AttributeLists.Count: > 0 } property && property.AttributeLists.Any(list => list.Attributes.Any(IsNamed)))
                {
                    // [field: Frozen] on an automatic property.
                    AddProperty(property.Identifier.ValueText);
                }
            }
        }

        // The order of the class's parts is not the same on every machine; that of names is.
        return groups is null
            ? EquatableArray<FieldGroup>.Empty
            : groups.OrderBy(group => group.Factor is null).ThenBy(group => group.Field, StringComparer.Ordinal).ToEquatableArray();

        void Add(string name)
        {
            foreach (var field in type.GetMembers(name).OfType<IFieldSymbol>())
            {
                AddField(field, name);
            }
        }

        void AddProperty(string name)
        {
            foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
            {
                if (field.AssociatedSymbol?.Name == name)
                {
                    AddField(field, name);
                }
            }
        }

        void AddField(IFieldSymbol field, string name)
        {
            if (FieldGroupRules.KindOf(field) is var kind && kind != FieldKind.Other && ToSpec(field, name, kind) is { } group)
            {
                (groups ??= []).Add(group);
            }
        }
    }

    private static FieldGroup? ToSpec(IFieldSymbol field, string written, FieldKind kind)
    {
        var name = SyntaxFacts.GetKeywordKind(written) == SyntaxKind.None ? written : "@" + written;
        var access = field.IsStatic ? name : $"this.{name}";
        if (FieldGroupRules.Find(field, KnownNames.FrozenAttributeName) is not null)
        {
            return new FieldGroup(access, kind == FieldKind.Module, Factor: null);
        }

        return FieldGroupRules.Find(field, KnownNames.LearningRateAttributeName) is { ConstructorArguments.Length: 1 } rate
            && rate.ConstructorArguments[0].Value is double factor
            ? new FieldGroup(access, kind == FieldKind.Module, new NumberSpec("factor", factor, "Factor", isGiven: true))
            : null;
    }

    private static bool IsNamed(AttributeSyntax attribute)
        => AttributedMethods.IsNamed(attribute, KnownNames.LearningRateAttributeName) || AttributedMethods.IsNamed(attribute, KnownNames.FrozenAttributeName);
}
