using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Model;

/// <summary>Which members of a class TorchSharp's <c>RegisterComponents()</c> makes known to the model.</summary>
internal static class ComponentRules
{
    /// <summary>The fields and properties of a class itself that hold a module or a parameter.</summary>
    public static IEnumerable<ISymbol> Components(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: false, IsConst: false } field
                && (field.AssociatedSymbol ?? field) is { IsImplicitlyDeclared: false } declared
                && IsComponent(field.Type))
            {
                yield return declared;
            }
        }
    }

    /// <summary>The same of the user's classes that it derives from, as far as their source is here.</summary>
    public static IEnumerable<ISymbol> InheritedComponents(INamedTypeSymbol type)
    {
        for (var candidate = type.BaseType; candidate is not null && !IsTorchSharp(candidate); candidate = candidate.BaseType)
        {
            foreach (var component in Components(candidate).Where(component => component.DeclaringSyntaxReferences.Length > 0))
            {
                yield return component;
            }
        }
    }

    /// <summary>Whether a type is a module or a parameter of TorchSharp's, or one derived from it.</summary>
    public static bool IsComponent(ITypeSymbol type)
    {
        if (type is ITypeParameterSymbol parameter)
        {
            return parameter.ConstraintTypes.Any(constraint => constraint is not ITypeParameterSymbol && IsComponent(constraint));
        }

        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (IsTorchSharp(candidate) && candidate.Name is "Module" or "IModule" or "Parameter")
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsTorchSharp(ITypeSymbol type) => type.ContainingAssembly?.Name == KnownNames.TorchSharp;

    /// <summary>Whether a member gets its value before any constructor runs, the constructors of its bases included.</summary>
    public static bool HasInitializer(ISymbol component, CancellationToken cancellation)
    {
        foreach (var reference in component.DeclaringSyntaxReferences)
        {
            var value = reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax field => field.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            };

            if (value is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed)
            {
                value = suppressed.Operand;
            }

            if (value is not null && !value.IsKind(SyntaxKind.NullLiteralExpression) && !value.IsKind(SyntaxKind.DefaultLiteralExpression))
            {
                return true;
            }
        }

        return false;
    }
}
