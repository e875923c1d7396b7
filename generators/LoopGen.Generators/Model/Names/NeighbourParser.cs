using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Model;

/// <summary>
/// Finds what stands in a namespace under the name of a type that emitted code uses: a <c>Mean</c> of the user's beside
/// the model. By the syntax, once for each file that changes: to ask every model's namespace for all of our names costs
/// more than the rest of its parsing.
/// </summary>
internal static class NeighbourParser
{
    /// <summary>Cheap test of the syntax alone.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) => node switch
    {
        BaseNamespaceDeclarationSyntax space => Parts(space.Name).Any(EmittedNames.Contains),
        BaseTypeDeclarationSyntax type => IsNeighbour(type, type.Identifier, type.Modifiers),
        DelegateDeclarationSyntax type => IsNeighbour(type, type.Identifier, type.Modifiers),
        _ => false,
    };

    public static EquatableArray<NeighbourSpec> Parse(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var path = NamespaceOf(context.Node);
        var found = new List<NeighbourSpec>();
        switch (context.Node)
        {
            // namespace A.torch.B puts torch into A.
            case BaseNamespaceDeclarationSyntax space:
                foreach (var part in Parts(space.Name))
                {
                    Add(part);
                    path = Join(path, part);
                }

                break;

            case BaseTypeDeclarationSyntax type:
                Add(type.Identifier.ValueText);
                break;

            case DelegateDeclarationSyntax type:
                Add(type.Identifier.ValueText);
                break;
        }

        return found.ToEquatableArray();

        void Add(string name)
        {
            if (EmittedNames.Contains(name))
            {
                found.Add(new NeighbourSpec(path, name));
            }
        }
    }

    // A nested type stands in a class, and a file's own type does not reach the emitted files.
    private static bool IsNeighbour(MemberDeclarationSyntax type, SyntaxToken name, SyntaxTokenList modifiers)
        => type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax
        && EmittedNames.Contains(name.ValueText)
        && !modifiers.Any(SyntaxKind.FileKeyword);

    private static string NamespaceOf(SyntaxNode node)
    {
        var path = string.Empty;
        foreach (var space in node.Ancestors().OfType<BaseNamespaceDeclarationSyntax>())
        {
            path = Join(string.Join(".", Parts(space.Name)), path);
        }

        return path;
    }

    private static string Join(string path, string part) => path.Length == 0 ? part : part.Length == 0 ? path : $"{path}.{part}";

    private static IEnumerable<string> Parts(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => Parts(qualified.Left).Append(qualified.Right.Identifier.ValueText),
        SimpleNameSyntax simple => [simple.Identifier.ValueText],
        _ => [],
    };
}
