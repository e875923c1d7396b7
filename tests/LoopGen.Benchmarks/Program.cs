using BenchmarkDotNet.Running;
using LoopGen.Benchmarks.Files;
using LoopGen.Benchmarks.Generator;
using LoopGen.Benchmarks.Training;

// dotnet run --project tests/LoopGen.Benchmarks -c Release -- generator
// dotnet run --project tests/LoopGen.Benchmarks -c Release -- analyzers
// dotnet run --project tests/LoopGen.Benchmarks -c Release -- files
// dotnet run --project tests/LoopGen.Benchmarks -c Release -- loops
// dotnet run --project tests/LoopGen.Benchmarks -c Release -- checks
// dotnet run --project tests/LoopGen.Benchmarks -c Release -- optimizers
// dotnet run --project tests/LoopGen.Benchmarks -c Release -- --filter '*'
if (args is ["generator"])
{
    PairedGeneratorRun.Run();
    return;
}

if (args is ["analyzers"])
{
    AnalyzerRun.Run();
    return;
}

if (args is ["files"])
{
    PairedFileRun.Run();
    return;
}

if (args is ["loops"])
{
    PairedLoopRun.Run();
    return;
}

if (args is ["checks"])
{
    CheckRun.Run();
    return;
}

if (args is ["optimizers"])
{
    PairedOptimizerRun.Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
