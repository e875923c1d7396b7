using LoopGen;
using TorchSharp;

namespace TextSample;

public sealed partial class CharGpt
{
    /// <summary>
    /// Computes loss and accuracy over <paramref name="validationBatches"/> in evaluation mode, without gradients.
    /// Every module is back in the mode it had when this returns or throws.
    /// </summary>
    /// <param name="validationBatches">
    /// Batches of <c>tokens</c> and <c>target</c> (int64 characters: shape (N, T) both).
    /// </param>
    /// <param name="device">
    /// Where to evaluate; by default a CUDA GPU if there is one, else the CPU. The model stays there.
    /// </param>
    /// <param name="cancellationToken">Ends the evaluation with an <c>OperationCanceledException</c>.</param>
    /// <returns>Averages over all characters.</returns>
    public Scores Evaluate(
        IEnumerable<(torch.Tensor tokens, torch.Tensor target)> validationBatches,
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

            foreach (var (hostTokens, hostTarget) in Batches.Checked(validationBatches))
            {
                cancellationToken.ThrowIfCancellationRequested();

                // Frees every tensor made below when the batch ends.
                using var batchScope = torch.NewDisposeScope();

                var tokens = hostTokens.to(device, non_blocking: device.type == DeviceType.CUDA);
                var target = hostTarget.to(device, non_blocking: device.type == DeviceType.CUDA);

                // Forward pass.
                var output = this.call(tokens);

                // Every batch, without waiting for the device: are the targets int64 classes that the output has?
                firstBatch.CheckClassTargets(output, target, ignoreIndex: -100);

                // Loss: cross-entropy.
                var loss = lossFunction.call(output, target);

                // Add to the totals, over characters, on the device, without waiting for it.
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
}
