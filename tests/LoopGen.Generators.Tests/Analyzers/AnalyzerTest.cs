using System.Collections.Immutable;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace LoopGen.Generators.Tests.Analyzers;

/// <summary>All analyzers over marked-up sources: what is underlined and what is said must be exactly what is expected.</summary>
internal static class AnalyzerTest
{
    /// <summary>Every analyzer of the generator's assembly.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(LoopGenerator).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>What the compiler has an error for, too, in a declaration.</summary>
    private static readonly string[] EarlyIds = ["LG0014", "LG0016", "LG0017", "LG0050", "LG0051", "LG0052", "LG0053", "LG0054"];

    /// <summary>Nothing is reported, and user's and emitted code compile together.</summary>
    public static Task IsSilentAsync(params string[] sources) => ReportsAsync(sources, []);

    /// <summary>One file, as marked, with these messages in the order of the marks.</summary>
    public static Task ReportsAsync(string source, params string[] messages) => ReportsAsync([source], messages);

    /// <summary>Several files; <paramref name="compilerErrors"/> are the compiler's own.</summary>
    public static async Task ReportsAsync(string[] sources, string[] messages, string[]? compilerErrors = null, LanguageVersion language = LanguageVersion.CSharp12)
    {
        var markups = sources.Select(Markup.Parse).ToArray();
        var compilation = TestCompilation.Create(language, [.. markups.Select(markup => markup.Text)]);
        var expected = markups
            .SelectMany((markup, file) => markup.Spans.Select(span => (file, span.Span.Start, span.Id, Text: markup.Text.Substring(span.Span.Start, span.Span.Length))))
            .OrderBy(mark => mark.file)
            .ThenBy(mark => mark.Start)
            .Select((mark, index) => $"{mark.Id} '{mark.Text}': {messages.ElementAtOrDefault(index)}");

        // As in a real build: the emitted parts of the classes are there too.
        var run = GeneratorRun.Of(compilation);
        var (diagnostics, compilers) = await RunWithCompilerAsync(run.Output);
        var actual = from diagnostic in diagnostics
                     orderby diagnostic.Location.SourceTree?.FilePath, diagnostic.Location.SourceSpan.Start, diagnostic.Id
                     select $"{diagnostic.Id} '{TextOf(diagnostic)}': {diagnostic.GetMessage()}";

        Assert.Equal(expected, actual);
        Assert.Equal(compilerErrors ?? [], Errors(compilers));
        Assert.Equal(SaidByTheGenerator(run.Output, diagnostics), run.Reported.Select(Places));
    }

    // The compiler stops at an error in a declaration and asks no analyzer; then the generator must have said it, and only then.
    private static IEnumerable<string> SaidByTheGenerator(Compilation output, IEnumerable<Diagnostic> diagnostics)
        => output.GetDeclarationDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            ? diagnostics.Where(diagnostic => EarlyIds.Contains(diagnostic.Id)).Select(Places).Order(StringComparer.Ordinal)
            : [];

    private static string Places(Diagnostic diagnostic)
        => $"{diagnostic.Location.GetLineSpan()} {diagnostic.Location.SourceSpan} {diagnostic.Id} {diagnostic.Severity} {diagnostic.Descriptor.HelpLinkUri}: {diagnostic.GetMessage()}";

    /// <summary>What the analyzers say of a compilation. One that throws fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, bool isConcurrent = true)
        => Checked(await With(compilation, isConcurrent).GetAnalyzerDiagnosticsAsync());

    /// <summary>
    /// What the analyzers say of a compilation, and what the compiler says: the bodies of all methods are bound once for both.
    /// </summary>
    public static async Task<(ImmutableArray<Diagnostic> Analyzers, ImmutableArray<Diagnostic> Compiler)> RunWithCompilerAsync(Compilation compilation, bool isConcurrent = true)
    {
        var all = Checked(await With(compilation, isConcurrent).GetAllDiagnosticsAsync());
        return ([.. all.Where(diagnostic => !IsTheCompilers(diagnostic))], [.. all.Where(IsTheCompilers)]);
    }

    /// <summary>The ids of the errors among diagnostics.</summary>
    public static IEnumerable<string> Errors(IEnumerable<Diagnostic> diagnostics)
        => diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id);

    private static CompilationWithAnalyzers With(Compilation compilation, bool isConcurrent)
        => new(compilation, Analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: null,
            concurrentAnalysis: isConcurrent,
            logAnalyzerExecutionTime: false));

    private static ImmutableArray<Diagnostic> Checked(ImmutableArray<Diagnostic> diagnostics)
    {
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        return diagnostics;
    }

    private static bool IsTheCompilers(Diagnostic diagnostic) => diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Compiler);

    private static string TextOf(Diagnostic diagnostic)
        => diagnostic.Location.SourceTree is { } tree ? tree.GetText().ToString(diagnostic.Location.SourceSpan) : string.Empty;
}
