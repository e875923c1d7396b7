using System.Reflection;
using System.Reflection.Emit;

namespace LoopGen.Tests;

/// <summary>Which methods a method calls, read from its compiled code.</summary>
internal static class CalledMethods
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Every method of an assembly that has code, constructors and lambdas included.</summary>
    public static IEnumerable<MethodBase> AllOf(Assembly assembly)
    {
        const BindingFlags declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return assembly.GetTypes().SelectMany(type => type.GetMethods(declared).Concat<MethodBase>(type.GetConstructors(declared)));
    }

    /// <summary>The methods that a method calls, those of generic types as they are declared.</summary>
    public static IReadOnlyList<MethodBase> Of(MethodBase method)
    {
        List<MethodBase> called = [];
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            return called;
        }

        var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var place = 0; place < code.Length;)
        {
            var value = code[place] == 0xfe ? (short)(0xfe00 | code[place + 1]) : code[place];
            var instruction = Codes[value];
            place += instruction.Size;
            if (instruction.OperandType == OperandType.InlineMethod)
            {
                called.Add(Declared(method.Module.ResolveMethod(BitConverter.ToInt32(code, place), typeArguments, methodArguments)!));
            }

            place += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, place)),
                _ => 4,
            };
        }

        return called;
    }

    private static MethodBase Declared(MethodBase method)
        => method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : method;
}
