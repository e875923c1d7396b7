using System.Collections;
using System.Collections.Immutable;

namespace LoopGen.Generators.Model;

/// <summary>An immutable array that is equal to another one with equal elements, so that a spec that holds it can be cached.</summary>
internal readonly struct EquatableArray<T>(ImmutableArray<T> items) : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    public static readonly EquatableArray<T> Empty = new(ImmutableArray<T>.Empty);

    private readonly ImmutableArray<T> items = items;

    public int Count => this.Items.Length;

    private ImmutableArray<T> Items => this.items.IsDefault ? ImmutableArray<T>.Empty : this.items;

    public T this[int index] => this.Items[index];

    public bool Equals(EquatableArray<T> other)
    {
        if (this.Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < this.Count; i++)
        {
            if (!this.Items[i].Equals(other.Items[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && this.Equals(other);

    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var item in this.Items)
        {
            hash = unchecked((hash * 31) + item.GetHashCode());
        }

        return hash;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)this.Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => this.GetEnumerator();
}
