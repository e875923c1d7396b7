using LoopGen.Generators.Emission;
using LoopGen.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Parsing;

/// <summary>
/// Finds the short names that would mean something else inside the emitted part: members of the class, of its bases and
/// of the classes around it, type parameters, parameters of <c>forward</c>, neighbours in the namespace. It walks names
/// only; asking the compiler to bind each one costs more than all other parsing together.
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

        // As a container and not as a namespace: that look-up makes no iterator for a name that is not there.
        INamespaceOrTypeSymbol neighbours = type.ContainingNamespace;
        foreach (var name in EmittedNames.All)
        {
            if (!neighbours.GetMembers(name).IsEmpty)
            {
                names.Look(name);
            }
        }

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
        return names.Captured.ToEquatableArray();
    }
}
