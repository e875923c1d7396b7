using System.Runtime.CompilerServices;
using TorchSharp;

namespace LoopGen.Samples.Tests;

internal static class Threads
{
    // The tensors are tiny: on a busy machine threads would wait for each other far longer than they compute.
#pragma warning disable CA2255 // This is an application: the tests' own.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void UseOne() => torch.set_num_threads(1);
}
