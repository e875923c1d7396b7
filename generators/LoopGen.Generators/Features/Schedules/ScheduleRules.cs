using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features.Schedules;

/// <summary>What a schedule must look like.</summary>
internal static class ScheduleRules
{
    /// <summary>A method that takes the number of updates made and returns the factor of the learning rate.</summary>
    public static bool IsScheduleMethod(IMethodSymbol method) => ProblemOf(method) == ScheduleMethodProblem.None;

    /// <summary>The first thing about a method that keeps the loop from calling it with the number of updates made.</summary>
    public static ScheduleMethodProblem ProblemOf(IMethodSymbol method)
        => method.MethodKind != MethodKind.Ordinary ? ScheduleMethodProblem.NotAMethod
            : method.RefKind != RefKind.None || method.ReturnType.SpecialType != SpecialType.System_Double ? ScheduleMethodProblem.Returns
            : method.IsGenericMethod ? ScheduleMethodProblem.Generic
            : method.Parameters.Length != 1 || !IsStep(method.Parameters[0]) ? ScheduleMethodProblem.Takes
            : ScheduleMethodProblem.None;

    /// <summary>Whether a parameter can be given the number of updates made.</summary>
    public static bool IsStep(IParameterSymbol parameter)
        => parameter is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Int64 };

    /// <summary>The signature of a schedule of one's own, for messages.</summary>
    public static string SignatureOf(string name) => $"double {name}(long step)";

    /// <summary>The numbers of an array argument; none where it is missing.</summary>
    public static IReadOnlyList<long> WholesOf(AttributeData schedule, string property)
        => CompileParser.Argument(schedule, property) is { } array ? WholesOf(array) : [];

    /// <summary>The numbers of an array; none of null.</summary>
    public static IReadOnlyList<long> WholesOf(TypedConstant array)
        => array is { Kind: TypedConstantKind.Array, IsNull: false } ? array.Values.Select(value => value.Value as long? ?? 0).ToArray() : [];
}
