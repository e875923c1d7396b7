using System.Globalization;
using System.IO.Compression;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Writes what <see href="https://pytorch.org/docs/stable/generated/torch.save.html">torch.save</see> makes of a state
/// dictionary: a ZIP archive with the dictionary as a pickle and the values of each tensor in a file of their own.
/// </summary>
internal static class PyTorchArchive
{
    private const string Root = "archive/";

    /// <summary>The earliest time that a ZIP archive can hold: the same weights make the same file.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<ScalarType, string> Storages = new()
    {
        [ScalarType.Float64] = "DoubleStorage",
        [ScalarType.Float32] = "FloatStorage",
        [ScalarType.Float16] = "HalfStorage",
        [ScalarType.BFloat16] = "BFloat16Storage",
        [ScalarType.Int64] = "LongStorage",
        [ScalarType.Int32] = "IntStorage",
        [ScalarType.Int16] = "ShortStorage",
        [ScalarType.Int8] = "CharStorage",
        [ScalarType.Byte] = "ByteStorage",
        [ScalarType.Bool] = "BoolStorage",
        [ScalarType.ComplexFloat32] = "ComplexFloatStorage",
        [ScalarType.ComplexFloat64] = "ComplexDoubleStorage",
    };

    /// <summary>Writes a file, in the place of one that is there.</summary>
    /// <exception cref="NotSupportedException">A tensor has a type that PyTorch's files do not have.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        // Names of one tensor share a storage, so that they are one tensor again after torch.load.
        var storages = new Dictionary<IntPtr, (string Key, Tensor Tensor)>();
        foreach (var (name, tensor) in tensors)
        {
            if (tensor.is_meta || tensor.is_sparse || !Storages.ContainsKey(tensor.dtype))
            {
                throw new NotSupportedException(
                    $"'{name}' cannot be exported: it is {tensor.dtype}{(tensor.is_meta ? " on the meta device" : tensor.is_sparse ? ", sparse" : string.Empty)}.");
            }

            storages.TryAdd(tensor.Handle, (storages.Count.ToString(CultureInfo.InvariantCulture), tensor));
        }

        AtomicFile.Replace(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            Add(archive, "data.pkl", content => content.Write(Pickle(tensors, storages)));
            Add(archive, "byteorder", content => content.Write("little"u8));
            foreach (var (key, tensor) in storages.Values)
            {
                Add(archive, "data/" + key, content => TensorBytes.Read(tensor, piece => content.Write(piece)));
            }

            // The number of the format, not of PyTorch.
            Add(archive, "version", content => content.Write("3\n"u8));
        });
    }

    private static void Add(ZipArchive archive, string name, Action<Stream> write)
    {
        // PyTorch reads only what is stored as it is.
        var entry = archive.CreateEntry(Root + name, CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        using var content = entry.Open();
        write(content);
    }

    private static byte[] Pickle(
        IReadOnlyDictionary<string, Tensor> tensors, Dictionary<IntPtr, (string Key, Tensor Tensor)> storages)
    {
        var pickle = new PickleWriter();
        OrderedDictionary(pickle);
        pickle.Mark();
        foreach (var (name, tensor) in tensors)
        {
            pickle.String(name);
            Rebuild(pickle, tensor, storages[tensor.Handle].Key);
        }

        pickle.SetItems();
        return pickle.Finish();
    }

    /// <summary>
    /// <c>_rebuild_tensor_v2(storage, storage_offset, size, stride, requires_grad, backward_hooks)</c>, where the storage
    /// is <c>('storage', type, key, location, number of elements)</c>.
    /// </summary>
    private static void Rebuild(PickleWriter pickle, Tensor tensor, string key)
    {
        pickle.Global("torch._utils", "_rebuild_tensor_v2");
        pickle.Mark();

        pickle.Mark();
        pickle.String("storage");
        pickle.Global("torch", Storages[tensor.dtype]);
        pickle.String(key);
        pickle.String("cpu");
        pickle.Number(tensor.numel());
        pickle.Tuple();
        pickle.PersistentId();

        pickle.Number(0);
        pickle.Numbers(tensor.shape);
        pickle.Numbers(RowStrides(tensor.shape));
        pickle.False();
        OrderedDictionary(pickle);

        pickle.Tuple();
        pickle.Reduce();
    }

    private static void OrderedDictionary(PickleWriter pickle)
    {
        pickle.Global("collections", "OrderedDict");
        pickle.EmptyTuple();
        pickle.Reduce();
    }

    /// <summary>The strides of a tensor whose rows lie one after the other.</summary>
    private static long[] RowStrides(long[] shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            strides[dimension] = stride;
            stride *= Math.Max(shape[dimension], 1);
        }

        return strides;
    }
}
