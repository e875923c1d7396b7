using LoopGen;

namespace TextSample;

public sealed partial class CharGpt
{
    /// <summary>
    /// The figures of one epoch: averages over its characters, and those of the validation data if there was any.
    /// </summary>
    /// <param name="Epoch">The epoch's number, from 1.</param>
    /// <param name="Loss">Mean cross-entropy over the training batches, while the weights changed.</param>
    /// <param name="Accuracy">Accuracy over the training batches, while the weights changed.</param>
    /// <param name="LearningRate">The learning rate of the epoch's last update.</param>
    /// <param name="ValLoss">
    /// Mean cross-entropy over the validation batches after the epoch, or null without any.
    /// </param>
    /// <param name="ValAccuracy">Accuracy over the validation batches after the epoch, or null without any.</param>
    public sealed record EpochLog(
        int Epoch,
        double Loss,
        double Accuracy,
        double LearningRate,
        double? ValLoss,
        double? ValAccuracy) : IEpochLog
    {
        /// <inheritdoc/>
        public IReadOnlyList<(string Name, double? Value)> Figures =>
        [
            ("loss", this.Loss),
            ("accuracy", this.Accuracy),
            ("learning_rate", this.LearningRate),
            ("val_loss", this.ValLoss),
            ("val_accuracy", this.ValAccuracy),
        ];
    }

    /// <summary>The figures of one evaluation: averages over all its characters.</summary>
    /// <param name="Loss">Mean cross-entropy.</param>
    /// <param name="Accuracy">Accuracy.</param>
    public sealed record Scores(double Loss, double Accuracy);
}
