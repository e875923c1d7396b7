using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

/// <summary>Torch says "empty handle"; a run says whose.</summary>
public sealed class FreedTensorTests
{
    [Fact]
    public void AStateThatIsKeptOverBatchesIsNamed()
    {
        using var model = new Recurrent();
        var exception = Assert.Throws<InvalidOperationException>(() => Train(model));
        Assert.StartsWith("Recurrent holds tensors that were freed: hidden. What forward makes is freed when its step ends.", exception.Message);
        Assert.Contains("state.detach().DetachFromDisposeScope()", exception.Message);
        Assert.Contains("empty handle", exception.InnerException!.Message);
    }

    [Fact]
    public void ABufferThatIsAssignedAgainIsNamed()
    {
        using var model = new Counting();
        var exception = Assert.Throws<InvalidOperationException>(() => Train(model));
        Assert.StartsWith("Counting holds tensors that were freed: running", exception.Message);
        Assert.Contains("copy_", exception.Message);
    }

    [Fact]
    public void AModelThatWasDisposedIsCalledSo()
    {
        var model = new TinyModel();
        model.Dispose();
        var exception = Assert.Throws<ObjectDisposedException>(() => Train(model));
        Assert.StartsWith("The model was disposed", exception.Message);
        Assert.Equal("TinyModel", exception.ObjectName);
    }

    [Fact]
    public void OtherErrorsStayAsTheyAre()
    {
        using var model = new TinyModel();
        Assert.Throws<FormatException>(Fail);
        void Fail()
        {
            using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
            Freed();
            throw new FormatException();
        }

        // Somebody else's tensor: the model has nothing to do with it.
        var exception = Assert.Throws<InvalidOperationException>(() =>
        {
            using var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent);
            var tensor = rand(2);
            tensor.Dispose();
            _ = tensor.dim();
        });
        Assert.Equal("Tensor invalid -- empty handle.", exception.Message);

        // Caught by its maker, and nothing went wrong.
        using (var run = TrainingRun.Start(model, new[] { 1 }, 1, Verbosity.Silent))
        {
            Freed();
            run.End(new History<TestLog>());
        }

        static void Freed() => Assert.Throws<InvalidOperationException>(() =>
        {
            var tensor = rand(2);
            tensor.Dispose();
            _ = tensor.dim();
        });
    }

    private static void Train(Module<Tensor, Tensor> model)
    {
        using var run = TrainingRun.Start(model, new[] { 1, 2, 3 }, 1, Verbosity.Silent);
        run.BeginEpoch(1);
        for (var batch = 0; batch < 3; batch++)
        {
            using var stepScope = NewDisposeScope();
            var loss = model.call(rand(4, 3)).sum();
            loss.backward();
            run.EndBatch();
        }

        run.End(new History<TestLog>());
    }

    private sealed class Recurrent : Module<Tensor, Tensor>
    {
        private readonly Linear layer = Linear(3, 3);
        private Tensor? hidden;

        public Recurrent()
            : base(nameof(Recurrent)) => RegisterComponents();

        public override Tensor forward(Tensor input) => hidden = layer.call(hidden is null ? input : input + hidden);
    }

    private sealed class Counting : Module<Tensor, Tensor>
    {
        private readonly Linear layer = Linear(3, 3);
        private Tensor running = zeros(3);

        public Counting()
            : base(nameof(Counting))
        {
            register_buffer("running", running);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            running = running.add(input.mean([0]));
            return layer.call(input) + running;
        }
    }
}
