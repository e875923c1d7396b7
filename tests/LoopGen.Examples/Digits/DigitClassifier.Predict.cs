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

        // Remember the mode of every module, to put it back whatever happens.
        var modes = ModuleModes.Capture(this);
        try
        {
            this.eval();
            using var noGrad = torch.no_grad();

            foreach (var hostImage in Batches.Checked(batches))
            {
                cancellationToken.ThrowIfCancellationRequested();

                // Frees every tensor made below when the batch ends.
                using var batchScope = torch.NewDisposeScope();

                var image = hostImage.to(device, non_blocking: device.type == DeviceType.CUDA);
                var output = this.call(image);

                // Keep the output beyond its batch, on the CPU.
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

    /// <summary>
    /// Computes the outputs for <paramref name="batches"/> one batch at a time, each when it is asked for: for more
    /// data than memory holds. Between two batches every module is in the mode it had.
    /// </summary>
    /// <param name="batches">Batches of <c>image</c>.</param>
    /// <param name="device">
    /// Where to compute; by default a CUDA GPU if there is one, else the CPU. The model stays there.
    /// </param>
    /// <param name="cancellationToken">Ends the prediction with an <c>OperationCanceledException</c>.</param>
    /// <returns>
    /// The output of each batch, on the device; it belongs to the dispose scope it is asked for in.
    /// </returns>
    public IEnumerable<torch.Tensor> PredictEach(
        IEnumerable<torch.Tensor> batches,
        torch.Device? device = null,
        CancellationToken cancellationToken = default)
    {
        device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        this.to(device);

        foreach (var hostImage in Batches.Checked(batches))
        {
            cancellationToken.ThrowIfCancellationRequested();
            torch.Tensor output;

            // Remember the mode of every module, to put it back whatever happens.
            var modes = ModuleModes.Capture(this);
            try
            {
                this.eval();
                using var noGrad = torch.no_grad();

                // Frees every tensor made below when the batch ends, but for the output.
                using var batchScope = torch.NewDisposeScope();
                var image = hostImage.to(device, non_blocking: device.type == DeviceType.CUDA);
                output = this.call(image).MoveToOuterDisposeScope();
            }
            finally
            {
                modes.Restore();
            }

            yield return output;
        }
    }
}
