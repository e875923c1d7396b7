using System.Collections.Immutable;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>Says why no loop can be written into a class.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ShapeAnalyzer : ModelAnalyzer
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes)
        .AddGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.NotPartial,
        Descriptors.NotAModule,
        Descriptors.UnsupportedForward,
        Descriptors.NotAnOrdinaryClass,
        Descriptors.OldLanguage);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var isModel = LoopAttributes.FindCompile(type) is not null;

        if (isModel && type is { TypeKind: TypeKind.Class, IsRecord: true })
        {
            Report(Descriptors.NotAnOrdinaryClass, "a record, which cannot derive from a module", "declare it as a class");
            return;
        }

        // These two are asked of the types around a model too, each where it is declared.
        if (type.IsFileLocal && FindModel(type, context.CancellationToken) is not null)
        {
            Report(Descriptors.NotAnOrdinaryClass, "a file type, which cannot have a part in an emitted file", "remove the modifier file");
        }

        if (ShapeRules.DeclarationsNotPartial(type, context.CancellationToken).ToArray() is { Length: > 0 } declarations
            && FindModel(type, context.CancellationToken) is { } model)
        {
            foreach (var declaration in declarations)
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NotPartial, declaration.Identifier.GetLocation(), type.Name, model.Name));
            }
        }

        if (!isModel || type.TypeKind != TypeKind.Class)
        {
            return;
        }

        AnalyzeBase(context, type);

        var language = ShapeRules.LanguageOf(type);
        if (language < ShapeRules.OldestLanguage)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.OldLanguage, IdentifierOf(type, context.CancellationToken), language.ToDisplayString()));
        }

        void Report(DiagnosticDescriptor descriptor, string what, string advice)
            => context.ReportDiagnostic(Diagnostic.Create(descriptor, IdentifierOf(type, context.CancellationToken), type.Name, what, advice));
    }

    private static void AnalyzeBase(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (ShapeRules.FindModuleBase(type) is not { } module)
        {
            // A base that the compiler cannot find is its own error, and may well be a module.
            if (!HasUnknownBase(type))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.NotAModule,
                    IdentifierOf(type, context.CancellationToken),
                    type.Name));
            }
        }
        else if (!ShapeRules.IsTensorToTensor(module) && module.TypeArguments.All(argument => argument.TypeKind != TypeKind.Error))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.UnsupportedForward,
                BaseOf(type, context.CancellationToken) ?? IdentifierOf(type, context.CancellationToken),
                type.Name,
                module.ToDisplayString(TypeFormat),
                ForwardOf(module)));
        }
    }

    // "whose forward takes (Tensor, Tensor) and returns Tensor"
    private static string ForwardOf(INamedTypeSymbol module)
    {
        var names = module.TypeArguments.Select(argument => argument.ToDisplayString(TypeFormat)).ToArray();
        return names.Length switch
        {
            0 => "which has no forward",
            1 => $"whose forward returns {names[0]}",
            2 => $"whose forward takes {names[0]} and returns {names[1]}",
            _ => $"whose forward takes ({string.Join(", ", names.Take(names.Length - 1))}) and returns {names[names.Length - 1]}",
        };
    }

    // The type itself, or the first one inside it, that is to be trained.
    private static INamedTypeSymbol? FindModel(INamedTypeSymbol type, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (LoopAttributes.FindCompile(type) is not null)
        {
            return type;
        }

        foreach (var nested in type.GetTypeMembers())
        {
            if (FindModel(nested, cancellation) is { } model)
            {
                return model;
            }
        }

        return null;
    }

    private static bool HasUnknownBase(INamedTypeSymbol type)
    {
        for (var candidate = type.BaseType; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.TypeKind == TypeKind.Error)
            {
                return true;
            }
        }

        return false;
    }

    // The part with [Compile], where there are several.
    private static Location IdentifierOf(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var attribute = LoopAttributes.FindCompile(type)?.ApplicationSyntaxReference?.GetSyntax(cancellation);
        return attribute?.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.GetLocation() ?? type.Locations[0];
    }

    private static Location? BaseOf(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellation) is TypeDeclarationSyntax { BaseList.Types: var bases })
            {
                foreach (var candidate in bases)
                {
                    var name = candidate.Type is QualifiedNameSyntax qualified ? qualified.Right : candidate.Type as SimpleNameSyntax;
                    if (name?.Identifier.ValueText == type.BaseType?.Name)
                    {
                        return candidate.Type.GetLocation();
                    }
                }
            }
        }

        return null;
    }
}
