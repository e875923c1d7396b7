using static TorchSharp.torch.nn;

namespace LoopGen.Examples.Tests;

/// <summary>
/// The large example's training as one writes it with TorchSharp alone, with windows, a clip, a schedule, averaged
/// weights and early stopping: nothing of LoopGen takes part.
/// </summary>
internal sealed class PlainTextLoop(Module<Tensor, Tensor> model, double learningRate)
{
    private const int WindowSize = 4;
    private const int Patience = 3;

    private readonly Tensor[] averages = Copy(model);
    private int updates;

    /// <summary>Trains, and leaves the model with the best averages.</summary>
    /// <returns>Loss, accuracy, learning rate, and both for the validation data: of each epoch in turn.</returns>
    public double?[] Train(
        IReadOnlyList<(Tensor Input, Tensor Target)> batches,
        int epochs,
        IReadOnlyList<(Tensor Input, Tensor Target)> validation)
    {
        using var optimizer = optim.AdamW(
            model.parameters(), lr: learningRate, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1);
        var evaluation = PlainLoop.ForClasses(model);
        var figures = new List<double?>();
        var (best, bestLoss, epochsWithout) = (Copy(model), double.PositiveInfinity, 0);
        for (var epoch = 0; epoch < epochs && epochsWithout < Patience; epoch++)
        {
            model.train();
            var totals = (Loss: 0.0, Hits: 0L, Count: 0L);
            foreach (var window in batches.Chunk(WindowSize))
            {
                var (loss, hits, count) = Update(optimizer, window);
                totals = (totals.Loss + loss, totals.Hits + hits, totals.Count + count);
            }

            var own = Copy(model);
            Set(averages);
            var scores = evaluation.Evaluate(validation);
            figures.AddRange([totals.Loss / totals.Count, (double)totals.Hits / totals.Count, Rate(updates - 1), .. scores]);
            epochsWithout = scores[0] < bestLoss ? 0 : epochsWithout + 1;
            if (epochsWithout == 0)
            {
                (best, bestLoss) = (Copy(model), scores[0]!.Value);
            }

            Set(own);
        }

        Set(best);
        model.eval();
        return [.. figures];
    }

    private static Tensor[] Copy(Module model) => [.. model.state_dict().Values.Select(tensor => tensor.detach().clone())];

    private (double Loss, long Hits, long Count) Update(optim.Optimizer optimizer, (Tensor Input, Tensor Target)[] window)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var totals = (Loss: 0.0, Hits: 0L, Count: 0L);
        foreach (var (input, target) in window)
        {
            var output = model.call(input);
            var loss = functional.cross_entropy(output, target, reduction: Reduction.Sum);
            loss.backward();
            totals = (
                totals.Loss + loss.item<float>(),
                totals.Hits + output.argmax(1).eq(target).sum().item<long>(),
                totals.Count + target.numel());
        }

        using (no_grad())
        {
            var gradients = model.parameters().Select(parameter => parameter.grad!).ToArray();
            foreach (var gradient in gradients)
            {
                gradient.div_(totals.Count);
            }

            // As torch.nn.utils.clip_grad_norm_ computes it.
            var norm = stack(gradients.Select(gradient => gradient.norm()).ToArray()).norm();
            var factor = norm.add(1e-6).reciprocal().clamp(max: 1);
            foreach (var gradient in gradients)
            {
                gradient.mul_(factor);
            }
        }

        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = Rate(updates);
        }

        optimizer.step();
        MoveAverages();
        updates++;
        return totals;
    }

    private double Rate(int step) => learningRate * (step < 10
        ? 0.1 + (0.9 * step / 10)
        : 0.1 + (0.9 * ((1 + Math.Cos(Math.PI * ((step - 10) / 500.0))) / 2)));

    private void MoveAverages()
    {
        using var noGrad = no_grad();
        var share = tensor((float)Math.Max(1 - 0.9, 9.0 / (10 + updates)));
        foreach (var (average, weight) in averages.Zip(model.state_dict().Values))
        {
            average.lerp_(weight, share);
        }
    }

    private void Set(Tensor[] values)
    {
        using var noGrad = no_grad();
        foreach (var (weight, value) in model.state_dict().Values.Zip(values))
        {
            weight.copy_(value);
        }
    }
}
