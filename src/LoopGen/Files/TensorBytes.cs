using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The values of tensors as bytes, row after row, in the machine's order: that of the files, little-endian.</summary>
internal static class TensorBytes
{
    /// <summary>A span holds at most 2 GiB, a tensor may hold more.</summary>
    private const long LargestPiece = 1 << 30;

    /// <summary>Takes a piece of a tensor's memory, which is valid until it returns.</summary>
    public delegate void PieceAction(Span<byte> piece);

    /// <summary>How many bytes the values of a tensor take.</summary>
    public static long Length(Tensor tensor) => tensor.numel() * tensor.ElementSize;

    /// <summary>
    /// Reads a tensor wherever it lives and however it is laid out. One that lies on the CPU row after row is not copied.
    /// </summary>
    public static void Read(Tensor tensor, PieceAction action)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Visit(tensor.detach().cpu().contiguous(), action);
    }

    /// <summary>
    /// Fills a tensor in place, wherever it lives and however it is laid out. One that lies on the CPU row after row is
    /// filled without a copy.
    /// </summary>
    public static void Fill(Tensor tensor, PieceAction action)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (tensor.device_type == DeviceType.CPU && tensor.is_contiguous())
        {
            var values = tensor.detach();
            Visit(values, action);

            // Writing nothing tells autograd that the values have changed: a graph from before refuses to go back over them.
            values.view(-1).narrow(0, 0, 0).zero_();
        }
        else
        {
            var values = empty(tensor.shape, dtype: tensor.dtype, device: CPU);
            Visit(values, action);
            tensor.copy_(values);
        }
    }

    private static void Visit(Tensor rows, PieceAction action)
    {
        var count = rows.numel();
        if (count == 0)
        {
            return;
        }

        var flat = rows.view(-1);
        var step = LargestPiece / rows.ElementSize;
        for (var begin = 0L; begin < count; begin += step)
        {
            using var piece = flat.narrow(0, begin, Math.Min(step, count - begin));
            action(piece.bytes);
        }
    }
}
