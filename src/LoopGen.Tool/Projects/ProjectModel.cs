using LoopGen.Generators.Model;
using LoopGen.Generators.TakingOver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Tool.Projects;

/// <summary>One model of a project: what is written for it, and what it declares itself.</summary>
internal sealed class ProjectModel
{
    private static readonly SymbolDisplayFormat NameAndPlace = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private readonly LoopProject project;

    public ProjectModel(LoopProject project, EmittedModel emitted, INamedTypeSymbol symbol)
    {
        this.project = project;
        this.Emitted = emitted;
        this.Symbol = symbol;
        this.FullName = symbol.ToDisplayString(NameAndPlace);

        var membersOfBatch = emitted.Spec.Inputs.Count + (emitted.Context.HasSampleWeights ? 2 : 1);
        this.Owned =
        [
            .. MemberParser.OwnedMethods(this.Symbol, membersOfBatch)
                .Select(pair => (pair.Member, (MethodDeclarationSyntax)pair.Method.DeclaringSyntaxReferences[0].GetSyntax()))
                .OrderBy(pair => pair.Member),
        ];
    }

    public EmittedModel Emitted { get; }

    public INamedTypeSymbol Symbol { get; }

    /// <summary>The class's name.</summary>
    public string Name => this.Symbol.Name;

    /// <summary>The same with namespace and classes around it.</summary>
    public string FullName { get; }

    /// <summary>The methods that the class declares itself.</summary>
    public IReadOnlyList<(LoopMember Member, MethodDeclarationSyntax Method)> Owned { get; }

    /// <summary>The file of the class: the part with <c>[Compile]</c>.</summary>
    public string Path => LoopAttributes.FindCompile(this.Symbol)!.ApplicationSyntaxReference!.SyntaxTree.FilePath;

    /// <summary>Where the class begins: <c>Net.cs:7</c>.</summary>
    public string Place => this.PlaceOf(this.Symbol.Locations.First(location => location.SourceTree?.FilePath == this.Path));

    /// <summary>Where a method of it stands.</summary>
    public string PlaceOf(MethodDeclarationSyntax method) => this.PlaceOf(method.Identifier.GetLocation());

    private string PlaceOf(Location location)
        => $"{this.project.Relative(location.SourceTree!.FilePath)}:{location.GetLineSpan().StartLinePosition.Line + 1}";
}
