using static TorchSharp.torch.nn;

namespace LoopGen.Examples.Tests;

/// <summary>
/// A training loop as one writes it with TorchSharp alone: nothing of LoopGen takes part. Totals are kept in double.
/// </summary>
internal sealed class PlainLoop(
    Module<Tensor, Tensor> model,
    Func<Tensor, Tensor, Tensor> meanLoss,
    Func<Tensor, Tensor, double> metricSum)
{
    /// <summary>For the small example.</summary>
    public static PlainLoop ForClasses(Module<Tensor, Tensor> model) => new(
        model,
        (output, target) => functional.cross_entropy(output, target),
        (output, target) => output.argmax(1).eq(target).sum().item<long>());

    /// <summary>The optimizer of the small example.</summary>
    public static optim.Optimizer AdamW(Module model) => optim.AdamW(
        model.parameters(), lr: 0.001, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.01);

    /// <summary>Makes so many steps of the small example's training, which may end in the middle of an epoch.</summary>
    public static void TakeSteps(
        Module<Tensor, Tensor> model, IReadOnlyList<(Tensor Input, Tensor Target)> batches, int steps)
    {
        using var optimizer = AdamW(model);
        var loop = ForClasses(model);
        for (var step = 0; step < steps; step++)
        {
            loop.Step(optimizer, batches[step % batches.Count]);
        }
    }

    /// <summary>Trains.</summary>
    /// <returns>Loss, metric and, with validation data, both for these: of each epoch in turn.</returns>
    public double?[] Train(
        optim.Optimizer optimizer,
        IEnumerable<(Tensor Input, Tensor Target)> batches,
        int epochs,
        IEnumerable<(Tensor Input, Tensor Target)>? validation = null)
    {
        var figures = new List<double?>();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var totals = (Loss: 0.0, Metric: 0.0, Count: 0L);
            foreach (var batch in batches)
            {
                var (loss, metric, count) = Step(optimizer, batch);
                totals = (totals.Loss + loss, totals.Metric + metric, totals.Count + count);
            }

            figures.Add(totals.Loss / totals.Count);
            figures.Add(totals.Metric / totals.Count);
            figures.AddRange(validation is null ? [null, null] : Evaluate(validation));
        }

        model.eval();
        return [.. figures];
    }

    /// <summary>Loss and metric.</summary>
    public double?[] Evaluate(IEnumerable<(Tensor Input, Tensor Target)> batches)
    {
        model.eval();
        using var noGrad = no_grad();
        var totals = (Loss: 0.0, Metric: 0.0, Count: 0L);
        foreach (var (input, target) in batches)
        {
            using var scope = NewDisposeScope();
            var output = model.call(input);
            var loss = meanLoss(output, target);
            var count = target.numel();
            totals = (
                totals.Loss + ((double)loss.item<float>() * count),
                totals.Metric + metricSum(output, target),
                totals.Count + count);
        }

        return [totals.Loss / totals.Count, totals.Metric / totals.Count];
    }

    private (double Loss, double Metric, long Count) Step(
        optim.Optimizer optimizer, (Tensor Input, Tensor Target) batch)
    {
        using var scope = NewDisposeScope();
        model.train();
        optimizer.zero_grad();
        var output = model.call(batch.Input);
        var loss = meanLoss(output, batch.Target);
        loss.backward();
        optimizer.step();

        var count = batch.Target.numel();
        return ((double)loss.item<float>() * count, metricSum(output, batch.Target), count);
    }
}
