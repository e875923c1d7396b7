using System.Security.Cryptography;
using LoopGen.EndToEnd.Tests.Infrastructure;
using LoopGen.EndToEnd.Tests.Symbols;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>What a debugger finds out about the emitted files from the PDB.</summary>
public sealed class SymbolTests(Workspace workspace) : IDisposable
{
    // Each of these makes a debugger pass over a method, or a report leave it out.
    private static readonly string[] Hiding =
    [
        "DebuggerHiddenAttribute", "DebuggerStepThroughAttribute", "DebuggerNonUserCodeAttribute",
        "DebuggerStepperBoundaryAttribute", "ExcludeFromCodeCoverageAttribute", "StackTraceHiddenAttribute",
    ];

    private readonly ProgramSymbols symbols = new(workspace.App.Assembly);

    [Fact]
    public void The_documents_are_the_files_on_disk_and_a_copy_is_in_the_PDB()
    {
        var documents = this.symbols.Documents.ToDictionary(document => document.Path);

        foreach (var file in workspace.App.EmittedFiles.Select(name => Path.Combine(workspace.App.EmittedFolder, name)))
        {
            Assert.True(documents.TryGetValue(file, out var document), $"{file} is not among:\n{string.Join('\n', documents.Keys)}");
            Assert.True(document.IsSha256, file);
            Assert.Equal(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))), document.Hash);
            Assert.True(document.IsEmbedded, file);
        }
    }

    [Fact]
    public void A_debugger_can_stop_on_every_line_of_Fit()
    {
        var lines = File.ReadAllLines(Path.Combine(workspace.App.EmittedFolder, "Trial.Net.Fit.g.cs"));
        var methods = this.symbols.MethodsIn("Trial.Net.Fit.g.cs").ToList();
        Assert.Equal(4, methods.Count);

        foreach (var (method, points) in methods)
        {
            Assert.Equal("Fit", this.symbols.NameOf(method));
            var visible = points.Where(point => !point.IsHidden).ToList();
            var covered = visible.SelectMany(point => Enumerable.Range(point.StartLine, point.EndLine - point.StartLine + 1)).ToHashSet();

            // From the opening brace to the closing one, which are points themselves.
            var body = Enumerable.Range(visible.Min(point => point.StartLine), visible.Max(point => point.EndLine) - visible.Min(point => point.StartLine) + 1);
            Assert.Equal("{", lines[body.First() - 1].Trim());
            Assert.Empty(body.Where(line => IsExecutable(lines[line - 1]) && !covered.Contains(line)).Select(line => $"{line}: {lines[line - 1]}"));
        }
    }

    [Fact]
    public void Nothing_that_is_emitted_hides_from_a_debugger()
    {
        var methods = workspace.App.EmittedFiles.SelectMany(this.symbols.MethodsIn).ToList();

        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.Empty(this.symbols.AttributesOf(method.Method).Intersect(Hiding)));
    }

    /// <inheritdoc/>
    public void Dispose() => this.symbols.Dispose();

    // The compiler gives no point to `try` and to a declaration without a value: nothing happens there.
    private static bool IsExecutable(string line)
    {
        var text = line.Trim();
        return text.Length > 0 && text is not ("{" or "}" or "try" or "Scores? scores;") && !text.StartsWith("//", StringComparison.Ordinal);
    }
}
