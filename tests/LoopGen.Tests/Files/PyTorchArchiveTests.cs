namespace LoopGen.Tests;

public sealed class PyTorchArchiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<ScalarType, string> Types => new()
    {
        { ScalarType.Float64, "torch.DoubleStorage" },
        { ScalarType.Float32, "torch.FloatStorage" },
        { ScalarType.Float16, "torch.HalfStorage" },
        { ScalarType.BFloat16, "torch.BFloat16Storage" },
        { ScalarType.Int64, "torch.LongStorage" },
        { ScalarType.Int32, "torch.IntStorage" },
        { ScalarType.Int16, "torch.ShortStorage" },
        { ScalarType.Int8, "torch.CharStorage" },
        { ScalarType.Byte, "torch.ByteStorage" },
        { ScalarType.Bool, "torch.BoolStorage" },
        { ScalarType.ComplexFloat32, "torch.ComplexFloatStorage" },
        { ScalarType.ComplexFloat64, "torch.ComplexDoubleStorage" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryTypeAndShapeIsThere(ScalarType type, string storage)
    {
        using var scope = NewDisposeScope();
        long[][] shapes = [[], [0], [5], [3, 0, 2], [2, 3], [300, 3], [70_000]];
        var tensors = shapes.Select((shape, index) => ($"t{index}", (randn(shape) * 50).to(type))).ToArray();
        using var model = new OneTensor(tensors);

        model.ExportPyTorch(folder["model.pt"]);

        var read = PlainPickle.Open(folder["model.pt"]);
        Assert.Equal(tensors.Select(pair => pair.Item1), read.Select(pair => pair.Name));
        foreach (var ((_, value), (_, stored)) in tensors.Zip(read))
        {
            Assert.Equal(storage, stored.Storage);
            Assert.Equal(value.shape, stored.Shape);
            Assert.Equal(value.stride(), stored.Strides);
            Assert.Equal((value.numel(), 0), (stored.Count, stored.Offset));
            Assert.Equal(StateCopy.Bits(value), stored.Bytes);
        }
    }

    [Fact]
    public void NamesOrderAndBuffersAreThoseOfTheStateDictionary()
    {
        using var model = new FileModel();
        model.ExportPyTorch(folder["model.pt"]);
        Assert.Equal(model.state_dict().Keys, PlainPickle.Open(folder["model.pt"]).Select(pair => pair.Name));
    }

    [Fact]
    public void OtherLayoutsAreWrittenRowByRow()
    {
        using var scope = NewDisposeScope();
        using var model = new OneTensor(("größe", arange(6).view(2, 3).t()), ("e", ones(1).expand(3)));
        model.ExportPyTorch(folder["model.pt"]);

        var read = PlainPickle.Open(folder["model.pt"]);
        Assert.Equal("größe", read[0].Name);
        Assert.Equal([2, 1], read[0].Tensor.Strides);
        Assert.Equal(StateCopy.Bits(tensor((long[])[0, 3, 1, 4, 2, 5])), read[0].Tensor.Bytes);
        Assert.Equal(12, read[1].Tensor.Bytes.Length);
    }

    [Fact]
    public void LayersThatShareATensorShareAStorage()
    {
        using var model = new TiedModel();
        model.ExportPyTorch(folder["tied.pt"]);

        var read = PlainPickle.Open(folder["tied.pt"]);
        Assert.Equal(["First.weight", "Second.weight"], read.Select(pair => pair.Name));
        Assert.All(read, pair => Assert.Equal("0", pair.Tensor.Key));
    }

    [Fact]
    public void WhatHasNoValuesIsAnErrorAndLeavesTheFile()
    {
        using var model = new OneTensor(("x", zeros(2, device: META)));
        File.WriteAllText(folder["model.pt"], "before");
        Assert.Equal(
            "'x' cannot be exported: it is Float32 on the meta device.",
            Assert.Throws<NotSupportedException>(() => model.ExportPyTorch(folder["model.pt"])).Message);
        Assert.Equal("before", File.ReadAllText(folder["model.pt"]));
    }

    [Fact]
    public void NumbersOfEverySizeAreWritten()
    {
        var pickle = new PickleWriter();
        long[] numbers = [0, 255, 256, 65_535, 65_536, int.MaxValue, 1L + int.MaxValue, 1L << 40, long.MaxValue];
        pickle.Numbers(numbers);
        Assert.Equal(
            "8002" + "28" + "4b00" + "4bff" + "4d0001" + "4dffff" + "4a00000100" + "4affffff7f" + "8a050000008000"
                + "8a06000000000001" + "8a08ffffffffffffff7f" + "74" + "2e",
            Convert.ToHexString(pickle.Finish()).ToLowerInvariant());
    }
}
