using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Model;

/// <summary>What a class must be for a loop to be written into it. Only a violation of these stops the emission.</summary>
internal static class ShapeRules
{
    /// <summary>The oldest C# that emitted code is valid in (collection expressions).</summary>
    public const LanguageVersion OldestLanguage = LanguageVersion.CSharp12;

    /// <summary>The first rule that the class breaks, or <see cref="ShapeViolation.None"/>.</summary>
    public static ShapeViolation Check(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (type.TypeKind != TypeKind.Class || type.IsRecord)
        {
            return ShapeViolation.NotAClass;
        }

        if (IsInFileClass(type))
        {
            return ShapeViolation.FileLocal;
        }

        if (FindModuleBase(type) is not { } module)
        {
            return ShapeViolation.NotAModule;
        }

        if (!IsTensorToTensor(module))
        {
            return ShapeViolation.UnsupportedForward;
        }

        if (FirstNotPartial(type, cancellation) is not null)
        {
            return ShapeViolation.NotPartial;
        }

        return LanguageOf(type) < OldestLanguage ? ShapeViolation.OldLanguage : ShapeViolation.None;
    }

    /// <summary>The <c>Module</c> or <c>Module&lt;…&gt;</c> of TorchSharp that a class derives from, the nearest one.</summary>
    public static INamedTypeSymbol? FindModuleBase(INamedTypeSymbol type)
    {
        for (var candidate = type.BaseType; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.Name == KnownNames.Module && candidate.ContainingAssembly?.Name == KnownNames.TorchSharp)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Whether a type is TorchSharp's <c>torch.Tensor</c>.</summary>
    public static bool IsTensor(ITypeSymbol type)
        => type.Name == KnownNames.Tensor
        && type.ContainingType?.Name == "torch"
        && type.ContainingAssembly?.Name == KnownNames.TorchSharp;

    /// <summary>Whether the class or one around it is a <c>file</c> class: no other file can hold a part of it.</summary>
    public static bool IsInFileClass(INamedTypeSymbol type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.ContainingType)
        {
            if (candidate.IsFileLocal)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The class itself or the containing type that is declared without <c>partial</c>, innermost first.</summary>
    public static INamedTypeSymbol? FirstNotPartial(INamedTypeSymbol type, CancellationToken cancellation)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.ContainingType)
        {
            foreach (var reference in candidate.DeclaringSyntaxReferences)
            {
                if (LacksPartial(reference.GetSyntax(cancellation)))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    /// <summary>The declarations of one type that lack <c>partial</c>.</summary>
    public static IEnumerable<TypeDeclarationSyntax> DeclarationsNotPartial(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellation);
            if (LacksPartial(syntax))
            {
                yield return (TypeDeclarationSyntax)syntax;
            }
        }
    }

    private static bool LacksPartial(SyntaxNode node)
        => node is TypeDeclarationSyntax declaration && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>The C# version that a class is compiled as.</summary>
    public static LanguageVersion LanguageOf(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.Length > 0
            && type.DeclaringSyntaxReferences[0].SyntaxTree.Options is CSharpParseOptions options
            ? options.LanguageVersion
            : LanguageVersion.Latest;

    /// <summary>Whether a module takes one tensor and returns one.</summary>
    public static bool IsTensorToTensor(INamedTypeSymbol module)
        => module.TypeArguments.Length == 2 && IsTensor(module.TypeArguments[0]) && IsTensor(module.TypeArguments[1]);
}
