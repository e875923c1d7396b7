using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.Tests.Infrastructure;

/// <summary>The generator over a compilation: the driver for further edits, the emitted files, the compilation with them.</summary>
internal sealed record GeneratorRun(GeneratorDriver Driver, Compilation Output)
{
    /// <summary>The emitted files by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; } = Driver.GetRunResult().Results
        .SelectMany(result => result.GeneratedSources)
        .ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    /// <summary>What the generator itself reported, in the order of the sources.</summary>
    public IEnumerable<Diagnostic> Reported
        => Driver.GetRunResult().Diagnostics.OrderBy(diagnostic => $"{diagnostic.Location.GetLineSpan()} {diagnostic.Location.SourceSpan}", StringComparer.Ordinal);

    public static GeneratorRun Of(params string[] sources) => Of(TestCompilation.Create(sources));

    public static GeneratorRun Of(CSharpCompilation compilation)
    {
        var driver = CSharpGeneratorDriver.Create(
            [new LoopGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        var after = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);

        // A generator that throws is reported as a warning; here it fails the test, with its own stack.
        foreach (var result in after.GetRunResult().Results)
        {
            if (result.Exception is { } exception)
            {
                throw new InvalidOperationException("The generator threw.", exception);
            }
        }

        return new GeneratorRun(after, output);
    }

    /// <summary>
    /// Everything above Hidden that the compiler says of the user's code and ours together, but that the user's has no
    /// comments.
    /// </summary>
    public IReadOnlyList<Diagnostic> Diagnostics()
        => [.. this.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && !IsUsersMissingComment(diagnostic))];

    private static bool IsUsersMissingComment(Diagnostic diagnostic)
        => diagnostic.Id == "CS1591" && diagnostic.Location.SourceTree!.FilePath.StartsWith("File", StringComparison.Ordinal);
}
