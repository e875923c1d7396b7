using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Model;

/// <summary>Finds the <see cref="BaseRegistration"/> of a class.</summary>
internal static class BaseRegistrationRules
{
    public static BaseRegistration Find(INamedTypeSymbol type, CancellationToken cancellation)
    {
        for (var candidate = type.BaseType; candidate is not null && !ComponentRules.IsTorchSharp(candidate); candidate = candidate.BaseType)
        {
            var registration = FindIn(candidate, cancellation);
            if (registration != BaseRegistration.Never)
            {
                return registration;
            }
        }

        return BaseRegistration.Never;
    }

    private static BaseRegistration FindIn(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (type.DeclaringSyntaxReferences.Length == 0)
        {
            return BaseRegistration.Perhaps;
        }

        var (all, some) = (true, false);
        foreach (var constructor in type.InstanceConstructors)
        {
            if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not ConstructorDeclarationSyntax declaration)
            {
                all = false;
                continue;
            }

            if (declaration.Initializer?.ThisOrBaseKeyword.ValueText == "this")
            {
                continue;
            }

            all &= PlainCall(declaration) is not null;
            some |= ConstructorReading.Of(type, declaration, cancellation).RegistersAll;
        }

        return all && some ? BaseRegistration.Always : some ? BaseRegistration.Perhaps : BaseRegistration.Never;
    }

    /// <summary>The first <c>RegisterComponents()</c> that is a statement of its own, under no condition, or null.</summary>
    public static ExpressionSyntax? PlainCall(ConstructorDeclarationSyntax constructor)
    {
        var lines = constructor.Body is { } body
            ? body.Statements.OfType<ExpressionStatementSyntax>().Select(statement => statement.Expression)
            : constructor.ExpressionBody is { } arrow ? [arrow.Expression] : [];
        return lines.FirstOrDefault(IsCall);
    }

    private static bool IsCall(ExpressionSyntax expression)
        => expression is InvocationExpressionSyntax invocation
        && (invocation.Expression as SimpleNameSyntax ?? (invocation.Expression as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText
            == KnownNames.RegisterComponents;
}
