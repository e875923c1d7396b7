using static TorchSharp.torch;

namespace LoopGen.Benchmarks.Training;

/// <summary>An epoch as people write it, with its loss and accuracy.</summary>
internal static class HandWrittenLoops
{
    /// <summary>By somebody who knows how: everything is freed, and the device is read once.</summary>
    public static void WithCare(nn.Module<Tensor, Tensor> model, IReadOnlyList<(Tensor Image, Tensor Target)> batches)
    {
        using var optimizer = optim.AdamW(model.parameters(), lr: 1e-3, weight_decay: 0.01);
        using var lossFunction = nn.CrossEntropyLoss();
        using var epochScope = NewDisposeScope();
        var losses = zeros(1);
        var correct = zeros(1, dtype: ScalarType.Int64);
        var samples = 0L;
        model.train();
        foreach (var (image, target) in batches)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var output = model.call(image);
            var loss = lossFunction.call(output, target);
            loss.backward();
            optimizer.step();
            losses.add_(loss.detach().mul(target.numel()));
            correct.add_(output.detach().argmax(1).eq(target).sum());
            samples += target.numel();
        }

        Report(losses.item<float>() / samples, correct.item<long>() / (double)samples);
    }

    /// <summary>From a tutorial: loss and accuracy are read in every step, and tensors are left to the finalizer.</summary>
    public static void FromATutorial(nn.Module<Tensor, Tensor> model, IReadOnlyList<(Tensor Image, Tensor Target)> batches)
    {
        var optimizer = optim.AdamW(model.parameters(), lr: 1e-3, weight_decay: 0.01);
        var lossFunction = nn.CrossEntropyLoss();
        var losses = 0.0;
        var correct = 0L;
        var samples = 0L;
        model.train();
        foreach (var (image, target) in batches)
        {
            optimizer.zero_grad();
            var output = model.forward(image);
            var loss = lossFunction.forward(output, target);
            loss.backward();
            optimizer.step();
            losses += loss.item<float>();
            correct += output.argmax(1).eq(target).sum().item<long>();
            samples += target.numel();
        }

        Report(losses / batches.Count, correct / (double)samples);
    }

    private static void Report(double loss, double accuracy)
    {
        if (!double.IsFinite(loss) || accuracy is < 0 or > 1)
        {
            throw new InvalidOperationException($"The loop does not train: loss {loss}, accuracy {accuracy}.");
        }
    }
}
