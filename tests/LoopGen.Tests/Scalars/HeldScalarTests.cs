using System.Reflection;

namespace LoopGen.Tests;

/// <summary>
/// A number that is passed to TorchSharp becomes a <see cref="Scalar"/>, whose finalizer may run while native code still reads it.
/// So the library passes none: not by a conversion of its own, and not to a method of TorchSharp's that makes one inside.
/// </summary>
public sealed class HeldScalarTests
{
    [Fact]
    public void NoCallOfTheLibraryMakesANumberThatNobodyHolds()
    {
        var unsafeMethods = MethodsThatLoseANumber();
        var found = CalledMethods.AllOf(typeof(Mean).Assembly)
            .SelectMany(method => CalledMethods.Of(method).Where(unsafeMethods.Contains).Select(called => $"{Name(method)} calls {Name(called)}"))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.True(!found.Any(), string.Join("\n", found));
    }

    /// <summary>The rule sees the calls that it is made for.</summary>
    [Fact]
    public void TheRuleKnowsWhatToLookFor()
    {
        var names = MethodsThatLoseANumber().Select(Name).ToHashSet();

        Assert.Contains("Scalar.op_Implicit", names);
        Assert.Contains("Tensor.op_Addition", names);
        Assert.Contains("Tensor.add_", names);
        Assert.Contains("Adam.step", names);
    }

    /// <summary>Those that convert a number themselves, and those that call such a one.</summary>
    private static HashSet<MethodBase> MethodsThatLoseANumber()
    {
        var methods = CalledMethods.AllOf(typeof(Scalar).Assembly)
            .Where(method => method.DeclaringType != typeof(Scalar))
            .Select(method => (Method: method, Called: CalledMethods.Of(method)))
            .ToArray();
        var found = typeof(Scalar).GetMethods().Where(method => method.Name == "op_Implicit").Concat(MakersOfNumbers).ToHashSet<MethodBase>();
        int before;
        do
        {
            before = found.Count;
            foreach (var (method, called) in methods)
            {
                if (called.Any(found.Contains))
                {
                    _ = found.Add(method);
                }
            }
        }
        while (found.Count > before);

        // The library may make a number itself, if it holds it; TorchSharp's methods give theirs away.
        found.ExceptWith(MakersOfNumbers);
        return found;
    }

    private static IEnumerable<MethodBase> MakersOfNumbers =>
        typeof(ScalarExtensionMethods).GetMethods().Where(method => method.ReturnType == typeof(Scalar));

    private static string Name(MethodBase method) => $"{method.DeclaringType?.Name}.{method.Name}";
}
