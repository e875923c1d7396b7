using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Generators.Features.Hooks;

/// <summary>What a hook must look like to be one.</summary>
internal static class HookRules
{
    private const string LogName = "EpochLog";
    private const string LogNameElsewhere = "FitEpochLog";
    private const string HistoryName = "History";

    /// <summary>The names of all hooks.</summary>
    public static readonly string[] Names = [.. Enum.GetNames(typeof(Hook)).Where(name => name != nameof(Hook.None))];

    /// <summary>The hook of that name, or the one that was meant by it, or null.</summary>
    public static string? Find(string name)
        => !MayBeHook(name) ? null
            : Array.IndexOf(Names, name) >= 0 ? name
            : Spelling.Nearest(name, Names, Synonyms.Hooks);

    /// <summary>Whether a method stands where a hook can, and begins like one.</summary>
    public static bool MayBeHook(MethodDeclarationSyntax method)
        => method is { Parent: ClassDeclarationSyntax, ExplicitInterfaceSpecifier: null } && MayBeHook(method.Identifier.ValueText);

    /// <summary>Whether a name begins like that of a hook.</summary>
    public static bool MayBeHook(string name) => name.StartsWith("on", StringComparison.OrdinalIgnoreCase);

    /// <summary>The modifiers of a hook that it must not have: all but <c>partial</c>.</summary>
    public static IEnumerable<SyntaxToken> Superfluous(MethodDeclarationSyntax method)
        => method.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.PartialKeyword));

    /// <summary>The signature of a hook in a model, with types as they can be written at a place in its file.</summary>
    public static HookSignature SignatureOf(string hook, INamedTypeSymbol type, SemanticModel model, int position)
    {
        var names = new LocalNames(ForwardParser.Parse(type), [], [], FeatureList.WeighsSamples(BlockAttributes.Of(type)));
        var log = LogOf(type);
        var step = new HookParameter("long", "step", IsRef: false, IsNumber(SpecialType.System_Int64));
        return new HookSignature(hook, hook switch
        {
            nameof(Hook.OnEpochBegin) => [new HookParameter("int", "epoch", IsRef: false, IsNumber(SpecialType.System_Int32))],
            nameof(Hook.OnBatch) => [step with { Name = names.Step }, .. names.Tensors.Select(Tensor)],
            nameof(Hook.OnLoss) => [step, Tensor("loss")],
            nameof(Hook.OnGradients) or nameof(Hook.OnStep) => [step],
            nameof(Hook.OnEpochEnd) => [new HookParameter(log, "log", IsRef: false, IsLog)],
            nameof(Hook.OnTrainEnd) => [new HookParameter($"{History()}<{log}>", "history", IsRef: false, IsHistory)],
            _ => [],
        });

        HookParameter Tensor(string name)
            => new(ShapeRules.FindModuleBase(type)!.TypeArguments[0].ToMinimalDisplayString(model, position), name, IsRef: true, ShapeRules.IsTensor);

        string History()
            => model.LookupNamespacesAndTypes(position, name: HistoryName) is { Length: 1 } found && LoopAttributes.IsOurs(found[0] as ITypeSymbol, HistoryName)
                ? HistoryName
                : $"global::{KnownNames.Namespace}.{HistoryName}";

        // Before the loop is emitted, there is no such type yet.
        bool IsLog(ITypeSymbol candidate)
            => candidate.Name == log
            && (candidate.TypeKind == TypeKind.Error || SymbolEqualityComparer.Default.Equals(candidate.ContainingType, type));

        bool IsHistory(ITypeSymbol candidate)
            => candidate is INamedTypeSymbol { Name: HistoryName, TypeArguments.Length: 1 } history
            && (history.TypeKind == TypeKind.Error || LoopAttributes.IsOurs(history, HistoryName))
            && IsLog(history.TypeArguments[0]);
    }

    private static Func<ITypeSymbol, bool> IsNumber(SpecialType number) => candidate => candidate.SpecialType == number;

    // Analyzers see the emitted types too: the record is ours, anything else of its name makes it move.
    private static string LogOf(INamedTypeSymbol type)
    {
        var isTaken = !type.GetTypeMembers(LogNameElsewhere).IsEmpty
            || Lineage.Of(type).Any(part => part.GetMembers(LogName).Any(member => !IsEmitted(member)));
        return isTaken ? LogNameElsewhere : LogName;
    }

    private static bool IsEmitted(ISymbol member)
        => member is INamedTypeSymbol { IsRecord: true } record && record.Interfaces.Any(type => LoopAttributes.IsOurs(type, "IEpochLog"));
}
