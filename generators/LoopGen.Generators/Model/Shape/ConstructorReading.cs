using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Model;

/// <summary>
/// What a constructor does about components, with the methods and properties of its own class that it names, in
/// whichever files they are. It reads names only: where it cannot know, it believes that the components are registered.
/// </summary>
internal sealed class ConstructorReading
{
    private readonly INamedTypeSymbol type;
    private readonly CancellationToken cancellation;
    private readonly HashSet<string> named = new(StringComparer.Ordinal);

    private ConstructorReading(INamedTypeSymbol type, CancellationToken cancellation)
    {
        this.type = type;
        this.cancellation = cancellation;
    }

    /// <summary>It calls <c>RegisterComponents()</c>.</summary>
    public bool RegistersAll { get; private set; }

    /// <summary>It registers components one by one, or hands the model to something that may.</summary>
    public bool RegistersSome { get; private set; }

    /// <summary>The names that it assigns to.</summary>
    public HashSet<string> Assigned { get; } = new(StringComparer.Ordinal);

    public static ConstructorReading Of(INamedTypeSymbol type, ConstructorDeclarationSyntax constructor, CancellationToken cancellation)
    {
        var reading = new ConstructorReading(type, cancellation);
        reading.Read((SyntaxNode?)constructor.Body ?? constructor.ExpressionBody);
        return reading;
    }

    /// <summary>The same of some of its statements.</summary>
    public static ConstructorReading Of(INamedTypeSymbol type, IEnumerable<StatementSyntax> statements, CancellationToken cancellation)
    {
        var reading = new ConstructorReading(type, cancellation);
        foreach (var statement in statements)
        {
            reading.Read(statement);
        }

        return reading;
    }

    private void Read(SyntaxNode? code)
    {
        if (code is null)
        {
            return;
        }

        this.cancellation.ThrowIfCancellationRequested();
        foreach (var node in code.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax assignment:
                    this.ReadTarget(assignment.Left);
                    break;
                case ThisExpressionSyntax { Parent: not MemberAccessExpressionSyntax }:
                    this.RegistersSome = true;
                    break;
                case SimpleNameSyntax name when IsOwn(name):
                    this.ReadName(name);
                    break;
            }
        }
    }

    private void ReadTarget(ExpressionSyntax target)
    {
        switch (target)
        {
            case SimpleNameSyntax name:
                this.Assigned.Add(name.Identifier.ValueText);
                break;
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member:
                this.Assigned.Add(member.Name.Identifier.ValueText);
                break;
            case TupleExpressionSyntax tuple:
                foreach (var element in tuple.Arguments)
                {
                    this.ReadTarget(element.Expression);
                }

                break;
        }
    }

    private void ReadName(SimpleNameSyntax name)
    {
        var text = name.Identifier.ValueText;
        switch (text)
        {
            case KnownNames.RegisterComponents:
                this.RegistersAll = true;
                return;
            case "register_module" or "register_parameter" or "add_module":
                this.RegistersSome = true;
                return;
        }

        if (!this.named.Add(text))
        {
            return;
        }

        var isKnown = false;
        for (var candidate = this.type; candidate is not null; candidate = candidate.BaseType)
        {
            foreach (var member in candidate.GetMembers(text))
            {
                isKnown = true;
                this.ReadMember(member);
            }
        }

        // this.X() that no class here declares is an extension method: it may register what it likes.
        if (!isKnown && name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax })
        {
            this.RegistersSome = true;
        }
    }

    private void ReadMember(ISymbol member)
    {
        if (member is not (IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol))
        {
            return;
        }

        var implementation = (member as IMethodSymbol)?.PartialImplementationPart ?? member;
        foreach (var reference in implementation.DeclaringSyntaxReferences)
        {
            this.Read(reference.GetSyntax(this.cancellation));
        }
    }

    // X, this.X and base.X, but not other.X; nor the X of nameof(X), which is harmless.
    private static bool IsOwn(SimpleNameSyntax name)
        => name.Parent is not MemberAccessExpressionSyntax member
        || member.Expression == name
        || member.Expression is ThisExpressionSyntax or BaseExpressionSyntax;
}
