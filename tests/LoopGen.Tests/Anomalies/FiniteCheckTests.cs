namespace LoopGen.Tests;

public sealed class FiniteCheckTests
{
    private static readonly string[] Names = ["image", "target", "output"];

    [Fact]
    public void The_error_comes_late_and_names_the_step_at_which_it_happened()
    {
        using var fit = new CheckedFit(Names, seed: 7);
        fit.Step(0);

        // The clock stands still: nothing is read, whatever comes.
        fit.Step(1);
        fit.Step(2, loss: double.NaN);
        fit.Step(3);
        fit.Step(4);
        fit.Time.Advance(100);
        var exception = Assert.Throws<NonFiniteException>(() => fit.Step(5));

        Assert.Equal(("loss", 1, 3, 2, 7), (exception.Name, exception.Epoch, exception.Batch, exception.Step, exception.Seed));
        Assert.StartsWith("The loss was NaN at epoch 1, batch 3 (step 2, seed 7). The batch and the output were finite", exception.Message);
        Assert.Contains("3 updates were made before this was read; the weights are finite.", exception.Message);
        Assert.EndsWith("Fit with seed: 7, from the same weights, comes to the same step.", exception.Message);
    }

    [Fact]
    public void The_end_of_an_epoch_reads_the_rest()
    {
        using var fit = new CheckedFit(Names);
        fit.Step(0);
        fit.Step(1, gradient: double.PositiveInfinity);

        var exception = Assert.Throws<NonFiniteException>(fit.Check.ThrowIfAny);

        Assert.Equal(("second", 1L, (int?)null), (exception.Name, exception.Step, exception.Seed));
        Assert.Contains("1 update was made before this was read", exception.Message);
    }

    [Theory]
    [InlineData("image")]
    [InlineData("target")]
    [InlineData("output")]
    [InlineData("loss")]
    [InlineData("second")]
    public void The_first_in_the_order_of_the_step_is_named(string first)
    {
        string[] order = ["image", "target", "output", "loss", "second"];
        var isBroken = order.ToDictionary(name => name, name => Array.IndexOf(order, name) >= Array.IndexOf(order, first));
        using var fit = new CheckedFit(Names);

        var exception = Assert.Throws<NonFiniteException>(() => fit.Step(
            0, Value("image"), Value("target"), Value("output"), Value("loss"), Value("second")));

        Assert.Equal(first, exception.Name);
        Assert.Equal(first is "image" or "target", exception.Message.Contains("It came with the batch", StringComparison.Ordinal));
        if (first != "loss")
        {
            Assert.Contains("1 of 3 values are NaN, 0 infinite", exception.Message);
        }

        Assert.Contains("No update was made since; the weights are finite, as they were before.", exception.Message);

        double Value(string name) => isBroken[name] ? double.NaN : 1;
    }

    [Fact]
    public void Of_several_gradients_the_one_that_backward_comes_to_first_is_named()
    {
        using var fit = new CheckedFit(Names);
        fit.SetGradient(fit.First, double.NaN);

        var exception = Assert.Throws<NonFiniteException>(() => fit.Step(0, gradient: double.PositiveInfinity));

        Assert.StartsWith("The gradient of second held an infinity at epoch 1, batch 1 (step 0): 0 of 3 values are NaN, 1 infinite.", exception.Message);
        Assert.Contains("So were those of 1 other parameter, back to first.", exception.Message);
    }

    [Fact]
    public void Infinities_of_a_batch_or_an_output_are_no_mistake_by_themselves()
    {
        using var fit = new CheckedFit(Names);
        for (var step = 0; step < 3; step++)
        {
            fit.Time.Advance(100);
            fit.Step(step, image: double.NegativeInfinity, output: double.NegativeInfinity);
        }

        // Nor are they to blame for what comes later.
        fit.Time.Advance(100);
        var exception = Assert.Throws<NonFiniteException>(() => fit.Step(3, image: double.NegativeInfinity, target: double.NaN, loss: double.NaN));
        Assert.Equal("target", exception.Name);
    }

    [Fact]
    public void The_mean_over_no_target_is_no_mistake()
    {
        using var fit = new CheckedFit(Names, ignoresTargets: true);
        fit.Step(0, loss: double.NaN);
        fit.Time.Advance(100);
        fit.Step(1);
        fit.Check.ThrowIfAny();

        fit.Time.Advance(100);
        var exception = Assert.Throws<NonFiniteException>(() => fit.Step(2, loss: double.NaN, gradient: double.NaN));
        Assert.Equal(("second", 2L), (exception.Name, exception.Step));
        fit.Time.Advance(100);
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void Every_floating_type_is_looked_at_and_nothing_overflows(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var run = new TestRun();
        using var check = new FiniteCheck(run.Model, run.Run, ["output"]);
        run.Run.BeginEpoch(1);
        var large = full(5000, type == ScalarType.Float16 ? 65504.0 : 3e38, type);
        check.Update(0, tensor(1f), large);
        check.Update(1, tensor(1f), tensor(5L));
        check.Update(2, tensor(1f), zeros(0, type));
        check.ThrowIfAny();

        check.Update(3, tensor(double.NaN, type), tensor(double.NaN, type));
        Assert.Equal("output", Assert.Throws<NonFiniteException>(check.ThrowIfAny).Name);
    }

    [Fact]
    public void A_sparse_gradient_is_looked_at()
    {
        using var scope = NewDisposeScope();
        using var run = new TestRun();
        var embedding = nn.Embedding(4, 2, sparse: true);
        using var check = new FiniteCheck(embedding, run.Run, []);
        run.Run.BeginEpoch(1);
        embedding.call(tensor(new[] { 1L })).sum().backward();
        check.Update(0, tensor(1f));
        check.ThrowIfAny();

        embedding.zero_grad();
        embedding.call(tensor(new[] { 1L })).mul(tensor(float.NaN)).sum().backward();
        check.Update(1, tensor(1f));
        Assert.Equal("weight", Assert.Throws<NonFiniteException>(check.ThrowIfAny).Name);
    }

    [Fact]
    public void Weights_are_looked_at_before_they_are_kept()
    {
        using var fit = new CheckedFit(Names);
        fit.Step(0);
        fit.Check.ThrowIfAny();
        using (no_grad())
        {
            fit.First.fill_(float.PositiveInfinity);
        }

        var exception = Assert.Throws<NonFiniteException>(fit.Check.ThrowIfAny);

        Assert.Equal(("first", 0L), (exception.Name, exception.Step));
        Assert.StartsWith("first holds an infinity after epoch 1, batch 1 (step 0): 0 of 3 values are NaN, 3 infinite. Every loss", exception.Message);
    }

    [Fact]
    public void Weights_that_a_step_began_with_are_named_and_not_its_output()
    {
        using var fit = new CheckedFit(Names);
        using (no_grad())
        {
            fit.Second.fill_(float.NaN);
        }

        var exception = Assert.Throws<NonFiniteException>(() => fit.Step(0, output: double.NaN, loss: double.NaN, gradient: double.NaN));

        Assert.StartsWith("second holds NaN, and did so before epoch 1, batch 1 (step 0), whose output was the first to show it", exception.Message);
    }

    [Fact]
    public void A_buffer_may_hold_an_infinity_and_no_NaN()
    {
        using var fit = new CheckedFit(Names);
        fit.Step(0);
        fit.Mask.fill_(float.NegativeInfinity);
        fit.Check.ThrowIfAny();
        fit.Mask.fill_(float.NaN);

        Assert.Equal("mask", Assert.Throws<NonFiniteException>(fit.Check.ThrowIfAny).Name);
    }

    [Fact]
    public void Notes_are_freed_when_they_are_read_and_at_the_end()
    {
        using var fit = new CheckedFit(Names);
        fit.Step(0);
        var before = LiveTensors.Count;
        for (var step = 1; step <= 20; step++)
        {
            fit.Step(step);
        }

        // Two for each of six tensors and 20 steps wait on the device.
        Assert.Equal(before + 240, LiveTensors.Count);
        fit.Time.Advance(100);
        fit.Step(21);
        Assert.Equal(before, LiveTensors.Count);

        fit.Step(22);
        fit.Check.Dispose();
        Assert.Equal(before, LiveTensors.Count);
        Assert.Throws<ObjectDisposedException>(fit.Check.ThrowIfAny);
        Assert.Throws<ObjectDisposedException>(() => fit.Step(23));
    }

    [Fact]
    public void Arguments_are_checked()
    {
        using var run = new TestRun();
        using var loss = tensor(1f);
        Assert.Throws<ArgumentNullException>("model", () => new FiniteCheck(null!, run.Run, Names));
        Assert.Throws<ArgumentNullException>("run", () => new FiniteCheck(run.Model, null!, Names));
        Assert.Throws<ArgumentNullException>("names", () => new FiniteCheck(run.Model, run.Run, null!));
        using var check = new FiniteCheck(run.Model, run.Run, Names);
        Assert.Throws<ArgumentNullException>("loss", () => check.Update(0, null!));
        Assert.Throws<ArgumentException>("tensors", () => check.Update(0, loss, loss));
    }
}
