using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

public sealed class WeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EveryParameterAndBufferComesBackBitForBit()
    {
        using var saved = Trained();
        using var loaded = new FileModel();
        saved.SaveWeights(folder["model.safetensors"]);

        var result = loaded.LoadWeights(folder["model.safetensors"]);

        Assert.Equal(StateCopy.Of(saved), StateCopy.Of(loaded));
        Assert.Equal(3, loaded.Norm.num_batches_tracked!.item<long>());
        Assert.Empty(result.Metadata);
        Assert.Empty(result.MissingNames);
        Assert.Empty(result.UnexpectedNames);
        Assert.Equal(["model.safetensors"], folder.Names);
    }

    [Fact]
    public void WhatIsNotPersistentIsNotSaved()
    {
        using var saved = new FileModel();
        saved.SaveWeights(folder["model.safetensors"]);

        var names = PlainSafetensors.Read(folder["model.safetensors"]).Header.Select(pair => pair.Key);
        Assert.Equal(saved.state_dict().Keys.Append("__metadata__").Order(), names.Order());
        Assert.DoesNotContain("scratch", names);
    }

    [Fact]
    public void TextIsSavedWithThem()
    {
        var text = new Dictionary<string, string> { ["epoch"] = "3", ["Straße \"1\"\n"] = "größer\u0001 \\ 🙂", [""] = "" };
        using var model = new FileModel();
        model.SaveWeights(folder["model.safetensors"], text);

        Assert.Equal(text, model.LoadWeights(folder["model.safetensors"]).Metadata);
    }

    [Fact]
    public void TheTensorsStayAndTheOptimizerGoesOn()
    {
        using var saved = Trained();
        using var model = new FileModel();
        using var optimizer = optim.Adam(model.parameters());
        model.Train(optimizer);
        var (parameters, buffers) = (model.parameters().ToList(), model.buffers().ToList());
        saved.SaveWeights(folder["model.safetensors"]);

        using (NewDisposeScope())
        {
            model.LoadWeights(folder["model.safetensors"]);
        }

        Assert.Equal(StateCopy.Of(saved), StateCopy.Of(model));
        Assert.All(model.parameters().Zip(parameters), pair => Assert.Same(pair.Second, pair.First));
        Assert.All(model.buffers().Zip(buffers), pair => Assert.Same(pair.Second, pair.First));
        Assert.All(parameters, parameter => Assert.True(parameter.requires_grad));
        model.Train(optimizer);
        var before = StateCopy.Of(saved);
        Assert.All(StateCopy.Of(model), pair => Assert.NotEqual(before[pair.Key], pair.Value));
    }

    [Fact]
    public void NothingIsLeftBehind()
    {
        using var model = new FileModel();
        LiveTensors.AssertNoneLeft(() =>
        {
            model.SaveWeights(folder["model.safetensors"]);
            model.LoadWeights(folder["model.safetensors"]);
            model.ExportPyTorch(folder["model.pt"]);
        });
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void AGraphFromBeforeKnowsThatTheWeightsHaveChanged()
    {
        using var scope = NewDisposeScope();
        using var model = new FileModel();
        model.SaveWeights(folder["model.safetensors"]);
        var loss = model.call(randn(8, 3)).square().mean();

        model.LoadWeights(folder["model.safetensors"]);

        var error = Assert.ThrowsAny<Exception>(() => loss.backward());
        Assert.Contains("modified by an inplace operation", error.Message);
    }

    [Fact]
    public void ATensorThatLayersShareIsSavedUnderEachNameAndStaysShared()
    {
        using var saved = new TiedModel();
        using var loaded = new TiedModel();
        saved.SaveWeights(folder["tied.safetensors"]);
        var file = PlainSafetensors.Read(folder["tied.safetensors"]);
        Assert.Equal(file.Tensor("Second.weight").Bytes, file.Tensor("First.weight").Bytes);

        loaded.LoadWeights(folder["tied.safetensors"]);

        Assert.Equal(StateCopy.Of(saved), StateCopy.Of(loaded));
        Assert.Same(loaded.First.weight, loaded.Second.weight);
    }

    [Fact]
    public void OneNameOfASharedTensorWillDo()
    {
        using var saved = Sequential(("Second", Linear(3, 3, hasBias: false)));
        using var loaded = new TiedModel();
        saved.SaveWeights(folder["one.safetensors"]);

        loaded.LoadWeights(folder["one.safetensors"]);

        Assert.Equal(StateCopy.Bits(((Linear)saved[0]).weight!), StateCopy.Bits(loaded.First.weight));
    }

    [Fact]
    public void NamesOfASharedTensorMustAgree()
    {
        using var saved = Sequential(("First", Linear(3, 3, hasBias: false)), ("Second", Linear(3, 3, hasBias: false)));
        using var loaded = new TiedModel();
        saved.SaveWeights(folder["untied.safetensors"]);
        var before = StateCopy.Of(loaded);

        var error = Assert.Throws<InvalidOperationException>(() => loaded.LoadWeights(folder["untied.safetensors"]));

        Assert.Contains("'First.weight' and 'Second.weight' are one tensor in the model, but have different values", error.Message);
        Assert.Equal(before, StateCopy.Of(loaded));
    }

    [Fact]
    public void ALoadThatIsNotStrictSaysWhatItLeftOut()
    {
        using var saved = Sequential(("a", Linear(3, 3)), ("b", Linear(3, 2)));
        using var loaded = Sequential(("a", Linear(3, 3)), ("c", Linear(3, 2)));
        saved.SaveWeights(folder["other.safetensors"]);
        var before = StateCopy.Of(loaded);

        var result = loaded.LoadWeights(folder["other.safetensors"], strict: false);

        Assert.Equal(["c.weight", "c.bias"], result.MissingNames);
        Assert.Equal(["b.bias", "b.weight"], result.UnexpectedNames.Order());
        var (ours, theirs) = (StateCopy.Of(loaded), StateCopy.Of(saved));
        Assert.Equal(theirs["a.weight"], ours["a.weight"]);
        Assert.Equal(before["c.weight"], ours["c.weight"]);
    }

    [Fact]
    public void AnAverageIsSavedWhileItIsInTheModel()
    {
        using var model = new FileModel();
        using var averages = AveragedWeights.Equal(model);
        averages.Update();
        using (averages.SwapIn())
        {
            model.SaveWeights(folder["average.safetensors"]);
        }

        var expected = StateCopy.Of(model);
        model.Train(optim.SGD(model.parameters(), 0.1));
        model.LoadWeights(folder["average.safetensors"]);
        Assert.Equal(expected, StateCopy.Of(model));
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        using var model = new FileModel();
        Assert.Throws<ArgumentNullException>("model", () => Weights.SaveWeights(null!, "x"));
        Assert.Throws<ArgumentNullException>("model", () => Weights.LoadWeights(null!, "x"));
        Assert.Throws<ArgumentNullException>("model", () => Weights.ExportPyTorch(null!, "x"));
        Assert.Throws<ArgumentNullException>("path", () => model.SaveWeights(null!));
        Assert.Throws<ArgumentException>("path", () => model.LoadWeights(""));
        Assert.Throws<ArgumentException>("metadata", () => model.SaveWeights(folder["x"], new Dictionary<string, string> { ["loopgen.x"] = "" }));
        Assert.Throws<ArgumentException>("metadata", () => model.SaveWeights(folder["x"], new Dictionary<string, string> { ["x"] = null! }));
        Assert.Empty(folder.Names);
    }

    private static FileModel Trained()
    {
        var model = new FileModel();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        model.Train(optimizer);
        return model;
    }
}
