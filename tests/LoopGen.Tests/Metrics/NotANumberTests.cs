namespace LoopGen.Tests;

/// <summary>An output that is NaN counts as wrong, or the figure is NaN: for every metric there is.</summary>
public sealed class NotANumberTests
{
    public static TheoryData<Type> Metrics =>
        new(typeof(Mean).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(StreamingMetric))));

    [Theory]
    [MemberData(nameof(Metrics))]
    public void NothingButNaNIsNeverRight(Type type)
    {
        using var scope = NewDisposeScope();
        for (var answer = 0L; answer < 2; answer++)
        {
            var (output, target) = Batch(type, answer);
            using var metric = Make(type);
            metric.Update(full_like(output, double.NaN), target);
            var figure = metric.Compute();
            Assert.True(figure == 0 || double.IsNaN(figure), $"{type.Name} of answer {answer} is {figure}.");
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void OneNaNAmongRightOutputsIsSeen(Type type)
    {
        using var scope = NewDisposeScope();
        for (var answer = 0L; answer < 2; answer++)
        {
            using var right = Make(type);
            using var wrong = Make(type);

            // Both answers occur in the other batch, so that every figure is defined.
            foreach (var (output, target) in new[] { Batch(type, 0), Batch(type, 1) })
            {
                right.Update(output, target);
                wrong.Update(output, target);
            }

            var (last, lastTarget) = Batch(type, answer);
            right.Update(last, lastTarget);
            var broken = last.clone();
            broken[0].fill_(double.NaN);
            wrong.Update(broken, lastTarget);

            // Not found is enough for recall: a wrong no costs no precision.
            var figure = wrong.Compute();
            var isBlind = type == typeof(BinaryPrecision) && answer == 1 || type == typeof(BinaryRecall) && answer == 0;
            Assert.True(
                double.IsNaN(figure) || isBlind || figure < right.Compute(),
                $"{type.Name} of answer {answer} is {figure}, and {right.Compute()} without NaN.");
        }
    }

    [Theory]
    [InlineData(typeof(Accuracy))]
    [InlineData(typeof(TopKAccuracy))]
    public void ARowWithOneNaNIsWrong(Type type)
    {
        using var scope = NewDisposeScope();
        using var metric = Make(type);
        metric.Update(tensor(new[,] { { 0.1f, 0.9f, float.NaN }, { 0.1f, 0.9f, 0f } }), tensor(new[] { 1L, 1L }));
        Assert.Equal(0.5, metric.Compute());
    }

    [Fact]
    public void R2OfAConstantTargetIsNotHiddenByNaN()
    {
        using var scope = NewDisposeScope();
        using var metric = new R2Score(CPU);
        metric.Update(full(4, double.NaN, dtype: float64), ones(4, dtype: float64));
        Assert.Equal(double.NaN, metric.Compute());
    }

    private static StreamingMetric Make(Type type)
    {
        var constructor = type.GetConstructors().Single();
        var arguments = constructor.GetParameters().Select(parameter => parameter.Name switch
        {
            "device" => CPU,
            "k" => 2,
            _ => parameter.DefaultValue,
        });
        return (StreamingMetric)constructor.Invoke([.. arguments]);
    }

    /// <summary>Four right outputs: of classes, of yes or no, or of numbers.</summary>
    private static (Tensor Output, Tensor Target) Batch(Type type, long answer)
    {
        if (type == typeof(Accuracy) || type == typeof(TopKAccuracy)
            || type == typeof(Precision) || type == typeof(Recall) || type == typeof(F1Score))
        {
            var classes = full(4, answer, dtype: int64);
            return (nn.functional.one_hot(classes, 3).to(float32), classes);
        }

        return (full(4, (float)answer), full(4, (float)answer));
    }
}
