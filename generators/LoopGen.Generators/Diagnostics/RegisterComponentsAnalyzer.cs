using System.Collections.Immutable;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>
/// Looks at a model's constructors: a module or a parameter that <c>RegisterComponents()</c> did not see is not among the
/// model's <c>parameters()</c>; it is never trained, moved to a device or saved.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RegisterComponentsAnalyzer : ModelAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.ComponentsNotRegistered,
        Descriptors.PrimaryConstructor,
        Descriptors.RegisteredByBase,
        Descriptors.RegisteredTooEarly);

    private protected override void Register(CompilationStartAnalysisContext context)
        => context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type is not { TypeKind: TypeKind.Class, IsRecord: false, IsStatic: false }
            || LoopAttributes.FindCompile(type) is null
            || ShapeRules.FindModuleBase(type) is null)
        {
            return;
        }

        var cancellation = context.CancellationToken;
        var own = ComponentRules.Components(type).ToArray();
        var all = own.Concat(ComponentRules.InheritedComponents(type)).Select(component => component.Name).ToArray();
        var registration = BaseRegistrationRules.Find(type, cancellation);

        // Initializers run before the constructors of the bases, so one of those may have registered these.
        var late = own.Where(component => !ComponentRules.HasInitializer(component, cancellation)).Select(component => component.Name).ToArray();
        var isCovered = registration != BaseRegistration.Never && late.Length == 0;

        foreach (var constructor in type.InstanceConstructors)
        {
            switch (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation))
            {
                case ConstructorDeclarationSyntax declaration:
                    AnalyzeConstructor(context, type, declaration);
                    break;
                case TypeDeclarationSyntax { ParameterList: { } parameters } declaration when !isCovered:
                    var captured = Captured(constructor, declaration).ToArray();
                    if (all.Length + captured.Length > 0)
                    {
                        context.ReportDiagnostic(Diagnostic.Create(
                            Descriptors.PrimaryConstructor,
                            parameters.GetLocation(),
                            Phrase.All([.. all, .. captured])));
                    }

                    break;
                case null when constructor.IsImplicitlyDeclared
                    && all.Length > 0
                    && !type.IsAbstract
                    && registration == BaseRegistration.Never
                    && type.BaseType is { } parent
                    && !ComponentRules.IsTorchSharp(parent):
                    context.ReportDiagnostic(Diagnostic.Create(Descriptors.ComponentsNotRegistered, type.Locations[0], Phrase.All(all)));
                    break;
            }
        }

        void AnalyzeConstructor(SymbolAnalysisContext context, INamedTypeSymbol type, ConstructorDeclarationSyntax declaration)
        {
            if (all.Length == 0 || DefersOrFails(declaration))
            {
                return;
            }

            var reading = ConstructorReading.Of(type, declaration, cancellation);
            var tooLate = late.Where(reading.Assigned.Contains).ToArray();
            if (reading.RegistersSome)
            {
                return;
            }

            if (registration == BaseRegistration.Always && tooLate.Length > 0)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.RegisteredByBase,
                    declaration.Identifier.GetLocation(),
                    type.BaseType!.Name,
                    Phrase.All(tooLate),
                    tooLate[0]));
            }
            else if (registration != BaseRegistration.Always && BaseRegistrationRules.PlainCall(declaration) is { } call)
            {
                // The first call counts. A local function may stand behind it and run before it.
                var statements = declaration.Body?.Statements
                    .SkipWhile(statement => !statement.Contains(call))
                    .Skip(1)
                    .Where(statement => statement is not LocalFunctionStatementSyntax) ?? [];
                var assigned = ConstructorReading.Of(type, statements, cancellation).Assigned;
                if (own.Select(component => component.Name).Where(assigned.Contains).ToArray() is { Length: > 0 } unseen)
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        Descriptors.RegisteredTooEarly,
                        call.GetLocation(),
                        Phrase.All(unseen)));
                }
            }
            else if (!reading.RegistersAll && !isCovered && !type.IsAbstract && registration != BaseRegistration.Always)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.ComponentsNotRegistered,
                    declaration.Identifier.GetLocation(),
                    Phrase.All(all)));
            }
        }
    }

    // Another constructor of the class does the work, or there is no work because it throws.
    private static bool DefersOrFails(ConstructorDeclarationSyntax constructor)
        => constructor is { Body: null, ExpressionBody: null }
        || constructor.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer)
        || constructor.ExpressionBody?.Expression is ThrowExpressionSyntax
        || constructor.Body?.Statements.LastOrDefault() is ThrowStatementSyntax;

    // Parameters that methods use become fields without a name.
    private static IEnumerable<string> Captured(IMethodSymbol constructor, TypeDeclarationSyntax declaration)
    {
        var components = constructor.Parameters.Where(parameter => ComponentRules.IsComponent(parameter.Type)).Select(parameter => parameter.Name).ToArray();
        return components.Where(name => declaration.Members
            .Where(member => member is MethodDeclarationSyntax or PropertyDeclarationSyntax { Initializer: null })
            .SelectMany(member => member.DescendantNodes())
            .Any(node => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name));
    }
}
