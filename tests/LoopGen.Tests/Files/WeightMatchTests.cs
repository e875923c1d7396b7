using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>Files that are whole, but not of the model: one message has it all, and the model is as it was.</summary>
public sealed class WeightMatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EverythingThatDoesNotFitIsListed()
    {
        using var saved = new OneTensor(
            ("same", ones(2)), ("weights", ones(3)), ("shape", ones(2, 5)), ("type", ones(2, dtype: float64)), ("extra", ones(1)));
        using var loaded = new OneTensor(
            ("same", zeros(2)), ("weight", zeros(3)), ("shape", zeros(5, 2)), ("type", zeros(2)), ("altogether_new", zeros(1)));

        Assert.Equal(
            """
            'PATH' does not fit OneTensor, and nothing of it was loaded:
            - 'weight' is not in the file (there is 'weights')
            - 'altogether_new' is not in the file
            - 'weights' is in the file, but not in the model (there is 'weight')
            - 'extra' is in the file, but not in the model
            - 'shape' is Float32 (5, 2) in the model, but Float32 (2, 5) in the file
            - 'type' is Float32 (2) in the model, but Float64 (2) in the file
            """.ReplaceLineEndings("\n"),
            ErrorOf(saved, loaded));
    }

    [Fact]
    public void ShapesAndTypesMustFitEvenIfNamesNeedNot()
    {
        using var saved = new OneTensor(("shape", ones(1)), ("extra", ones(1)));
        using var loaded = new OneTensor(("shape", zeros([])), ("new", zeros(1)));

        Assert.Equal(
            """
            'PATH' does not fit OneTensor, and nothing of it was loaded:
            - 'shape' is Float32 () in the model, but Float32 (1) in the file
            """.ReplaceLineEndings("\n"),
            ErrorOf(saved, loaded, strict: false));
    }

    [Fact]
    public void WhatCannotBeWrittenToIsFoundBeforehand()
    {
        using var saved = new OneTensor(("a", ones(2)), ("wide", ones(4, 3)), ("none", ones(2)));
        using var loaded = new OneTensor(("a", zeros(2)), ("wide", zeros(3).expand(4, 3)), ("none", zeros(2, device: META)));

        var error = ErrorOf(saved, loaded);

        Assert.Contains("'wide' cannot be written to", error);
        Assert.Contains("'none' cannot be written to", error);
        Assert.Equal(new byte[8], StateCopy.Bits(loaded.get_buffer("a")!));
    }

    [Fact]
    public void ATypeThatTorchSharpLacksIsNamed()
    {
        File.WriteAllBytes(folder["u16.safetensors"], PlainSafetensors.Bytes("""{"x":{"dtype":"U16","shape":[2],"data_offsets":[0,4]}}""", new byte[4]));
        using var model = new OneTensor(("x", zeros(2, dtype: int16)));

        var error = Assert.Throws<InvalidOperationException>(() => model.LoadWeights(folder["u16.safetensors"]));

        Assert.Contains("'x' is Int16 (2) in the model, but U16 (2) in the file", error.Message);
    }

    [Fact]
    public void ALargeModelWithOtherNamesIsToldSoAtOnce()
    {
        using var saved = Sequential([.. Enumerable.Range(0, 300).Select(index => ($"left{index}", (Module<Tensor, Tensor>)Linear(1, 1)))]);
        using var loaded = Sequential([.. Enumerable.Range(0, 300).Select(index => ($"right{index}", (Module<Tensor, Tensor>)Linear(1, 1)))]);
        saved.SaveWeights(folder["many.safetensors"]);

        var error = Assert.Throws<InvalidOperationException>(() => loaded.LoadWeights(folder["many.safetensors"]));

        Assert.Equal(1 + (4 * 300), error.Message.Split('\n').Length);
    }

    private string ErrorOf(nn.Module saved, nn.Module loaded, bool strict = true)
    {
        var path = folder["model.safetensors"];
        saved.SaveWeights(path);
        var before = loaded.state_dict().Where(pair => !pair.Value.is_meta).ToDictionary(pair => pair.Key, pair => StateCopy.Bits(pair.Value));
        var error = Assert.Throws<InvalidOperationException>(() => loaded.LoadWeights(path, strict)).Message;
        Assert.All(before, pair => Assert.Equal(pair.Value, StateCopy.Bits(loaded.state_dict()[pair.Key])));
        return error.Replace(path, "PATH", StringComparison.Ordinal);
    }
}
