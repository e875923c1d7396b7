using LoopGen.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Rules;

/// <summary>What a schedule must look like.</summary>
internal static class ScheduleRules
{
    /// <summary>The signature of a schedule of one's own, for messages.</summary>
    public const string MethodSignature = "double {0}(long step)";

    /// <summary>A method that takes the number of updates made and returns the factor of the learning rate.</summary>
    public static bool IsScheduleMethod(IMethodSymbol method)
        => method is { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, RefKind: RefKind.None, Parameters.Length: 1, ReturnType.SpecialType: SpecialType.System_Double }
        && method.Parameters[0] is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Int64 };

    /// <summary>The numbers of an array argument; none where it is missing.</summary>
    public static IReadOnlyList<long> WholesOf(AttributeData schedule, string property)
        => CompileParser.Argument(schedule, property) is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? array.Values.Select(value => value.Value as long? ?? 0).ToArray()
            : [];
}
