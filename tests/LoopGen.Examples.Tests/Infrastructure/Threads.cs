using System.Runtime.CompilerServices;

namespace LoopGen.Examples.Tests;

/// <summary>
/// One thread for torch: the tensors are tiny, threads that wait for each other slow everything down on a busy machine,
/// and their number decides the last bits of a sum.
/// </summary>
internal static class Threads
{
    [ModuleInitializer]
    internal static void UseOne() => set_num_threads(1);
}
