using BenchmarkDotNet.Running;

// dotnet run --project tests/LoopGen.Benchmarks -c Release -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
