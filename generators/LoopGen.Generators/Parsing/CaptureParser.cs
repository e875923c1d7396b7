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
        EquatableArray<InputSpec> inputs,
        SemanticModel semanticModel,
        int position)
    {
        SortedSet<string>? captured = null;

        foreach (var input in inputs)
        {
            Look(input.Name);
        }

        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            LookAtMembers(outer);
        }

        var neighbours = type.ContainingNamespace;
        foreach (var name in EmittedNames.All)
        {
            if (neighbours.GetMembers(name).Any())
            {
                Add(name);
            }
        }

        if (neighbours.IsGlobalNamespace)
        {
            // Only there do the emitted usings stand beside the aliases of the compilation.
            foreach (var scope in semanticModel.GetImportScopes(position))
            {
                foreach (var alias in scope.Aliases)
                {
                    Look(alias.Name);
                }
            }
        }

        return captured is null ? EquatableArray<string>.Empty : captured.ToEquatableArray();

        // TorchSharp's own modules have no member with one of our names (a test holds them to it).
        void LookAtMembers(INamedTypeSymbol container)
        {
            foreach (var part in DeclaredNames.Lineage(container))
            {
                Look(part.Name);
                foreach (var name in DeclaredNames.Of(part))
                {
                    Look(name);
                }
            }
        }

        void Look(string name)
        {
            if (EmittedNames.Contains(name))
            {
                Add(name);
            }
        }

        void Add(string name) => (captured ??= new SortedSet<string>(StringComparer.Ordinal)).Add(name);
    }
}
