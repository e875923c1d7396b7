using BenchmarkDotNet.Running;
using LoopGen.Benchmarks.Generator;

// dotnet run --project tests/LoopGen.Benchmarks -c Release -- generator
// dotnet run --project tests/LoopGen.Benchmarks -c Release -- --filter '*'
if (args is ["generator"])
{
    PairedGeneratorRun.Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
