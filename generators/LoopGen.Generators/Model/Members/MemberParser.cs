using LoopGen.Generators.TakingOver;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>Finds the emitted members that a class declares itself.</summary>
internal static class MemberParser
{
    /// <summary>Few classes have anything of such a name; the others do not pay for the look-up.</summary>
    public static bool MayBeOwned(string name)
        => name is "Fit" or "Evaluate" or "Predict" or "PredictEach" or "TrainOnBatch" or "TestOnBatch" or "CreateOptimizer" or "ReplayStep";

    /// <summary>The emitted members that the class has already; a loop over batches of another size is its own affair.</summary>
    public static EquatableArray<OwnedMemberSpec> ParseOwnedMembers(INamedTypeSymbol type, NameScan names, int membersOfBatch)
    {
        if (!names.MayOwnMembers)
        {
            return EquatableArray<OwnedMemberSpec>.Empty;
        }

        var owned = new List<OwnedMemberSpec>();
        foreach (var (member, method) in OwnedMethods(type, membersOfBatch))
        {
            if (owned.All(other => other.Member != member))
            {
                owned.Add(new OwnedMemberSpec(member, method.Parameters.Select(parameter => parameter.Name).ToEquatableArray()));
            }
        }

        return owned.OrderBy(member => member.Member).ToEquatableArray();
    }

    /// <summary>Whether the class declares anything itself that is called like an emitted method; no signature is bound.</summary>
    public static bool MayOwnAny(INamedTypeSymbol type)
        => type.MemberNames.Where(MayBeOwned).SelectMany(name => type.GetMembers(name)).Any(EmittedTrees.IsUsers);

    /// <summary>The methods behind them. Analyzers and editors see those that the generator wrote, too; they do not count.</summary>
    public static IEnumerable<(LoopMember Member, IMethodSymbol Method)> OwnedMethods(INamedTypeSymbol type, int membersOfBatch)
    {
        // A name that several parts of a class declare comes more than once.
        foreach (var name in type.MemberNames.Where(MayBeOwned).Distinct())
        {
            foreach (var method in type.GetMembers(name).OfType<IMethodSymbol>())
            {
                if (EmittedTrees.IsUsers(method) && MemberOf(method, membersOfBatch) is { } member)
                {
                    yield return (member, method);
                }
            }
        }
    }

    /// <summary>Which emitted member a method is, or stands for: its name and the type of its first parameter tell; or null.</summary>
    public static LoopMember? MemberOf(IMethodSymbol method, int membersOfBatch)
    {
        var first = method.Parameters.Length == 0 ? null : method.Parameters[0].Type;
        return (method.Name, first) switch
        {
            ("Fit", { } source) when IsBatches(source, membersOfBatch) => LoopMember.FitBatches,
            ("Fit", { } tensor) when ShapeRules.IsTensor(tensor) => LoopMember.FitTensors,
            ("Fit", { } loader) when IsLoader(loader, "DataLoader") => LoopMember.FitDataLoader,
            ("Fit", { } loader) when IsLoader(loader, "IterableDataLoader") => LoopMember.FitIterableDataLoader,
            ("Evaluate", { } source) when IsBatches(source, membersOfBatch) => LoopMember.EvaluateBatches,
            ("Evaluate", { } tensor) when ShapeRules.IsTensor(tensor) => LoopMember.EvaluateTensors,
            ("Evaluate", { } loader) when IsLoader(loader, "DataLoader") => LoopMember.EvaluateDataLoader,
            ("Evaluate", { } loader) when IsLoader(loader, "IterableDataLoader") => LoopMember.EvaluateIterableDataLoader,
            ("Predict", { } source) when IsEnumerableOf(source, ShapeRules.IsTensor) => LoopMember.PredictBatches,
            ("Predict", { } tensor) when ShapeRules.IsTensor(tensor) => LoopMember.PredictTensors,
            ("PredictEach", { } source) when IsEnumerableOf(source, ShapeRules.IsTensor) => LoopMember.PredictEach,
            ("TrainOnBatch", { } tensor) when ShapeRules.IsTensor(tensor) => LoopMember.TrainOnBatch,
            ("TestOnBatch", { } tensor) when ShapeRules.IsTensor(tensor) => LoopMember.TestOnBatch,
            ("CreateOptimizer", null) when IsOptimizer(method.ReturnType) => LoopMember.CreateOptimizer,
            ("CreateOptimizer", { Name: "Device", ContainingType.Name: "torch" }) when IsOptimizer(method.ReturnType) => LoopMember.CreateOptimizer,
            ("ReplayStep", { SpecialType: SpecialType.System_String }) => LoopMember.ReplayStep,
            _ => null,
        };
    }

    private static bool IsBatches(ITypeSymbol type, int members)
        => IsEnumerableOf(type, element => element is INamedTypeSymbol { IsTupleType: true } tuple
            && tuple.TupleElements.Length == members
            && tuple.TupleElements.All(member => ShapeRules.IsTensor(member.Type)));

    private static bool IsEnumerableOf(ITypeSymbol type, Func<ITypeSymbol, bool> isElement)
        => type is INamedTypeSymbol { SpecialType: SpecialType.None, TypeArguments.Length: 1 } named
            && named.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
            && isElement(named.TypeArguments[0]);

    // The loop is to use what it returns; a method that returns something else only shares the name.
    private static bool IsOptimizer(ITypeSymbol type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.Name == "Optimizer" && candidate.ContainingAssembly?.Name == KnownNames.TorchSharp)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLoader(ITypeSymbol type, string name)
        => type.Name == name
            && type is INamedTypeSymbol { Arity: 0 }
            && type.ContainingAssembly?.Name == KnownNames.TorchSharp;
}
