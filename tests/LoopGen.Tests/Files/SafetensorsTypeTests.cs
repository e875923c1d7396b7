namespace LoopGen.Tests;

/// <summary>Every type and layout, read by the format's description and by the library.</summary>
public sealed class SafetensorsTypeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<ScalarType, string> Types => new()
    {
        { ScalarType.Float64, "F64" },
        { ScalarType.Float32, "F32" },
        { ScalarType.Float16, "F16" },
        { ScalarType.BFloat16, "BF16" },
        { ScalarType.Int64, "I64" },
        { ScalarType.Int32, "I32" },
        { ScalarType.Int16, "I16" },
        { ScalarType.Int8, "I8" },
        { ScalarType.Byte, "U8" },
        { ScalarType.Bool, "BOOL" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryTypeAndShapeComesBack(ScalarType type, string name)
    {
        using var scope = NewDisposeScope();
        long[][] shapes = [[], [1], [0], [5], [3, 0, 2], [2, 3], [1, 1, 7], [2, 3, 4, 5, 1]];
        var tensors = shapes.Select((shape, index) => ($"t{index}", Values(shape, type))).ToArray();
        using var saved = new OneTensor(tensors);
        using var loaded = new OneTensor([.. tensors.Select(pair => (pair.Item1, zeros_like(pair.Item2)))]);

        saved.SaveWeights(folder["types.safetensors"]);
        loaded.LoadWeights(folder["types.safetensors"]);

        Assert.Equal(StateCopy.Of(saved), StateCopy.Of(loaded));
        var file = PlainSafetensors.Read(folder["types.safetensors"]);
        foreach (var (key, value) in tensors)
        {
            var (typeName, shape, bytes) = file.Tensor(key);
            Assert.Equal(name, typeName);
            Assert.Equal(value.shape, shape);
            Assert.Equal(StateCopy.Bits(value), bytes);
        }
    }

    [Fact]
    public void ValuesThatAreNoNumbersKeepTheirBits()
    {
        using var scope = NewDisposeScope();
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue];
        using var saved = new OneTensor(("d", tensor(odd)), ("f", tensor(odd).to(float32)), ("b", tensor(odd).to(bfloat16)));
        using var loaded = new OneTensor(("d", zeros(6, dtype: float64)), ("f", zeros(6)), ("b", zeros(6, dtype: bfloat16)));

        saved.SaveWeights(folder["odd.safetensors"]);
        loaded.LoadWeights(folder["odd.safetensors"]);

        Assert.Equal(StateCopy.Of(saved), StateCopy.Of(loaded));
    }

    [Fact]
    public void OtherLayoutsAreWrittenRowByRowAndKept()
    {
        using var scope = NewDisposeScope();
        var rows = arange(24, dtype: float32).view(2, 3, 4);
        (string, Tensor)[] Layouts(Tensor source) =>
        [
            ("transposed", source.transpose(0, 2)),
            ("part", source.narrow(2, 1, 2)),
            ("strided", source.view(-1)[TensorIndex.Slice(1, 20, 3)]),
            ("flipped", source.flip(0)),
        ];
        using var saved = new OneTensor([.. Layouts(rows), ("expanded", ones(3).expand(2, 3))]);
        var target = zeros(2, 3, 4);
        using var loaded = new OneTensor([.. Layouts(target.clone()).Select(pair => (pair.Item1, pair.Item2.clone())), ("expanded", zeros(2, 3))]);
        using var views = new OneTensor(("transposed", target.transpose(0, 2)));
        Assert.False(views.get_buffer("transposed")!.is_contiguous());

        saved.SaveWeights(folder["layouts.safetensors"]);
        loaded.LoadWeights(folder["layouts.safetensors"]);
        views.LoadWeights(folder["layouts.safetensors"], strict: false);

        Assert.Equal(StateCopy.Of(saved), StateCopy.Of(loaded));
        Assert.Equal(StateCopy.Bits(rows), StateCopy.Bits(target));
    }

    [Fact]
    public void DataIsAlignedForItsType()
    {
        using var scope = NewDisposeScope();
        using var saved = new OneTensor(
            ("b", ones(3, dtype: ScalarType.Bool)), ("h", ones(3, dtype: float16)), ("l", ones(1, dtype: int64)), ("f", ones(3)), ("d", ones(1, dtype: float64)));
        saved.SaveWeights(folder["mixed.safetensors"], new Dictionary<string, string> { ["odd"] = "length" });

        var bytes = File.ReadAllBytes(folder["mixed.safetensors"]);
        Assert.Equal(0UL, BitConverter.ToUInt64(bytes) % 8);
        var file = PlainSafetensors.Read(folder["mixed.safetensors"]);
        (string, int)[] widths = [("b", 1), ("h", 2), ("l", 8), ("f", 4), ("d", 8)];
        Assert.All(widths, pair => Assert.Equal(0, file.Header[pair.Item1]!["data_offsets"]![0]!.GetValue<int>() % pair.Item2));
    }

    [Fact]
    public void ATensorOfManyPiecesComesBack()
    {
        using var scope = NewDisposeScope();
        using var saved = new OneTensor(("large", randn(700, 1001)), ("small", randn(7)), ("larger", randn(1_500_001)));
        using var loaded = new OneTensor(("large", zeros(700, 1001)), ("small", zeros(7)), ("larger", zeros(1_500_001)));

        saved.SaveWeights(folder["large.safetensors"]);
        loaded.LoadWeights(folder["large.safetensors"]);

        Assert.Equal(StateCopy.Of(saved), StateCopy.Of(loaded));
    }

    [Fact]
    public void WhatTheFormatLacksIsAnErrorAndLeavesTheFile()
    {
        using var scope = NewDisposeScope();
        File.WriteAllText(folder["kept.safetensors"], "before");
        (Tensor Value, string Reason)[] wrong =
        [
            (zeros(2, dtype: complex64), "'x' cannot be saved: it is ComplexFloat32, which safetensors files do not have. Keep complex numbers"),
            (zeros(2, device: META), "'x' cannot be saved: it is on the meta device"),
            (eye(2).to_sparse(), "'x' cannot be saved: it is sparse"),
        ];
        foreach (var (value, reason) in wrong)
        {
            using var model = new OneTensor(("good", ones(1)), ("x", value));
            Assert.StartsWith(reason, Assert.Throws<NotSupportedException>(() => model.SaveWeights(folder["kept.safetensors"])).Message);
        }

        Assert.Throws<ArgumentException>(() =>
            SafetensorsFile.Save(folder["kept.safetensors"], new Dictionary<string, Tensor> { ["__metadata__"] = ones(1) }));
        Assert.Equal("before", File.ReadAllText(folder["kept.safetensors"]));
        Assert.Equal(["kept.safetensors"], folder.Names);
    }

    [Fact]
    public void TheSameWeightsMakeTheSameFile()
    {
        using var model = new FileModel();
        model.SaveWeights(folder["a"]);
        model.SaveWeights(folder["b"]);
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
        model.ExportPyTorch(folder["a"]);
        model.ExportPyTorch(folder["b"]);
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
    }

    private static Tensor Values(long[] shape, ScalarType type) => (randn(shape, dtype: float64) * 50).to(type);
}
