using System.Collections.Immutable;

namespace LoopGen.Generators.Model;

internal static class EquatableArrayExtensions
{
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items)
        where T : IEquatable<T>
        => new(items.ToImmutableArray());

    /// <summary>The one element.</summary>
    public static EquatableArray<T> AsOnlyOne<T>(this T item)
        where T : IEquatable<T>
        => new(ImmutableArray.Create(item));
}
