using LoopGen.Generators.TakingOver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Features.Hooks;

/// <summary>Finds the hooks that a class implements.</summary>
internal static class HookReading
{
    public static HooksFeature Read(FeatureReading reading)
    {
        var hooks = Hook.None;
        if (reading.Names.MayHaveHooks)
        {
            foreach (var name in reading.Type.MemberNames)
            {
                if (name.StartsWith("On", StringComparison.Ordinal)
                    && Enum.TryParse<Hook>(name, out var hook)
                    && reading.Type.GetMembers(name).Any(member => IsPartialMethod(member, reading.Cancellation) && EmittedTrees.IsUsers(member)))
                {
                    hooks |= hook;
                }
            }
        }

        return new HooksFeature(hooks, reading.Names.ImpossibleHooks);
    }

    private static bool IsPartialMethod(ISymbol member, CancellationToken cancellation)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellation) is MethodDeclarationSyntax method
                && method.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                return true;
            }
        }

        return false;
    }
}
