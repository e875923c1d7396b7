using System.Collections.Immutable;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Features.Hooks;

/// <summary>Finds methods that are to be hooks and that the loop would not call.</summary>
internal static class HookMistakes
{
    /// <summary>The property of a diagnostic that is there where the compiler has no error of its own.</summary>
    public const string Compiles = "Compiles";

    /// <summary>Reports what keeps one method from being the hook that it is meant to be.</summary>
    public static void Find(MistakeContext context, MethodDeclarationSyntax method)
    {
        var name = method.Identifier.ValueText;

        // Names alone rule out nearly every method of a project.
        if (!HookRules.MayBeHook(method) || HookRules.Find(name) is not { } hook)
        {
            return;
        }

        var isPartial = method.Modifiers.Any(SyntaxKind.PartialKeyword);
        if ((name != hook && !isPartial)
            || context.SemanticModel.GetDeclaredSymbol(method, context.CancellationToken) is not { ContainingType: { } type } symbol
            || LoopAttributes.FindCompile(type) is null
            || ShapeRules.Check(type, context.CancellationToken) != ShapeViolation.None
            || NameScan.Of(type).ImpossibleHooks.HasFlag((Hook)Enum.Parse(typeof(Hook), hook)))
        {
            return;
        }

        if (name != hook)
        {
            AnalyzeName(context, method, symbol, hook);
            return;
        }

        var signature = HookRules.SignatureOf(hook, type, context.SemanticModel, method.SpanStart);
        if (!isPartial)
        {
            AnalyzeOrdinary(context, method, symbol, signature);
        }
        else if (HasBody(method))
        {
            AnalyzeHook(context, method, symbol, signature);
        }
        else if (signature.Fits(symbol))
        {
            AnalyzeDeclaration(context, method, type);
        }
    }

    // partial void OnGradient(long step) { }
    private static void AnalyzeName(MistakeContext context, MethodDeclarationSyntax method, IMethodSymbol symbol, string hook)
    {
        // One that is declared somewhere is the user's own, or another generator's.
        if (HasBody(method) && symbol.PartialDefinitionPart is null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.UnknownHook,
                method.Identifier.GetLocation(),
                ImmutableDictionary<string, string?>.Empty.Add(UnknownNameAnalyzer.Replacement, hook),
                symbol.Name,
                hook));
        }
    }

    // private void OnStep(long step) { }; with other parameters it is an overload, which is nobody's business.
    private static void AnalyzeOrdinary(
        MistakeContext context,
        MethodDeclarationSyntax method,
        IMethodSymbol symbol,
        HookSignature signature)
    {
        if (signature.Fits(symbol))
        {
            ReportSignature(context, Descriptors.HookNotPartial, method, method.Identifier.GetLocation(), signature);
        }
    }

    private static void AnalyzeHook(
        MistakeContext context,
        MethodDeclarationSyntax method,
        IMethodSymbol symbol,
        HookSignature signature)
    {
        var fits = signature.Fits(symbol);
        if (!fits && symbol.PartialDefinitionPart is not null)
        {
            return;
        }

        if (!fits || signature.IsSwapped(symbol) || !symbol.ReturnsVoid)
        {
            var wrong = symbol.ReturnsVoid || !fits ? method.ParameterList : (SyntaxNode)method.ReturnType;
            ReportSignature(context, Descriptors.HookSignature, method, wrong.GetLocation(), signature, compiles: fits && symbol.ReturnsVoid);
        }
        else if (HookRules.Superfluous(method).ToArray() is { Length: > 0 } modifiers)
        {
            var isAsync = modifiers.Any(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword));
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.HookModifier,
                modifiers[0].GetLocation(),
                isAsync && modifiers.Length == 1 ? ImmutableDictionary<string, string?>.Empty.Add(Compiles, string.Empty) : null,
                Phrase.All([.. modifiers.Select(modifier => modifier.ValueText)]),
                symbol.Name,
                isAsync ? "the loop does not wait for what follows an await" : "LoopGen declares it without, and the two must agree"));
        }
    }

    // partial void OnStep(long step);
    private static void AnalyzeDeclaration(MistakeContext context, MethodDeclarationSyntax method, INamedTypeSymbol type)
    {
        var name = method.Identifier.ValueText;
        var hasBodyElsewhere = type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(context.CancellationToken))
            .OfType<TypeDeclarationSyntax>()
            .SelectMany(part => part.Members.OfType<MethodDeclarationSyntax>())
            .Any(other => other.Identifier.ValueText == name && other.Modifiers.Any(SyntaxKind.PartialKeyword) && HasBody(other));
        var properties = ImmutableDictionary<string, string?>.Empty;
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.HookWithoutBody,
            method.Identifier.GetLocation(),
            hasBodyElsewhere ? properties.Add(HookAnalyzer.HasBodyElsewhere, string.Empty) : properties,
            name,
            hasBodyElsewhere ? "remove this declaration" : "give it a body"));
    }

    private static void ReportSignature(
        MistakeContext context,
        DiagnosticDescriptor descriptor,
        MethodDeclarationSyntax method,
        Location location,
        HookSignature signature,
        bool compiles = false)
    {
        var text = signature.ToString();
        var properties = ImmutableDictionary<string, string?>.Empty.Add(HookAnalyzer.Signature, text);
        context.ReportDiagnostic(Diagnostic.Create(
            descriptor,
            location,
            compiles ? properties.Add(Compiles, string.Empty) : properties,
            method.Identifier.ValueText,
            text));
    }

    private static bool HasBody(MethodDeclarationSyntax method) => method.Body is not null || method.ExpressionBody is not null;
}
