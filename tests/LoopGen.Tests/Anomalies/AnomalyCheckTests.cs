using System.Runtime.InteropServices;

namespace LoopGen.Tests;

public sealed class AnomalyCheckTests
{
    [Fact]
    public void The_first_module_that_gives_NaN_is_named()
    {
        using var scope = NewDisposeScope();
        using var run = new TestRun();
        var model = nn.Sequential(nn.Linear(2, 3), nn.Sequential(nn.Linear(3, 3), nn.ReLU()), nn.Linear(3, 1));
        using var check = new AnomalyCheck(model, run.Run, ["x"], seed: 3);
        run.Run.BeginEpoch(1);
        check.BeginBatch(0);
        _ = model.call(ones(4, 2));
        run.Run.EndBatch();
        using (no_grad())
        {
            model.get_parameter("1.0.bias")!.fill_(float.NaN);
        }

        check.BeginBatch(1);
        var exception = Assert.Throws<NonFiniteException>(() => model.call(ones(4, 2)));

        Assert.Equal(("1.0", 1, 2, 1, 3), (exception.Name, exception.Epoch, exception.Batch, exception.Step, exception.Seed));
        Assert.StartsWith("The output of 1.0 (Linear) held NaN at epoch 1, batch 2 (step 1, seed 3): 12 of 12 values are NaN, 0 infinite.", exception.Message);
        Assert.Contains("The weights are not finite: 1.0.bias, 3 of 3 values are NaN, 0 infinite.", exception.Message);
    }

    [Fact]
    public void What_the_model_is_called_with_is_named()
    {
        using var scope = NewDisposeScope();
        using var run = new TestRun();
        var model = new Product();
        using var check = new AnomalyCheck(model, run.Run, ["left", "right"]);
        check.BeginBatch(0);

        var exception = Assert.Throws<NonFiniteException>(() => model.call(ones(2), tensor(new[] { 1f, float.NaN })));
        Assert.Equal("right", exception.Name);
        Assert.StartsWith("right held NaN", exception.Message);

        // An infinity is remembered: 0 times infinity is NaN.
        exception = Assert.Throws<NonFiniteException>(() => model.call(zeros(2), tensor(new[] { 1f, float.PositiveInfinity })));
        Assert.Equal("output", exception.Name);
        Assert.Contains("it was made in its forward. Before that, right held an infinity.", exception.Message);
    }

    [Fact]
    public void An_operation_between_modules_is_told_from_them()
    {
        using var scope = NewDisposeScope();
        using var run = new TestRun();
        var model = new Logarithm();
        using var check = new AnomalyCheck(model, run.Run, ["x"]);
        check.BeginBatch(0);

        var exception = Assert.Throws<NonFiniteException>(() => model.call(ones(2).neg()));

        Assert.Equal("last", exception.Name);
        Assert.Contains("Its input had NaN already, which no module before it gave: an operation between the modules made it", exception.Message);
    }

    [Fact]
    public void Nothing_is_looked_at_in_evaluation_mode_or_after_the_end()
    {
        using var scope = NewDisposeScope();
        using var run = new TestRun();
        var model = nn.Sequential(nn.Linear(1, 1), nn.Flatten());
        var broken = tensor(float.NaN).reshape(1, 1);
        using (new AnomalyCheck(model, run.Run, ["x"]))
        {
            model.eval();
            _ = model.call(broken);
            model.train();
            Assert.Throws<NonFiniteException>(() => model.call(broken));
        }

        _ = model.call(broken);
    }

    [Fact]
    public void A_shared_module_is_listened_to_once_and_no_tensor_stays()
    {
        using var run = new TestRun();
        using var shared = nn.Linear(2, 2);
        using var model = nn.Sequential(shared, shared);
        using var input = ones(1, 2);
        using var check = new AnomalyCheck(model, run.Run, ["x"]);
        _ = model.parameters().Count();
        LiveTensors.AssertNoneLeft(() => model.call(input).Dispose());
    }

    [Fact]
    public void The_error_of_the_backward_pass_is_put_in_its_place()
    {
        using var scope = NewDisposeScope();
        using var run = new TestRun();
        using var check = new AnomalyCheck(run.Model, run.Run, ["x"], seed: 5);
        run.Run.BeginEpoch(1);
        check.BeginBatch(9);
        var weight = zeros(3, requires_grad: true);
        ExternalException inner = null!;
        var written = NativeErrors.During(() =>
        {
            using var detection = autograd.detect_anomaly();
            inner = Assert.Throws<ExternalException>(() => weight.sqrt().mul(zeros(3)).sum().backward());
        });

        Assert.True(written?.Contains("SqrtBackward0", StringComparison.Ordinal) ?? true, written);
        Assert.True(AnomalyCheck.IsNaN(inner));
        Assert.False(AnomalyCheck.IsNaN(new ExternalException("out of memory")));
        var exception = check.Error(inner);
        Assert.Equal(("SqrtBackward0", 9L, 5), (exception.Name, exception.Step, exception.Seed));
        Assert.Same(inner, exception.InnerException);
        Assert.StartsWith("The backward pass made NaN in SqrtBackward0 at epoch 1, batch 1 (step 9, seed 5)", exception.Message);
        Assert.False(AnomalyMode.IsEnabled);
    }

    private sealed class Product : nn.Module<Tensor, Tensor, Tensor>
    {
        public Product()
            : base(nameof(Product))
        {
        }

        public override Tensor forward(Tensor left, Tensor right) => left.mul(right);
    }

    private sealed class Logarithm : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> first = nn.Identity();
        private readonly nn.Module<Tensor, Tensor> last = nn.Identity();

        public Logarithm()
            : base(nameof(Logarithm)) => RegisterComponents();

        public override Tensor forward(Tensor x) => last.call(first.call(x).log());
    }
}
