using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LoopGen.Generators.Tests.Analyzers;

/// <summary>Diagnostics obey the settings that .NET users know; those of the shape stay on.</summary>
public sealed class SuppressionTests
{
    private const string Unreached = "[Metric(Metric.Accuracy)]";

    [Fact]
    public async Task A_pragma_works() => Assert.Empty(await RunAsync(Source.Model($"#pragma warning disable LG0023\n{Unreached}")));

    [Fact]
    public async Task An_attribute_works()
        => Assert.Empty(await RunAsync(Source.Model($"{Unreached}\n[System.Diagnostics.CodeAnalysis.SuppressMessage(\"LoopGen\", \"LG0023\")]")));

    [Fact]
    public async Task A_severity_of_the_settings_works()
    {
        Assert.Empty(await RunAsync(Source.Model(Unreached), ("LG0023", ReportDiagnostic.Suppress)));
        var diagnostic = Assert.Single(await RunAsync(Source.Model(Unreached), ("LG0023", ReportDiagnostic.Error)));
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
    }

    [Fact]
    public async Task A_missing_partial_cannot_be_hidden()
    {
        var source = "#pragma warning disable LG0001\n" + Source.Compile("Loss = Loss.MSE").Replace(" partial", string.Empty, StringComparison.Ordinal);
        var diagnostic = Assert.Single(await RunAsync(source, ("LG0001", ReportDiagnostic.Suppress)));
        Assert.Equal("LG0001", diagnostic.Id);
    }

    [Fact]
    public async Task Projects_without_the_library_are_left_alone()
    {
        var compilation = TestCompilation.Create("namespace LoopGen { class MetricAttribute : System.Attribute { } }\n[LoopGen.Metric] class Net { }");
        var without = compilation.RemoveReferences(compilation.References.Where(reference => reference.Display!.EndsWith("LoopGen.dll", StringComparison.Ordinal)));
        Assert.Empty(await AnalyzerTest.RunAsync(without));
        Assert.Single(await AnalyzerTest.RunAsync(compilation));
    }

    // What .editorconfig says of a severity reaches analyzers in this form.
    private static async Task<IReadOnlyList<Diagnostic>> RunAsync(string source, params (string Id, ReportDiagnostic Severity)[] settings)
    {
        var compilation = TestCompilation.Create(source);
        var options = compilation.Options.WithSyntaxTreeOptionsProvider(new Settings(settings.ToDictionary(pair => pair.Id, pair => pair.Severity)));
        return await AnalyzerTest.RunAsync(compilation.WithOptions(options));
    }

    private sealed class Settings(Dictionary<string, ReportDiagnostic> severities) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
            => severities.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
            => severities.TryGetValue(diagnosticId, out severity);
    }
}
