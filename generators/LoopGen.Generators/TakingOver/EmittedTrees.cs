using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.TakingOver;

/// <summary>Tells what the generator wrote from what its user wrote: analyzers and editors see both.</summary>
internal static class EmittedTrees
{
    private static readonly string Generator = typeof(LoopGenerator).FullName!;

    /// <summary>Whether a file comes from the generator. The compiler puts them into a folder of the generator's name.</summary>
    public static bool IsEmitted(SyntaxTree tree) => tree.FilePath.Contains(Generator) && tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);

    /// <summary>Whether any part of a member is the user's.</summary>
    public static bool IsUsers(ISymbol member)
        => member.DeclaringSyntaxReferences.Any(reference => !IsEmitted(reference.SyntaxTree))
        || (member is IMethodSymbol { PartialImplementationPart: { } body } && IsUsers(body));
}
