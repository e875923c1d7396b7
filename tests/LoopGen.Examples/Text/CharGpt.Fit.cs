using LoopGen;
using TorchSharp;

namespace TextSample;

public sealed partial class CharGpt
{
    /// <summary>
    /// Trains the model with AdamW on cross-entropy: per epoch one pass over <paramref name="trainBatches"/>, then one
    /// over <paramref name="validationBatches"/>, reporting loss and accuracy over all characters. The model stays on
    /// <paramref name="device"/> and is left in evaluation mode.
    /// </summary>
    /// <param name="trainBatches">
    /// Batches of <c>tokens</c> and <c>target</c> (int64 characters: shape (N, T) both). Read once per epoch.
    /// </param>
    /// <param name="epochs">How many passes to make, at least 1.</param>
    /// <param name="validationBatches">Batches to evaluate after each epoch, or null for none.</param>
    /// <param name="device">Where to train; by default a CUDA GPU if there is one, else the CPU.</param>
    /// <param name="learningRate">The step size of the AdamW made here.</param>
    /// <param name="seed">
    /// Seed of the randomness in the steps (dropout), or null to draw on torch's generator.
    /// </param>
    /// <param name="optimizer">
    /// An optimizer over this model's parameters to go on with, which the caller disposes; by default a new AdamW.
    /// </param>
    /// <param name="verbose">How progress is shown; by default a bar on a terminal, else a line per epoch.</param>
    /// <param name="callbacks">Observers: loggers, displays, rules for stopping.</param>
    /// <param name="cancellationToken">Stops before the next batch; an unfinished epoch is not reported.</param>
    /// <returns>The figures of every epoch that was completed, and the reason if training stopped early.</returns>
    public History<EpochLog> Fit(
        IEnumerable<(torch.Tensor tokens, torch.Tensor target)> trainBatches,
        int epochs = 1,
        IEnumerable<(torch.Tensor tokens, torch.Tensor target)>? validationBatches = null,
        torch.Device? device = null,
        double learningRate = 0.0006,
        int? seed = null,
        torch.optim.Optimizer? optimizer = null,
        Verbosity verbose = Verbosity.Auto,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        // Progress, callbacks, stopping. On an exception, every module goes back to the mode it had.
        using var run = TrainingRun.Start(this, trainBatches, epochs, verbose, callbacks, cancellationToken);

        device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        this.to(device);
        Randomness.SeedIfGiven(seed);

        // Create the optimizer after moving the model, so that it holds the moved parameters.
        optimizer = run.Checked(optimizer) ?? run.Own(torch.optim.AdamW(
            this.parameters(), lr: learningRate, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1));
        using var lossFunction = torch.nn.CrossEntropyLoss();
        var firstBatch = new FirstBatch();

        using var meanLoss = new Mean(device, name: "loss");
        using var accuracy = new Accuracy(device);

        var history = new History<EpochLog>();

        for (var epoch = 1; epoch <= epochs && !run.IsStopped; epoch++)
        {
            run.BeginEpoch(epoch);
            this.train();
            meanLoss.Reset();
            accuracy.Reset();
            var isComplete = true;

            // Checked frees what the source made for a batch when the next is asked for; an empty source throws.
            foreach (var (hostTokens, hostTarget) in Batches.Checked(trainBatches))
            {
                // A callback or the cancellation token asked to stop with batches left: leave the epoch.
                if (run.IsStopped)
                {
                    isComplete = false;
                    break;
                }

                // Frees every tensor made below when the step ends.
                using var stepScope = torch.NewDisposeScope();

                var tokens = hostTokens.to(device, non_blocking: device.type == DeviceType.CUDA);
                var target = hostTarget.to(device, non_blocking: device.type == DeviceType.CUDA);

                // 1. Clear the previous step's gradients.
                this.zero_grad();

                // 2. Forward pass.
                var output = this.call(tokens);

                // The first batch only: are the targets int64 classes that the output has?
                firstBatch.CheckClassTargets(output, target);

                // 3. Loss: cross-entropy.
                var loss = lossFunction.call(output, target);

                // 4. Backward pass: the gradient of the loss for every parameter.
                loss.backward();

                // 5. Update the weights.
                optimizer.step();

                // Add to the totals, over characters, on the device, without waiting for it.
                meanLoss.Update(loss, count: target.numel());
                accuracy.Update(output, target);

                run.EndBatch(meanLoss, accuracy);
            }

            // Half an epoch is not reported.
            if (!isComplete)
            {
                break;
            }

            var scores = validationBatches is null ? null : this.Evaluate(validationBatches, device);

            var log = new EpochLog(
                epoch, Loss: meanLoss.Compute(), Accuracy: accuracy.Compute(),
                ValLoss: scores?.Loss, ValAccuracy: scores?.Accuracy);

            history.Add(log);
            run.EndEpoch(log);
        }

        this.eval();
        return run.End(history);
    }
}
