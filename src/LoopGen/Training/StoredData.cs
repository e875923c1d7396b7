using System.Collections;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What can be seen of a source of batches without reading it: whole tensors, arrays and lists.</summary>
internal static class StoredData
{
    /// <summary>The members of each batch; those of whole tensors as one batch. Null for a source that must be read.</summary>
    public static IReadOnlyList<IReadOnlyList<object?>>? BatchesOf(IEnumerable source) => source switch
    {
        IStoredBatches stored => [stored.AllSamples()],
        IList list when IsPlain(list) => [.. list.Cast<object?>().Select(MembersOf)],
        _ => null,
    };

    /// <summary>The members of the first batch, or of all as one; null where they cannot be known.</summary>
    public static IReadOnlyList<object?>? FirstBatchOf(IEnumerable source) => source switch
    {
        IStoredBatches stored => stored.AllSamples(),
        IList { Count: > 0 } list when IsPlain(list) => MembersOf(list[0]),
        _ => null,
    };

    /// <summary>A member that is a tensor and alive.</summary>
    public static Tensor? Member(IReadOnlyList<object?>? members, int index) =>
        members is not null && index < members.Count && members[index] is Tensor { IsInvalid: false } tensor ? tensor : null;

    /// <summary>Whether two tensors may be the same member: a hook can have changed what was stored.</summary>
    public static bool IsAlike(Tensor stored, Tensor seen) => stored.dtype == seen.dtype && stored.dim() == seen.dim();

    // Not a list of the user's own, which may do any work when it is read.
    private static bool IsPlain(IList list) =>
        list is Array || (list.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(List<>));

    private static IReadOnlyList<object?> MembersOf(object? batch) => batch switch
    {
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(index => tuple[index])],
        _ => [batch],
    };
}
