using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// libtorch's own table of operators, reached through its stable C interface: what TorchSharp has no method for can be called
/// from here, and numbers travel by value, not as objects that the collector may free.
/// </summary>
internal static unsafe class Dispatcher
{
    private static readonly TorchExports? Exports = TorchExports.Load(out WhyMissing);

    /// <summary>Why it can't be used, a clause; null where it can.</summary>
    public static readonly string? WhyMissing;

    /// <summary>
    /// Whether an optional argument may be given a value. libtorch frees it by C++'s <c>delete</c>, which fits a value from
    /// <c>malloc</c> where the two are one, not on Windows.
    /// </summary>
    public static bool TakesOptionals => !OperatingSystem.IsWindows();

    /// <summary>The functions.</summary>
    /// <exception cref="NotSupportedException">They are missing.</exception>
    public static TorchExports Functions => Exports ?? throw new NotSupportedException($"libtorch's operators cannot be called: {WhyMissing}.");

    /// <summary>Where a tensor's elements are. They stay there as long as it lives.</summary>
    public static void* DataOf(Tensor tensor)
    {
        void* data;
        Check(Functions.Data(tensor.Handle, &data), "the place of a tensor's elements");
        GC.KeepAlive(tensor);
        return data;
    }

    /// <summary>Throws where a function returned an error.</summary>
    public static void Check(int code, string what)
    {
        if (code != 0)
        {
            throw new ExternalException($"libtorch refused {what}.", code);
        }
    }
}
