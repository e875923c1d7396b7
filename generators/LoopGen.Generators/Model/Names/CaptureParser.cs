using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>
/// Finds the short names that would mean something else inside the emitted part: members of the class, of its bases and
/// of the classes around it, type parameters, parameters of <c>forward</c>, neighbours from other assemblies; those in
/// source are <see cref="NeighbourParser"/>'s. It walks names only; asking the compiler to bind each one costs more than all other parsing together.
/// </summary>
internal static class CaptureParser
{
    public static EquatableArray<string> Parse(
        INamedTypeSymbol type,
        NameScan names,
        EquatableArray<InputSpec> inputs,
        SemanticModel semanticModel,
        int position)
    {
        foreach (var input in inputs)
        {
            names.Look(input.Name);
        }

        LookAtReferences(type, names, semanticModel.Compilation);

        if (type.ContainingNamespace.IsGlobalNamespace)
        {
            // Only there do the emitted usings stand beside the aliases of the compilation.
            foreach (var scope in semanticModel.GetImportScopes(position))
            {
                foreach (var alias in scope.Aliases)
                {
                    names.Look(alias.Name);
                }
            }
        }

        // TorchSharp's own modules have no member with one of our names (a test holds them to it).
        return names.Captured;
    }

    // Hardly any namespace has types in two assemblies. The global one is in all of them.
    private static void LookAtReferences(INamedTypeSymbol type, NameScan names, Compilation compilation)
    {
        if (type.ContainingNamespace.IsGlobalNamespace
            || compilation.GetCompilationNamespace(type.ContainingNamespace) is not { ConstituentNamespaces: { Length: > 1 } everywhere })
        {
            return;
        }

        foreach (var space in everywhere)
        {
            foreach (var name in EmittedNames.All)
            {
                if (!((INamespaceOrTypeSymbol)space).GetMembers(name).IsEmpty)
                {
                    names.Look(name);
                }
            }
        }
    }
}
