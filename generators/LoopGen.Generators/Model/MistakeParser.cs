using System.Globalization;
using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Features.Hooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Model;

/// <summary>
/// Finds the mistakes that are errors to the compiler, too, in a declaration: with such an error it stops before it asks
/// any analyzer, and its own message would stand alone in a build. Nearly every model has none, and that is seen without
/// binding anything that is not bound already.
/// </summary>
internal sealed class MistakeParser
{
    private readonly INamedTypeSymbol type;
    private readonly Compilation compilation;
    private readonly CancellationToken cancellation;
    private List<MistakeSpec>? found;

    private MistakeParser(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        this.type = type;
        this.compilation = compilation;
        this.cancellation = cancellation;
    }

    public static EquatableArray<MistakeSpec> Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var parser = new MistakeParser(type, compilation, cancellation);
        parser.LookAtAttributes(type);
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            if (part.GetSyntax(cancellation) is TypeDeclarationSyntax declaration)
            {
                foreach (var member in declaration.Members)
                {
                    parser.LookAtMember(member);
                }
            }
        }

        return parser.Found;
    }

    /// <summary>Cheap test of the syntax alone: an attribute of a class that is nearly one of ours.</summary>
    public static bool IsMisspelt(SyntaxNode node, CancellationToken cancellation)
        => node is AttributeSyntax { Parent.Parent: ClassDeclarationSyntax } attribute && NameMistakes.IsMisspelt(attribute);

    /// <summary>A class that lacks <c>[Compile]</c>, perhaps because it is misspelt, does not come as a model.</summary>
    public static EquatableArray<MistakeSpec> ParseMisspelt(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var attribute = (AttributeSyntax)context.Node;
        if (context.SemanticModel.GetDeclaredSymbol(attribute.Parent!.Parent!, cancellation) is not INamedTypeSymbol type || LoopAttributes.FindCompile(type) is not null)
        {
            return EquatableArray<MistakeSpec>.Empty;
        }

        var parser = new MistakeParser(type, context.SemanticModel.Compilation, cancellation);
        NameMistakes.Find(parser.In(attribute.SyntaxTree), attribute);
        return parser.Found;
    }

    private EquatableArray<MistakeSpec> Found
        => this.found is null
            ? EquatableArray<MistakeSpec>.Empty
            : this.found.OrderBy(mistake => mistake.Path, StringComparer.Ordinal).ThenBy(mistake => mistake.Span.Start).ToEquatableArray();

    private void LookAtMember(MemberDeclarationSyntax member)
    {
        if (member is MethodDeclarationSyntax method && HookRules.MayBeHook(method))
        {
            HookMistakes.Find(this.In(method.SyntaxTree), method);
        }

        if (member.AttributeLists.Count > 0 && member.AttributeLists.Any(list => list.Attributes.Any(NameMistakes.MayBeOurs)))
        {
            foreach (var symbol in this.SymbolsOf(member))
            {
                this.LookAtAttributes(symbol);
            }
        }
    }

    private IEnumerable<ISymbol> SymbolsOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => this.type.GetMembers(method.Identifier.ValueText),
        FieldDeclarationSyntax field => field.Declaration.Variables.SelectMany(variable => this.type.GetMembers(variable.Identifier.ValueText)),
        _ => [],
    };

    private void LookAtAttributes(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.ApplicationSyntaxReference is { } reference && IsBroken(attribute, reference))
            {
                NameMistakes.Find(this.In(reference.SyntaxTree), (AttributeSyntax)reference.GetSyntax(this.cancellation));
            }
        }
    }

    // What the compiler could not bind it marks, or leaves out.
    private bool IsBroken(AttributeData attribute, SyntaxReference reference)
    {
        if (attribute.AttributeClass is not { TypeKind: not TypeKind.Error } type)
        {
            return true;
        }

        if (!LoopAttributes.IsOurs(type, type.Name))
        {
            return false;
        }

        foreach (var argument in attribute.ConstructorArguments)
        {
            if (argument.Kind == TypedConstantKind.Error)
            {
                return true;
            }
        }

        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Value.Kind == TypedConstantKind.Error)
            {
                return true;
            }
        }

        var written = ((AttributeSyntax)reference.GetSyntax(this.cancellation)).ArgumentList?.Arguments.Count ?? 0;
        return written != attribute.ConstructorArguments.Length + attribute.NamedArguments.Length;
    }

    private MistakeContext In(SyntaxTree tree)
        => new(this.compilation.GetSemanticModel(tree), this.Add, this.cancellation);

    private void Add(Diagnostic diagnostic)
    {
        // With these few the program compiles, and the analyzers will say it.
        if (!diagnostic.Properties.ContainsKey(HookMistakes.Compiles))
        {
            var place = diagnostic.Location.GetLineSpan();
            (this.found ??= []).Add(new MistakeSpec(
                diagnostic.Id,
                diagnostic.GetMessage(CultureInfo.InvariantCulture),
                place.Path,
                diagnostic.Location.SourceSpan,
                place.Span));
        }
    }
}
