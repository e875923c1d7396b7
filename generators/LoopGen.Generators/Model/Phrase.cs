namespace LoopGen.Generators.Model;

/// <summary>Words for messages.</summary>
internal static class Phrase
{
    /// <summary>"A", "A or B", "A, B or C".</summary>
    public static string Either(IReadOnlyList<string> names) => Join(names, "or");

    /// <summary>"A", "A and B", "A, B and C".</summary>
    public static string All(IReadOnlyList<string> names) => Join(names, "and");

    private static string Join(IReadOnlyList<string> names, string last)
        => names.Count < 2
            ? string.Concat(names)
            : $"{string.Join(", ", names.Take(names.Count - 1))} {last} {names[names.Count - 1]}";
}
