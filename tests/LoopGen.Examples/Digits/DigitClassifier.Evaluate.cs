using LoopGen;
using TorchSharp;
using DataLoader = TorchSharp.Modules.DataLoader;
using IterableDataLoader = TorchSharp.Modules.IterableDataLoader;

namespace DigitSample;

public sealed partial class DigitClassifier
{
    /// <summary>
    /// Computes loss and accuracy over <paramref name="validationBatches"/> in evaluation mode, without gradients.
    /// Every module is back in the mode it had when this returns or throws.
    /// </summary>
    /// <param name="validationBatches">
    /// Batches of <c>image</c> and <c>target</c> (int64 class indices: shape (N) for logits of shape (N, C)).
    /// </param>
    /// <param name="device">
    /// Where to evaluate; by default a CUDA GPU if there is one, else the CPU. The model stays there.
    /// </param>
    /// <param name="cancellationToken">Ends the evaluation with an <c>OperationCanceledException</c>.</param>
    /// <returns>Averages over all samples.</returns>
    public Scores Evaluate(
        IEnumerable<(torch.Tensor image, torch.Tensor target)> validationBatches,
        torch.Device? device = null,
        CancellationToken cancellationToken = default)
    {
        device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        this.to(device);

        using var lossFunction = torch.nn.CrossEntropyLoss();
        var firstBatch = FirstBatch.OfValidation(validationBatches);

        using var meanLoss = new Mean(device, name: "loss");
        using var accuracy = new Accuracy(device);

        // Remember the mode of every module, to put it back whatever happens.
        var modes = ModuleModes.Capture(this);
        try
        {
            this.eval();
            using var noGrad = torch.no_grad();

            foreach (var (hostImage, hostTarget) in Batches.Checked(validationBatches))
            {
                cancellationToken.ThrowIfCancellationRequested();

                // Frees every tensor made below when the batch ends.
                using var batchScope = torch.NewDisposeScope();

                var image = hostImage.to(device, non_blocking: device.type == DeviceType.CUDA);
                var target = hostTarget.to(device, non_blocking: device.type == DeviceType.CUDA);

                // Forward pass.
                var output = this.call(image);

                // Every batch, without waiting for the device: are the targets int64 classes that the output has?
                firstBatch.CheckClassTargets(output, target, ignoreIndex: -100);

                // Loss: cross-entropy.
                var loss = lossFunction.call(output, target);

                // Add to the totals on the device, without waiting for it.
                meanLoss.Update(loss, count: Targets.Count(output, target));
                accuracy.Update(output, target);
            }

            return new Scores(Loss: meanLoss.Compute(), Accuracy: accuracy.Compute());
        }
        finally
        {
            modes.Restore();
        }
    }

    /// <summary>Computes loss and accuracy over whole tensors, in their order.</summary>
    /// <param name="image">The samples of <c>image</c>: shape (samples, …).</param>
    /// <param name="target">
    /// The targets, one per sample (int64 class indices: shape (N) for logits of shape (N, C)).
    /// </param>
    /// <param name="batchSize">Samples per batch; it changes memory and speed, not the result.</param>
    /// <param name="device">
    /// Where to evaluate; by default a CUDA GPU if there is one, else the CPU. The model stays there.
    /// </param>
    /// <param name="cancellationToken">Ends the evaluation with an <c>OperationCanceledException</c>.</param>
    /// <returns>Averages over all samples.</returns>
    public Scores Evaluate(
        torch.Tensor image,
        torch.Tensor target,
        int batchSize = 32,
        torch.Device? device = null,
        CancellationToken cancellationToken = default)
    {
        var validationBatches = Batches.FromTensors(image, target, batchSize, shuffle: false);
        return this.Evaluate(validationBatches, device, cancellationToken);
    }

    /// <summary>Computes loss and accuracy over a TorchSharp <c>DataLoader</c>.</summary>
    /// <param name="loader">Yields <c>image</c> and <c>target</c>.</param>
    /// <param name="device">
    /// Where to evaluate; by default a CUDA GPU if there is one, else the CPU. The model stays there.
    /// </param>
    /// <param name="cancellationToken">Ends the evaluation with an <c>OperationCanceledException</c>.</param>
    /// <returns>Averages over all samples.</returns>
    public Scores Evaluate(
        DataLoader loader,
        torch.Device? device = null,
        CancellationToken cancellationToken = default)
    {
        var validationBatches = Batches.FromLoader(loader, "image", "target");
        return this.Evaluate(validationBatches, device, cancellationToken);
    }

    /// <summary>Computes loss and accuracy over a TorchSharp <c>IterableDataLoader</c>.</summary>
    /// <param name="loader">Yields <c>image</c> and <c>target</c>.</param>
    /// <param name="device">
    /// Where to evaluate; by default a CUDA GPU if there is one, else the CPU. The model stays there.
    /// </param>
    /// <param name="cancellationToken">Ends the evaluation with an <c>OperationCanceledException</c>.</param>
    /// <returns>Averages over all samples.</returns>
    public Scores Evaluate(
        IterableDataLoader loader,
        torch.Device? device = null,
        CancellationToken cancellationToken = default)
    {
        var validationBatches = Batches.FromLoader(loader);
        return this.Evaluate(validationBatches, device, cancellationToken);
    }
}
