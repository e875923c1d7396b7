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
    /// <param name="validationBatches">Batches to evaluate after each epoch. They must be given: their loss is watched.</param>
    /// <param name="device">Where to train; by default a CUDA GPU if there is one, else the CPU.</param>
    /// <param name="learningRate">The step size that the schedule scales.</param>
    /// <param name="seed">
    /// Seed of the randomness in the steps (dropout), or null to draw on torch's generator.
    /// </param>
    /// <param name="optimizer">
    /// An optimizer over this model's parameters to go on with, which the caller disposes; by default a new AdamW.
    /// </param>
    /// <param name="verbose">How progress is shown; by default a bar on a terminal, else a line per epoch.</param>
    /// <param name="callbacks">Observers: loggers, displays, rules for stopping.</param>
    /// <param name="cancellationToken">Stops before the next window; an unfinished epoch is not reported.</param>
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
        TrainingRun.RequireValidation(validationBatches, "[EarlyStopping] watches val_loss");

        // Progress, callbacks, stopping. On an exception, every module goes back to the mode it had.
        using var run = TrainingRun.Start(this, trainBatches, epochs, verbose, callbacks, cancellationToken);

        device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        this.to(device);
        Randomness.SeedIfGiven(seed);
        run.CheckLearningRate(learningRate, optimizer: null);

        // Create the optimizer after moving the model, so that it holds the moved parameters.
        optimizer ??= run.Own(torch.optim.AdamW(
            this.parameters(), lr: learningRate, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1));
        run.Check(optimizer);

        // Summed: unlike means, the sums of batches of any size add up.
        using var lossFunction = torch.nn.CrossEntropyLoss(reduction: torch.nn.Reduction.Sum);
        // Made once: a number in the call would become a native Scalar in every batch, freed only by its finalizer.
        using var one = (1L).ToScalar();
        var firstBatch = new FirstBatch(trainBatches, validationBatches);

        // Keeps the sums of a window within what float16 holds; it changes nothing for models of another type.
        using var windowScale = new WindowScale(this, batches: 4);

        // The learning rate as a function of the number of updates made.
        var schedule = new CosineSchedule(
            learningRate, decaySteps: 500, finalFactor: 0.1, warmupSteps: 10, warmupFactor: 0.1);

        // A moving average of weights and buffers: what is evaluated, and what the model is left with.
        using var averagedWeights = new AveragedWeights(this, decay: 0.9, warmup: true);

        // Ends the training when val_loss has not improved for 3 epochs.
        var earlyStopping = new EarlyStopping("val_loss", patience: 3, minDelta: 0.0, isHigherBetter: false);
        using var bestWeights = new BestWeights(this);

        using var meanLoss = new Mean(device, name: "loss");
        using var accuracy = new Accuracy(device);

        var history = new History<EpochLog>();
        var step = 0L;

        for (var epoch = 1; epoch <= epochs && !run.IsStopped; epoch++)
        {
            run.BeginEpoch(epoch);
            this.train();
            meanLoss.Reset();
            accuracy.Reset();
            var isComplete = true;

            // The weights are updated once for every 4 batches; the last window of an epoch may be shorter.
            // Windows frees what the source made for a batch when the next is asked for; an empty source throws.
            foreach (var window in Batches.Windows(trainBatches, size: 4))
            {
                // A callback or the cancellation token asked to stop with batches left: leave the epoch.
                if (run.IsStopped)
                {
                    isComplete = false;
                    break;
                }

                // Frees what is made for the window when it ends.
                using var windowScope = torch.NewDisposeScope();

                // 1. Clear the previous window's gradients.
                this.zero_grad();
                var targetsInWindow = torch.tensor(0L, device: device);

                foreach (var (hostTokens, hostTarget) in window)
                {
                    // Frees every tensor made below when the batch ends.
                    using var batchScope = torch.NewDisposeScope();

                    var tokens = hostTokens.to(device, non_blocking: device.type == DeviceType.CUDA);
                    var target = hostTarget.to(device, non_blocking: device.type == DeviceType.CUDA);

                    // 2. Forward pass.
                    var output = this.call(tokens);

                    // Every batch, without waiting for the device: are the targets int64 classes that the output has?
                    firstBatch.CheckClassTargets(output, target, ignoreIndex: -100);

                    // 3. Loss: cross-entropy, summed over the targets.
                    var loss = lossFunction.call(output, target);

                    // 4. Backward pass: the gradients add up over the window.
                    windowScale.Apply(loss, target.numel()).backward();

                    // Add to the totals, over characters, on the device, without waiting for it.
                    var targetsInBatch = Targets.Count(output, target);
                    targetsInWindow.add_(targetsInBatch, one);
                    meanLoss.UpdateSum(loss, count: targetsInBatch);
                    accuracy.Update(output, target);

                    run.EndBatch(meanLoss, accuracy);
                }

                // The sums become the mean over the window's targets.
                windowScale.Divide(targetsInWindow);

                // Scale all gradients down together to a global norm of at most 1.
                Gradients.ClipNorm(this, maxNorm: 1.0);

                // 5. Update the weights.
                optimizer.SetLearningRate(schedule.At(step));
                optimizer.step();
                averagedWeights.Update();
                step++;
            }

            // An incomplete epoch is not reported.
            if (!isComplete)
            {
                break;
            }

            Scores scores;
            try
            {
                // Evaluate the averaged weights in place of the model's; the swap ends with the block.
                using (averagedWeights.SwapIn())
                {
                    scores = this.Evaluate(validationBatches, device, run.Stopping);
                }
            }
            catch (OperationCanceledException) when (run.IsStopped)
            {
                // An epoch that is stopped in its validation is not complete.
                break;
            }

            var log = new EpochLog(
                epoch, Loss: meanLoss.Compute(), Accuracy: accuracy.Compute(), LearningRate: schedule.At(step - 1),
                ValLoss: scores.Loss, ValAccuracy: scores.Accuracy);

            // An improvement: keep the weights that were evaluated.
            if (earlyStopping.Update(scores.Loss))
            {
                using (averagedWeights.SwapIn())
                {
                    bestWeights.Keep();
                }
            }

            if (earlyStopping.IsExhausted)
            {
                run.Stop(earlyStopping.Reason);
            }

            history.Add(log);
            run.EndEpoch(log);
        }

        // The averages become the model's weights.
        averagedWeights.CopyToModel();

        // Those of the best epoch instead, if any were kept.
        bestWeights.CopyToModel();
        this.eval();
        return run.End(history);
    }
}
