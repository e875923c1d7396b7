using Microsoft.Build.Framework;

namespace LoopGen.Build;

/// <summary>The assemblies that the compiler will see, by their names.</summary>
internal static class ReferencedAssemblies
{
    /// <summary>The path of the one with a name, or null if there is none.</summary>
    public static string? Find(this IEnumerable<ITaskItem> references, string assembly) => references
        .Select(reference => reference.ItemSpec)
        .FirstOrDefault(path => string.Equals(Path.GetFileNameWithoutExtension(path), assembly, StringComparison.OrdinalIgnoreCase));
}
