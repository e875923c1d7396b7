using LoopGen;
using TorchSharp;

namespace DigitSample;

public sealed partial class DigitClassifier
{
    /// <summary>
    /// Makes the AdamW that <c>Fit</c> would make, to be passed to <c>TrainOnBatch</c> or to several calls of
    /// <c>Fit</c>. The model is moved first: an optimizer made before the move would not know the parameters.
    /// </summary>
    /// <param name="device">Where to train; by default a CUDA GPU if there is one, else the CPU.</param>
    /// <param name="learningRate">The step size.</param>
    /// <returns>An optimizer over this model's parameters. The caller disposes it.</returns>
    public torch.optim.Optimizer CreateOptimizer(
        torch.Device? device = null,
        double learningRate = 0.001)
    {
        device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        this.to(device);
        return torch.optim.AdamW(
            this.parameters(), lr: learningRate, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.01);
    }

    /// <summary>
    /// Makes one update: forward, loss, backward, step, in training mode. Afterwards every module is back in the
    /// mode it had.
    /// </summary>
    /// <param name="image">A batch of <c>image</c>, on any device.</param>
    /// <param name="target">
    /// The targets (int64 class indices: shape (N) for logits of shape (N, C)), on any device.
    /// </param>
    /// <param name="optimizer">What updates the weights, made by <c>CreateOptimizer</c>.</param>
    /// <param name="device">
    /// Where to train, as given to <c>CreateOptimizer</c>; by default a CUDA GPU if there is one, else the CPU.
    /// </param>
    /// <returns>The figures of this batch before the update.</returns>
    public Scores TrainOnBatch(
        torch.Tensor image,
        torch.Tensor target,
        torch.optim.Optimizer optimizer,
        torch.Device? device = null)
    {
        device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        this.to(device);
        TrainingRun.CheckStep(this, optimizer);

        using var lossFunction = torch.nn.CrossEntropyLoss();

        using var meanLoss = new Mean(device, name: "loss");
        using var accuracy = new Accuracy(device);

        // Remember the mode of every module, to put it back whatever happens.
        var modes = ModuleModes.Capture(this);
        try
        {
            this.train();
            using var batchScope = torch.NewDisposeScope();

            image = image.to(device, non_blocking: device.type == DeviceType.CUDA);
            target = target.to(device, non_blocking: device.type == DeviceType.CUDA);

            // 1. Clear the previous step's gradients.
            this.zero_grad();

            // 2. Forward pass.
            var output = this.call(image);

            // Are the targets int64 classes that the output has?
            new FirstBatch().CheckClassTargets(output, target, ignoreIndex: -100);

            // 3. Loss: cross-entropy.
            var loss = lossFunction.call(output, target);

            // 4. Backward pass: the gradient of the loss for every parameter.
            loss.backward();

            // 5. Update the weights.
            optimizer.step();

            meanLoss.Update(loss, count: Targets.Count(output, target));
            accuracy.Update(output, target);

            return new Scores(Loss: meanLoss.Compute(), Accuracy: accuracy.Compute());
        }
        finally
        {
            modes.Restore();
        }
    }

    /// <summary>
    /// Computes the figures of one batch in evaluation mode. Afterwards every module is back in the mode it had.
    /// </summary>
    /// <param name="image">A batch of <c>image</c>, on any device.</param>
    /// <param name="target">
    /// The targets (int64 class indices: shape (N) for logits of shape (N, C)), on any device.
    /// </param>
    /// <param name="device">Where to evaluate; by default a CUDA GPU if there is one, else the CPU.</param>
    /// <returns>The figures of this batch.</returns>
    public Scores TestOnBatch(
        torch.Tensor image,
        torch.Tensor target,
        torch.Device? device = null)
    {
        device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        this.to(device);

        using var lossFunction = torch.nn.CrossEntropyLoss();

        using var meanLoss = new Mean(device, name: "loss");
        using var accuracy = new Accuracy(device);

        // Remember the mode of every module, to put it back whatever happens.
        var modes = ModuleModes.Capture(this);
        try
        {
            this.eval();
            using var noGrad = torch.no_grad();

            using var batchScope = torch.NewDisposeScope();

            image = image.to(device, non_blocking: device.type == DeviceType.CUDA);
            target = target.to(device, non_blocking: device.type == DeviceType.CUDA);

            // Forward pass.
            var output = this.call(image);

            // Are the targets int64 classes that the output has?
            new FirstBatch().CheckClassTargets(output, target, ignoreIndex: -100);

            // Loss: cross-entropy.
            var loss = lossFunction.call(output, target);

            meanLoss.Update(loss, count: Targets.Count(output, target));
            accuracy.Update(output, target);

            return new Scores(Loss: meanLoss.Compute(), Accuracy: accuracy.Compute());
        }
        finally
        {
            modes.Restore();
        }
    }
}
