namespace LoopGen.Tests;

public sealed class GradientsTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(8, 0.5 / 9)]
    public void AddsNoiseOfAVarianceThatFalls(long step, double variance)
    {
        using var model = nn.Linear(100, 400, hasBias: false);
        using var loss = model.call(zeros(1, 100)).sum();
        loss.backward();
        Gradients.AddNoise(model, step, variance: 0.5, decay: 1);

        using var noise = model.weight!.grad!.to_type(ScalarType.Float64);
        Assert.Equal(variance, noise.pow(2).mean().item<double>(), variance / 20);
        Assert.Equal(0, noise.mean().item<double>(), 0.02);
    }

    [Fact]
    public void ClearForgetsTheGradientsAndAllocatesNothing()
    {
        using var model = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2));
        TorchSharp.Modules.Parameter[] parameters = [.. model.parameters()];
        using var input = ones(1, 3);
        using (NewDisposeScope())
        {
            model.call(input).sum().backward();
        }

        Gradients.Clear(parameters);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Gradients.Clear(parameters);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.All(parameters, parameter => Assert.Null(parameter.grad));
        Assert.Throws<ArgumentNullException>("parameters", () => Gradients.Clear(null!));
    }

    [Fact]
    public void RefusesNoiseThatIsNone()
    {
        using var model = nn.Linear(2, 1);
        Assert.Throws<ArgumentOutOfRangeException>("variance", () => Gradients.AddNoise(model, 0, variance: 0, decay: 1));
        Assert.Throws<ArgumentOutOfRangeException>("decay", () => Gradients.AddNoise(model, 0, variance: 1, decay: -1));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => Gradients.AddNoise(model, -1, variance: 1, decay: 1));
    }

    private static readonly double[][] Some = [[3, -4], [12], [0.5, 0.25, -2]];

    public static TheoryData<string> Operations => new(All.Keys);

    private static Dictionary<string, Action<nn.Module>> All { get; } = new()
    {
        ["clip the norm"] = model => Gradients.ClipNorm(model, 1).Dispose(),
        ["clip each norm"] = model => Gradients.ClipEachNorm(model, 1),
        ["clip values"] = model => Gradients.ClipValue(model, 1),
        ["divide by a number"] = model => Gradients.Divide(model, 3),
        ["divide by a tensor"] = model =>
        {
            using var count = tensor(3L).DetachFromDisposeScope();
            Gradients.Divide(model, count);
        },
    };

    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.Float64, 1e-14)]
    public void ClipsTheNormOfAll(ScalarType type, double tolerance)
    {
        using var model = new GradientModel(type, Some);
        var norm = Math.Sqrt(Some.SelectMany(values => values).Sum(value => value * value));
        using var before = Gradients.ClipNorm(model, maxNorm: 2);
        Assert.Equal(type, before.dtype);
        Assert.Equal(0, before.dim());
        Assert.Equal(norm, before.ToDouble(), tolerance * norm);
        AssertScaled(Some, model.Gradients, _ => 2 / (norm + 1e-6), tolerance);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(5)]
    [InlineData(100)]
    public void ClipsTheNormAsTorchDoes(double maxNorm)
    {
        manual_seed(3);
        double[][] random = [.. new[] { 7, 1, 400 }.Select(size => randn(size, float64).data<double>().ToArray())];
        using var ours = new GradientModel(float32, random);
        using var theirs = new GradientModel(float32, random);
        using var norm = Gradients.ClipNorm(ours, maxNorm);
        var theirNorm = nn.utils.clip_grad_norm_(theirs.parameters(), maxNorm);
        Assert.Equal(theirNorm, norm.ToDouble(), 1e-6 * theirNorm);
        AssertScaled(theirs.Gradients, ours.Gradients, _ => 1, 1e-6);
    }

    [Fact]
    public void LeavesGradientsWithinTheLimitAsTheyAre()
    {
        using var model = new GradientModel(float32, Some);
        using var norm = Gradients.ClipNorm(model, maxNorm: 100);
        using var measured = Gradients.ClipNorm(model, maxNorm: double.PositiveInfinity);
        Gradients.ClipEachNorm(model, maxNorm: 100);
        Gradients.ClipValue(model, maxValue: 100);
        Gradients.Divide(model, 1);
        Assert.Equal(Some, model.Gradients);
        Assert.Equal(norm.ToDouble(), measured.ToDouble());
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void TakesTheNormOfNarrowGradientsInFloat32(ScalarType type)
    {
        // 1000 ones: 31.6228; bfloat16 has 31.625 next to it, and a factor of 0.0316 is rounded by a thousandth.
        using var model = new GradientModel(type, Enumerable.Repeat(1.0, 1000).ToArray());
        using var norm = Gradients.ClipNorm(model, maxNorm: 1);
        Assert.Equal(float32, norm.dtype);
        Assert.Equal(Math.Sqrt(1000), norm.ToDouble(), 1e-5);
        using var exact = tensor(1 / (Math.Sqrt(1000) + 1e-6), type);
        Assert.All(model.Gradients[0], value => Assert.Equal(exact.to_type(float64).ToDouble(), value));
    }

    [Fact]
    public void MixesTypes()
    {
        using var model = new GradientModel(float32, [3]);
        using var other = new GradientModel(float64, [4]);
        model.register_module("other", other);
        using var norm = Gradients.ClipNorm(model, maxNorm: 1);
        Assert.Equal(float64, norm.dtype);
        Assert.Equal(5, norm.ToDouble());
        Assert.Equal(0.6, model.Gradients[0][0], 1e-6);
        Assert.Equal(0.8, other.Gradients[0][0], 1e-6);
        Gradients.ClipEachNorm(model, maxNorm: 0.5);
        Assert.Equal(0.5, model.Gradients[0][0], 1e-6);
        Assert.Equal(0.5, other.Gradients[0][0], 1e-6);
    }

    [Fact]
    public void MeasuresNothingAsZero()
    {
        using var model = new TinyModel();
        using var norm = Gradients.ClipNorm(model, maxNorm: 1);
        Assert.Equal(0, norm.ToDouble());
        Assert.All(All.Values, act => act(model));
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    /// <summary>As in PyTorch: the norm tells.</summary>
    [Theory]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, 0)]
    public void SpreadsWhatIsNotFinite(double value, double others)
    {
        using var model = new GradientModel(float32, [[1, 2], [value]]);
        using var norm = Gradients.ClipNorm(model, maxNorm: 1);
        Assert.Equal(value, norm.ToDouble());
        Assert.Equal([[others, others], [double.NaN]], model.Gradients);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.Float64, 1e-14)]
    public void ClipsEachNorm(ScalarType type, double tolerance)
    {
        using var model = new GradientModel(type, Some);
        Gradients.ClipEachNorm(model, maxNorm: 3);
        double[] factors = [3 / (5 + 1e-6), 3 / (12 + 1e-6), 1];
        AssertScaled(Some, model.Gradients, index => factors[index], tolerance);
    }

    [Fact]
    public void ClipsValues()
    {
        using var model = new GradientModel(float32, [[3, -4, double.NaN], [0.5, double.NegativeInfinity]]);
        Gradients.ClipValue(model, maxValue: 2);
        Assert.Equal([[2, -2, double.NaN], [0.5, -2]], model.Gradients);
    }

    /// <summary>Multiplying by the reciprocal gives other last bits for many of these.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(127)]
    [InlineData(3_000_001)]
    public void DividesExactly(long count)
    {
        manual_seed(1);
        double[] values = [.. randn(1000, float32).data<float>().ToArray().Select(value => (double)value)];
        double[] expected = [.. values.Select(value => (double)((float)value / count))];
        Assert.NotEqual(expected, values.Select(value => (double)((float)value * (1f / count))));

        using var byNumber = new GradientModel(float32, values);
        Gradients.Divide(byNumber, count);
        Assert.Equal(expected, byNumber.Gradients[0]);

        using var byTensor = new GradientModel(float32, values);
        using var onDevice = tensor(count);
        Gradients.Divide(byTensor, onDevice);
        Assert.Equal(expected, byTensor.Gradients[0]);
    }

    [Fact]
    public void DividesByTheSumOfWeights()
    {
        using var model = new GradientModel(float32, Some);
        using var weights = tensor(new[] { 0.25f });
        Gradients.Divide(model, weights);
        AssertScaled(Some, model.Gradients, _ => 4, 0);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void DividesNarrowGradientsByWhatTheyCannotHold(ScalarType type)
    {
        // float16 ends at 65504; bfloat16 knows 99840 and 100352, and nothing between.
        using var model = new GradientModel(type, [50_000]);
        Gradients.Divide(model, 100_000);
        Assert.Equal([[0.5]], model.Gradients.Select(values => values.Select(value => Math.Round(value, 3))));
    }

    [Fact]
    public void LeavesTheGradientsOfNothing()
    {
        using var model = new GradientModel(float32, Some);
        using var zero = tensor(0L);
        Gradients.Divide(model, 0);
        Gradients.Divide(model, zero);
        Assert.Equal(Some, model.Gradients);
    }

    [Fact]
    public void CountsASharedParameterOnce()
    {
        using var first = nn.Linear(2, 2, hasBias: false);
        using var second = nn.Linear(2, 2, hasBias: false);
        second.weight = first.weight;
        using var model = nn.Sequential(first, second);
        using var gradient = full(2, 2, 8f);
        first.weight!.grad = gradient;
        Gradients.Divide(model, 2);
        Assert.All(gradient.data<float>().ToArray(), value => Assert.Equal(4, value));
        using var norm = Gradients.ClipNorm(model, maxNorm: 4);
        Assert.Equal(8, norm.ToDouble());
        Assert.All(gradient.data<float>().ToArray(), value => Assert.Equal(2, value, 1e-5));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void WorksInPlaceAndFreesEverything(string name)
    {
        using var model = new GradientModel(float32, Some);
        using var narrow = new GradientModel(bfloat16, Some);
        using var gradient = model.Parameters[0].grad!;
        LiveTensors.AssertNoneLeft(() =>
        {
            for (var step = 0; step < 20; step++)
            {
                All[name](model);
                All[name](narrow);
            }
        });
        LiveTensors.AssertNoneLeft(() =>
        {
            using var scope = NewDisposeScope();
            All[name](model);
            Assert.Equal(0, scope.DisposablesCount);
            Assert.True(is_grad_enabled());
        });

        // The handle from before sees the change, and nothing of it is recorded for a backward pass.
        Assert.Equal(model.Gradients[0], gradient.data<float>().ToArray().Select(value => (double)value));
        Assert.NotEqual(Some[0], model.Gradients[0]);
        Assert.False(gradient.requires_grad);
    }

    /// <summary>Tensors of the meta device have no values: whatever waits for one throws.</summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public void WaitsForNoValue(string name)
    {
        using var model = new GradientModel(float32, []);
        using var gradient = zeros(3, device: META);
        var parameter = nn.Parameter(zeros(3, device: META));
        parameter.grad = gradient;
        model.register_parameter("without_values", parameter);
        Assert.ThrowsAny<Exception>(() => gradient.sum().ToSingle());
        if (name == "divide by a tensor")
        {
            using var count = zeros([], int64, META);
            Gradients.Divide(model, count);
        }
        else
        {
            All[name](model);
        }
    }

    [Fact]
    public void GivesTheNormToTheCallersScope()
    {
        using var model = new GradientModel(float32, Some);
        using var empty = new TinyModel();
        using var scope = NewDisposeScope();
        Assert.True(scope.Contains(Gradients.ClipNorm(model, 1)));
        Assert.True(scope.Contains(Gradients.ClipNorm(empty, 1)));
        Assert.Equal(2, scope.DisposablesCount);
    }

    [Fact]
    public void ItsNormCanBeAveraged()
    {
        using var model = new GradientModel(float32, [3, 4]);
        using var mean = new Mean(CPU, "gradient_norm");
        for (var step = 0; step < 2; step++)
        {
            using var scope = NewDisposeScope();
            mean.Update(Gradients.ClipNorm(model, maxNorm: 1), 1);
        }

        Assert.Equal(3, mean.Compute(), 1e-5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void RefusesALimitThatIsNone(double limit)
    {
        using var model = new GradientModel(float32, Some);
        Assert.Throws<ArgumentOutOfRangeException>("maxNorm", () => Gradients.ClipNorm(model, limit));
        Assert.Throws<ArgumentOutOfRangeException>("maxNorm", () => Gradients.ClipEachNorm(model, limit));
        var exception = Assert.Throws<ArgumentOutOfRangeException>("maxValue", () => Gradients.ClipValue(model, limit));
        Assert.StartsWith("maxValue must be a number greater than 0.", exception.Message);
        Assert.Equal(Some, model.Gradients);
    }

    [Fact]
    public void RefusesOtherWrongArguments()
    {
        using var model = new GradientModel(float32, Some);
        using var two = tensor(new long[] { 1, 2 });
        Assert.All(All.Values, act => Assert.Throws<ArgumentNullException>("model", () => act(null!)));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => Gradients.Divide(model, -1));
        Assert.Throws<ArgumentNullException>("count", () => Gradients.Divide(model, null!));
        var exception = Assert.Throws<ArgumentException>("count", () => Gradients.Divide(model, two));
        Assert.StartsWith("count must be a tensor of one element, but is Int64 (2).", exception.Message);
    }

    private static void AssertScaled(
        double[][] before, double[][] after, Func<int, double> factor, double tolerance)
    {
        Assert.Equal(before.Length, after.Length);
        for (var index = 0; index < before.Length; index++)
        {
            Assert.Equal(before[index].Length, after[index].Length);
            for (var element = 0; element < before[index].Length; element++)
            {
                var expected = before[index][element] * factor(index);
                Assert.Equal(expected, after[index][element], tolerance * Math.Abs(expected));
            }
        }
    }
}
