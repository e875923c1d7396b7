using LoopGen.Generators;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.CodeFixes;

/// <summary>The class whose attributes, name or bases the cursor is on.</summary>
internal sealed record ModelHeader(ClassDeclarationSyntax Declaration, INamedTypeSymbol Type, SemanticModel Model)
{
    /// <summary>The class, where the project references the library; cheap where the cursor is anywhere else.</summary>
    public static async Task<ModelHeader?> FindAsync(Document document, TextSpan span, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root?.FindToken(span.Start).Parent?.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } declaration
            || span.End > declaration.OpenBraceToken.SpanStart
            || span.Start < declaration.SpanStart)
        {
            return null;
        }

        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model?.GetDeclaredSymbol(declaration, cancellation) is INamedTypeSymbol type
            && ShapeRules.FindModuleBase(type) is not null
            && !model.Compilation.GetTypesByMetadataName(KnownNames.CompileAttribute).IsEmpty
                ? new ModelHeader(declaration, type, model)
                : null;
    }
}
