using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>What a layer is called with: said in words where torch says it from deep inside, or not at all.</summary>
public sealed class LayerInputTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    public static TheoryData<string> OneValue => new("BatchNorm1d", "BatchNorm1d in time", "BatchNorm2d", "BatchNorm3d", "InstanceNorm1d", "InstanceNorm2d");

    [Theory]
    [MemberData(nameof(OneValue))]
    public void RefusesOneValuePerChannel(string which)
    {
        var (norm, wrong, right) = Norm(which);
        var model = Sequential(("norm", norm));
        using var watch = LayerInputs.Watch(model);
        model.call(right);
        var variance = norm.running_var!.clone();
        var exception = Assert.Throws<InvalidOperationException>(() => model.call(wrong));
        Assert.StartsWith($"norm ({norm.GetType().Name}) got one value per channel", exception.Message);
        Assert.Equal(variance.data<float>(), norm.running_var!.data<float>());

        // Frozen layers and an evaluation stay fine.
        norm.eval();
        Assert.True(model.call(wrong).isfinite().all().item<bool>());
        norm.train();
        watch.Dispose();
        model.call(wrong);
    }

    [Fact]
    public void NamesTheWaysOut()
    {
        var model = Sequential(("norm", BatchNorm1d(2)));
        using var watch = LayerInputs.Watch(model);
        var message = Assert.Throws<InvalidOperationException>(() => model.call(rand(1, 2))).Message;
        Assert.Equal(
            "norm (BatchNorm1d) got one value per channel, (1, 2), in training mode. One value has no variance, and would make "
            + "the running statistics NaN for good. If this is a last batch of one sample, leave it out with dropLast: true or "
            + "choose another batchSize; else put the layer in evaluation mode with eval() in OnEpochBegin.",
            message);
    }

    [Fact]
    public void RefusesTypesThatALayerDoesNotTake()
    {
        Check(Linear(3, 2), rand(4, 3, dtype: float64), "layer (Linear) takes inputs of the type of its weights, Float32, but got Float64 (4, 3). Convert the inputs, .to(torch.float32); an array of float instead of double gives float32.");
        Check(Linear(3, 2), zeros(4, 3, dtype: uint8), "layer (Linear) takes inputs of the type of its weights, Float32, but got Byte (4, 3). Convert the inputs and scale them: .to(torch.float32) / 255 for pictures.");
        Check(Linear(3, 2), zeros(4, 3, dtype: int64), "Convert the inputs: .to(torch.float32).");
        Check(Linear(3, 2).to(float64), rand(4, 3), "Convert the inputs, .to(torch.float64), or the model, .to(torch.float32).");
        Check(Conv2d(1, 2, 3), rand(4, 1, 8, 8, dtype: float64), "layer (Conv2d) takes");
        Check(ConvTranspose2d(1, 2, 3), rand(4, 1, 8, 8, dtype: float64), "layer (ConvTranspose2d) takes");
        Check(LayerNorm(3), rand(4, 3, dtype: float64), "layer (LayerNorm) takes");
        Check(BatchNorm1d(3), zeros(4, 3, dtype: uint8), "layer (BatchNorm1d) takes");
        Check(GroupNorm(3, 3), rand(4, 3, dtype: float64), "layer (GroupNorm) takes");
        Check(Embedding(3, 2), rand(4, 3), "layer (Embedding) takes indices, int64 or int32, but got Float32 (4, 3). Convert the inputs: .to(torch.int64).");
        var gru = GRU(3, 2);
        using var watch = LayerInputs.Watch(gru);
        Assert.Contains("takes inputs of", Assert.Throws<ArgumentException>(() => gru.call(rand(4, 5, 3, dtype: float64))).Message);
        gru.call(rand(4, 5, 3));
        var lstm = LSTM(3, 2);
        using var second = LayerInputs.Watch(lstm);
        Assert.Contains("takes inputs of", Assert.Throws<ArgumentException>(() => lstm.call(rand(4, 5, 3, dtype: float64))).Message);
        lstm.call(rand(4, 5, 3));

        // Torch takes these.
        var tables = Sequential(("layer", Embedding(3, 2)));
        using var third = LayerInputs.Watch(tables);
        tables.call(zeros(4, dtype: int64));
        tables.call(zeros(4, dtype: int32));

        static void Check(Module<Tensor, Tensor> layer, Tensor input, string message)
        {
            var model = Sequential(("layer", layer));
            using var watch = LayerInputs.Watch(model);
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => model.call(input)).Message);
        }
    }

    [Fact]
    public void ARunWatchesItsModel()
    {
        var model = new Normed();
        using (var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent))
        {
            Assert.Throws<ArgumentException>(() => model.call(rand(4, 2, dtype: float64)));
            Assert.Throws<InvalidOperationException>(() => model.call(rand(1, 2)));
            model.call(rand(4, 2));
            run.BeginEpoch(1);
            run.EndBatch();
            Assert.Throws<InvalidOperationException>(() => model.call(rand(1, 2)));
        }

        model.call(rand(1, 2));
        using (var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent))
        {
            run.End(new History<TestLog>());
            model.call(rand(1, 2));
        }
    }

    private static (NormBase Norm, Tensor Wrong, Tensor Right) Norm(string which) => which switch
    {
        "BatchNorm1d" => (BatchNorm1d(2), rand(1, 2), rand(2, 2)),
        "BatchNorm1d in time" => (BatchNorm1d(2), rand(1, 2, 1), rand(1, 2, 2)),
        "BatchNorm2d" => (BatchNorm2d(2), rand(1, 2, 1, 1), rand(1, 2, 8, 8)),
        "BatchNorm3d" => (BatchNorm3d(2), rand([1, 2, 1, 1, 1]), rand([1, 2, 1, 1, 2])),
        "InstanceNorm1d" => (InstanceNorm1d(2, track_running_stats: true), rand(3, 2, 1), rand(3, 2, 2)),
        _ => (InstanceNorm2d(2, track_running_stats: true), rand(3, 2, 1, 1), rand(3, 2, 1, 2)),
    };

    private sealed class Normed : Module<Tensor, Tensor>
    {
        public readonly Linear Linear = Linear(2, 2);
        public readonly BatchNorm1d Norm = BatchNorm1d(2);

        public Normed()
            : base(nameof(Normed)) => RegisterComponents();

        public override Tensor forward(Tensor input) => Norm.call(Linear.call(input));
    }
}
