using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Model;

/// <summary>Reads the names of <c>forward</c>'s parameters: the loop calls its tensors by them.</summary>
internal static class ForwardParser
{
    public static EquatableArray<InputSpec> Parse(INamedTypeSymbol type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            var members = candidate.GetMembers(KnownNames.Forward);

            // The usual case is read off the syntax: to bind the signature of each model costs most of the parsing.
            if (members.Length == 1
                && members[0].DeclaringSyntaxReferences is { Length: 1 } references
                && references[0].GetSyntax() is MethodDeclarationSyntax { ParameterList.Parameters.Count: 1 } declaration)
            {
                return Single(declaration.ParameterList.Parameters[0].Identifier.ValueText);
            }

            foreach (var member in members)
            {
                if (member is IMethodSymbol { Parameters.Length: 1 } method && ShapeRules.IsTensor(method.Parameters[0].Type))
                {
                    return Single(method.Parameters[0].Name);
                }
            }

            // An abstract class leaves forward to its subclasses.
            if (candidate.ContainingAssembly?.Name == KnownNames.TorchSharp)
            {
                break;
            }
        }

        return Single("input");
    }

    private static EquatableArray<InputSpec> Single(string name)
        => new InputSpec(name.Length == 0 ? "input" : name).AsOnlyOne();
}
