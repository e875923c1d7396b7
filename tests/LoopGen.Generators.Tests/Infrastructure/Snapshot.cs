using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Xunit;

namespace LoopGen.Generators.Tests.Infrastructure;

/// <summary>
/// Compares emitted files with those beside the test, in Verify's layout: <c>Class.Method#Hint.verified.cs</c>. Run the
/// tests with <c>SNAPSHOT_ACCEPT=1</c> to accept what they emit.
/// </summary>
internal static class Snapshot
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: true);

    private static bool Accepts => Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1";

    /// <param name="run">What the generator emitted.</param>
    /// <param name="kinds">Which files to compare (<c>Fit</c>, <c>Types</c>, …); all where none is named.</param>
    /// <param name="file">The test's file.</param>
    /// <param name="member">The test's name.</param>
    public static void Verify(
        GeneratorRun run,
        IReadOnlyList<string>? kinds = null,
        [CallerFilePath] string file = "",
        [CallerMemberName] string member = "")
    {
        var folder = Path.GetDirectoryName(file)!;
        var stem = $"{Path.GetFileNameWithoutExtension(file)}.{member}";
        var compared = run.Files.Where(pair => kinds is null || kinds.Any(kind => pair.Key.EndsWith($".{kind}.g.cs", StringComparison.Ordinal)));
        var produced = compared.ToDictionary(
            pair => $"{stem}#{Path.GetFileNameWithoutExtension(pair.Key)}.verified.cs",
            pair => $"//HintName: {pair.Key}\n{pair.Value}");

        var failures = new StringBuilder();
        foreach (var (name, text) in produced.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Compare(Path.Combine(folder, name), text, failures);
        }

        foreach (var stale in Directory.EnumerateFiles(folder, $"{stem}#*.verified.cs").Where(path => !produced.ContainsKey(Path.GetFileName(path))))
        {
            if (Accepts)
            {
                File.Delete(stale);
            }
            else
            {
                failures.AppendLine($"No longer emitted: {Path.GetFileName(stale)}");
            }
        }

        Assert.True(failures.Length == 0, $"Emitted files differ from the verified ones (SNAPSHOT_ACCEPT=1 accepts them).\n{failures}");
    }

    private static void Compare(string verified, string text, StringBuilder failures)
    {
        var received = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
        var expected = File.Exists(verified) ? Normalize(File.ReadAllText(verified)) : null;
        if (expected == Normalize(text) || Accepts)
        {
            if (expected != Normalize(text))
            {
                File.WriteAllText(verified, Normalize(text), Encoding);
            }

            File.Delete(received);
            return;
        }

        File.WriteAllText(received, Normalize(text), Encoding);
        failures.AppendLine($"{Path.GetFileName(verified)}: {(expected is null ? "new" : "different")}");
        failures.Append(Diff(expected ?? string.Empty, Normalize(text)));
    }

    // A checkout may have other line ends, and Verify writes no newline at the end.
    private static string Normalize(string text)
        => text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF').TrimEnd('\n');

    private static string Diff(string before, string after)
    {
        var lines = InlineDiffBuilder.Diff(before, after).Lines;
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            var isNear = Enumerable.Range(i - 2, 5).Any(j => j >= 0 && j < lines.Count && lines[j].Type != ChangeType.Unchanged);
            if (isNear)
            {
                var mark = lines[i].Type switch { ChangeType.Inserted => "+ ", ChangeType.Deleted => "- ", _ => "  " };
                text.Append(mark).AppendLine(lines[i].Text);
            }
        }

        return text.ToString();
    }
}
