using System.Runtime.InteropServices;

namespace LoopGen;

/// <summary>
/// An operator of libtorch, by name and overload, with the numbers of its arguments and results: libtorch reads as many
/// values as its schema has, whether they were given or not.
/// </summary>
internal sealed class Operator(string name, string overload, int arguments, int results)
{
    /// <summary>The name for people.</summary>
    public string Name { get; } = overload.Length == 0 ? name : $"{name}.{overload}";

    /// <summary>How many arguments it takes.</summary>
    public int Arguments { get; } = arguments;

    /// <summary>How many tensors it returns.</summary>
    public int Results { get; } = results;

    /// <summary>The name in UTF-8. It is as old as the program, and never freed.</summary>
    public nint NativeName { get; } = Marshal.StringToCoTaskMemUTF8(name);

    /// <summary>The overload in UTF-8, likewise.</summary>
    public nint NativeOverload { get; } = Marshal.StringToCoTaskMemUTF8(overload);
}
