
namespace LoopGen.Tests;

/// <summary>Steps of many parameters at once, and of one alone, against TorchSharp's own.</summary>
public sealed class FusedMatchesManagedTests : IDisposable
{
    private readonly OneThread oneThread = new();

    public void Dispose() => oneThread.Dispose();

    [Fact]
    public void EveryCombinationAfterTwoHundredSteps()
        => Assert.All(OptimizerCase.All, one =>
        {
            using var managed = new ParameterSet();
            using var fused = new ParameterSet();
            using var managedOptimizer = one.Managed(managed.Parameters);
            using var fusedOptimizer = one.Fused(fused.Parameters);
            Assert.Null(((IFusedOptimizer)fusedOptimizer).WhyNotFused);

            managed.Train(managedOptimizer, 0, 200);
            fused.Train(fusedOptimizer, 0, 200);

            Assert.InRange(managed.DifferenceTo(fused), 0, 1e-6);
        });

    /// <summary>A parameter with gaps between its elements can't be walked over, and is stepped alone.</summary>
    [Fact]
    public void EveryCombinationAloneIsTheManagedOneBitForBit()
        => Assert.All(OptimizerCase.All, one =>
        {
            using var managed = new ParameterSet(Gaps());
            using var alone = new ParameterSet(Gaps());
            using var managedOptimizer = one.Managed(managed.Parameters);
            using var aloneOptimizer = one.Fused(alone.Parameters);

            managed.Train(managedOptimizer, 0, 20);
            alone.Train(aloneOptimizer, 0, 20);

            Assert.Equal(0, managed.DifferenceTo(alone));
        });

    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.BFloat16, 0.05)]
    [InlineData(ScalarType.Float16, 0.01)]
    public void OtherTypes(ScalarType type, double tolerance)
        => Assert.All(OptimizerCase.Few, one =>
        {
            using var managed = new ParameterSet(type);
            using var fused = new ParameterSet(type);
            using var managedOptimizer = one.Managed(managed.Parameters);
            using var fusedOptimizer = one.Fused(fused.Parameters);

            managed.Train(managedOptimizer, 0, 20);
            fused.Train(fusedOptimizer, 0, 20);

            Assert.InRange(managed.DifferenceTo(fused), 0, tolerance);
        });

    /// <summary>
    /// libtorch 2.10 leaves the weights as they are where eight or more of float16 or bfloat16 are taken together (pytorch issue
    /// 191763): found by trying it.
    /// </summary>
    [Theory]
    [InlineData(ScalarType.Float16, "torch.float16")]
    [InlineData(ScalarType.BFloat16, "torch.bfloat16")]
    public void AnOperatorThatIsWrongIsNotUsed(ScalarType type, string name)
    {
        using var set = new ParameterSet(type);
        using var optimizer = new Fused.SGD(set.Parameters, 0.1);

        Assert.Equal($"libtorch's aten::_fused_sgd_ is wrong for {name} on cpu", optimizer.WhyNotFused);
    }

    /// <summary>The gradients of a parameter may come and go, so that parameters are at different steps.</summary>
    [Fact]
    public void SeveralTypesInOneGroupAndGradientsThatAreMissing()
        => Assert.All(OptimizerCase.Few, one =>
        {
            using var managed = new ParameterSet(ones(3), ones(2, 2, dtype: float64), ones(4), zeros(3, dtype: float64));
            using var fused = new ParameterSet(ones(3), ones(2, 2, dtype: float64), ones(4), zeros(3, dtype: float64));
            using var managedOptimizer = one.Managed(managed.Parameters);
            using var fusedOptimizer = one.Fused(fused.Parameters);
            foreach (var (set, optimizer) in new[] { (managed, managedOptimizer), (fused, fusedOptimizer) })
            {
                for (var step = 0; step < 12; step++)
                {
                    set.SetGradients(step, without: [step % 3, 3 - (step % 2)]);
                    optimizer.step();
                }
            }

            Assert.InRange(managed.DifferenceTo(fused), 0, 1e-6);
        });

    /// <summary>The operators walk over memory: gradients in another order must not be mixed up, nor weights.</summary>
    [Fact]
    public void GradientsAndWeightsInAnotherOrderOfMemory()
        => Assert.All(OptimizerCase.Few, one =>
        {
            using var managed = new ParameterSet(Start(), Start(), Start());
            using var fused = new ParameterSet(Start(), Start().t().contiguous().t(), Start());
            using var managedOptimizer = one.Managed(managed.Parameters);
            using var fusedOptimizer = one.Fused(fused.Parameters);
            Assert.False(fused.Parameters[1].is_contiguous());
            for (var step = 0; step < 5; step++)
            {
                foreach (var set in new[] { managed, fused })
                {
                    set.SetGradients(step);
                    set.Parameters[2].grad = set.Parameters[2].grad!.t().contiguous().t();
                }

                managedOptimizer.step();
                fusedOptimizer.step();
            }

            Assert.InRange(managed.DifferenceTo(fused), 0, 1e-6);
        });

    [Fact]
    public void SparseGradients()
        => Assert.All(OptimizerCase.Few, one =>
        {
            using var dense = new ParameterSet(Start());
            using var sparse = new ParameterSet(Start());
            using var denseOptimizer = one.Managed(dense.Parameters);
            using var sparseOptimizer = one.Fused(sparse.Parameters);
            for (var step = 0; step < 5; step++)
            {
                dense.SetGradients(step);
                sparse.SetGradients(step);
                sparse.Parameters[0].grad = sparse.Parameters[0].grad!.to_sparse();
                denseOptimizer.step();
                sparseOptimizer.step();
            }

            Assert.InRange(dense.DifferenceTo(sparse), 0, 1e-6);
        });

    /// <summary>PyTorch's optimizers see a complex number as two real ones.</summary>
    [Fact]
    public void ComplexParametersAreSteppedAloneAsPairsOfNumbers()
        => Assert.All(OptimizerCase.Few, one =>
        {
            using var pairs = new ParameterSet(ones(4, 2));
            using var complex = new ParameterSet(ones(4, 2).view_as_complex().clone());
            using var pairOptimizer = one.Managed(pairs.Parameters);
            using var complexOptimizer = one.Fused(complex.Parameters);
            for (var step = 0; step < 5; step++)
            {
                pairs.SetGradients(step);
                complex.Parameters[0].grad = pairs.Parameters[0].grad!.view_as_complex().clone();
                pairOptimizer.step();
                complexOptimizer.step();
            }

            Assert.Equal("libtorch has no fused operator for torch.complexfloat32", ((IFusedOptimizer)complexOptimizer).WhyNotFused);
            using var difference = (complex.Parameters[0].detach().view_as_real() - pairs.Parameters[0].detach()).abs().max();
            Assert.InRange(difference.item<float>(), 0, 1e-6);
        });

    /// <summary>TorchSharp decays first and climbs then, away from zero.</summary>
    [Fact]
    public void WeightDecayPullsToZeroWhileClimbing()
    {
        using var fused = new ParameterSet(ones(2), Gaps());
        using var optimizer = new Fused.SGD(fused.Parameters, learningRate: 0.1, weight_decay: 0.01, maximize: true);
        fused.Parameters[0].grad = zeros(2);
        fused.Parameters[1].grad = zeros_like(fused.Parameters[1]);
        using var expected = fused.Parameters[1].detach() * 0.999;

        optimizer.step();

        Assert.Equal([0.999f, 0.999f], fused.Parameters[0].detach().data<float>().ToArray());
        Assert.True(fused.Parameters[1].detach().allclose(expected, 1e-6));
    }

    private static Tensor Start() => arange(12, dtype: float32).view(3, 4).div(7);

    private static Tensor Gaps() => arange(24, dtype: float32).view(4, 6).div(7).narrow(1, 1, 3);
}
