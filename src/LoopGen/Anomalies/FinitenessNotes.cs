using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Whether tensors are finite, noted on the device step by step and read later, all at once.
/// </summary>
/// <remarks>
/// The note of a tensor is its smallest and its largest value, in one pass over it: both are NaN if any value is, and an
/// infinity is one of them. Unlike a norm or a sum they cannot overflow. They belong to no dispose scope.
/// </remarks>
internal sealed class FinitenessNotes : IDisposable
{
    // By type, because tensors of one type are stacked in one launch.
    private readonly Dictionary<ScalarType, (List<Tensor> Values, List<(int Row, int Slot)> Places)> notes = [];

    /// <summary>How many tensors wait on the device.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a tensor, without waiting for the device; one that cannot be NaN is passed over.</summary>
    /// <param name="row">The number of the step since the last reading.</param>
    /// <param name="slot">What the tensor is.</param>
    /// <param name="tensor">The tensor.</param>
    public void Add(int row, int slot, Tensor tensor)
    {
        var dtype = tensor.dtype;
        if (!is_floating_point(dtype) || tensor.numel() == 0)
        {
            return;
        }

        // What a sparse gradient does not hold is zero.
        using var values = tensor.is_sparse ? tensor.to_dense() : null;
        var (least, greatest) = (values ?? tensor).aminmax();
        if (!notes.TryGetValue(dtype, out var list))
        {
            list = ([], []);
            notes.Add(dtype, list);
        }

        list.Values.Add(least.DetachFromDisposeScope());
        list.Values.Add(greatest.DetachFromDisposeScope());
        list.Places.Add((row, slot));
        Count += 2;
    }

    /// <summary>Waits for the device, reads everything and forgets it.</summary>
    /// <param name="rows">How many steps were noted.</param>
    /// <param name="slots">How many tensors a step has.</param>
    /// <returns>What each was.</returns>
    public Finiteness[,] Read(int rows, int slots)
    {
        var result = new Finiteness[rows, slots];
        foreach (var (values, places) in notes.Values)
        {
            if (values.Count == 0)
            {
                continue;
            }

            using var scope = NewDisposeScope();
            var numbers = stack(values).cpu().to_type(ScalarType.Float64).data<double>().ToArray();
            for (var index = 0; index < places.Count; index++)
            {
                var (row, slot) = places[index];
                result[row, slot] = Of(numbers[2 * index], numbers[(2 * index) + 1]);
            }
        }

        Clear();
        return result;
    }

    /// <summary>Frees what was not read.</summary>
    public void Dispose() => Clear();

    private static Finiteness Of(double least, double greatest) =>
        double.IsNaN(least) || double.IsNaN(greatest) ? Finiteness.NaN
            : double.IsInfinity(least) || double.IsInfinity(greatest) ? Finiteness.Infinite
            : Finiteness.Finite;

    private void Clear()
    {
        foreach (var (values, places) in notes.Values)
        {
            values.ForEach(value => value.Dispose());
            values.Clear();
            places.Clear();
        }

        Count = 0;
    }
}
