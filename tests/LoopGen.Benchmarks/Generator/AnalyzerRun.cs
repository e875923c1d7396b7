using System.Collections.Immutable;
using System.Globalization;
using LoopGen.Generators;
using LoopGen.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Benchmarks.Generator;

/// <summary>What each analyzer costs in a build of 50 models, by Roslyn's own telemetry: medians of fresh compilations.</summary>
internal static class AnalyzerRun
{
    private const int Models = 50;
    private const int WarmUps = 3;
    private const int Runs = 15;

    public static void Run()
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers =
        [
            .. typeof(ModelAnalyzer).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
                .OrderBy(type => type.Name, StringComparer.Ordinal)
                .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
        ];
        var times = analyzers.ToDictionary(analyzer => analyzer, _ => new List<double>());
        for (var run = 0; run < WarmUps + Runs; run++)
        {
            CSharpGeneratorDriver.Create([new LoopGenerator().AsSourceGenerator()], parseOptions: ModelCorpus.ParseOptions)
                .RunGeneratorsAndUpdateCompilation(ModelCorpus.Create(Models), out var compilation, out _);
            // The compiler binds attributes and base types in any build; else the first analyzer would seem to cost that.
            compilation.GetDeclarationDiagnostics();
            var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
            var result = compilation.WithAnalyzers(analyzers, options).GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
            if (run >= WarmUps)
            {
                foreach (var (analyzer, telemetry) in result.AnalyzerTelemetryInfo)
                {
                    times[analyzer].Add(telemetry.ExecutionTime.TotalMilliseconds);
                }
            }
        }

        var rows = times.Select(pair => (Name: pair.Key.GetType().Name, Median: pair.Value.Order().ElementAt(Runs / 2), Least: pair.Value.Min(), Most: pair.Value.Max())).ToList();
        foreach (var row in rows.OrderByDescending(row => row.Median))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name,-28} {row.Median,7:F1} ms ({row.Least:F1} to {row.Most:F1})"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"all, over " + Models + " models",-28} {rows.Sum(row => row.Median),7:F1} ms"));
    }
}
