using LoopGen;
using TorchSharp;

namespace DigitSample;

public sealed partial class DigitClassifier
{
    /// <summary>
    /// Computes the outputs for <paramref name="batches"/> in evaluation mode, without gradients. Every module is
    /// back in the mode it had when this returns or throws.
    /// </summary>
    /// <param name="batches">Batches of <c>image</c>.</param>
    /// <param name="device">
    /// Where to compute; by default a CUDA GPU if there is one, else the CPU. The model stays there.
    /// </param>
    /// <param name="cancellationToken">Ends the prediction with an <c>OperationCanceledException</c>.</param>
    /// <returns>
    /// The outputs of all samples in order, on the CPU; they belong to the caller's dispose scope.
    /// </returns>
    public torch.Tensor Predict(
        IEnumerable<torch.Tensor> batches,
        torch.Device? device = null,
        CancellationToken cancellationToken = default)
    {
        device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        this.to(device);

        var outputs = new List<torch.Tensor>();

        // The mode of every module, to be put back whatever happens.
        var modes = ModuleModes.Capture(this);
        try
        {
            this.eval();
            using var noGrad = torch.no_grad();

            foreach (var hostImage in Batches.Checked(batches))
            {
                cancellationToken.ThrowIfCancellationRequested();

                // The tensors of this batch are freed where it ends.
                using var stepScope = torch.NewDisposeScope();

                var image = hostImage.to(device, non_blocking: true);
                var output = this.call(image);

                // Kept beyond its batch, where it takes no memory of a GPU.
                outputs.Add(output.cpu().DetachFromDisposeScope());
            }

            return torch.cat(outputs);
        }
        finally
        {
            foreach (var output in outputs)
            {
                output.Dispose();
            }

            modes.Restore();
        }
    }

    /// <summary>Computes the outputs for a whole tensor, batch by batch.</summary>
    /// <param name="image">The samples of <c>image</c>: shape (samples, …).</param>
    /// <param name="batchSize">Samples per batch; it changes memory and speed, not the result.</param>
    /// <param name="device">
    /// Where to compute; by default a CUDA GPU if there is one, else the CPU. The model stays there.
    /// </param>
    /// <param name="cancellationToken">Ends the prediction with an <c>OperationCanceledException</c>.</param>
    /// <returns>
    /// The outputs of all samples in order, on the CPU; they belong to the caller's dispose scope.
    /// </returns>
    public torch.Tensor Predict(
        torch.Tensor image,
        int batchSize = 32,
        torch.Device? device = null,
        CancellationToken cancellationToken = default)
    {
        var batches = Batches.FromTensor(image, batchSize);
        return this.Predict(batches, device, cancellationToken);
    }
}
