using LoopGen;
using TorchSharp;
using DataLoader = TorchSharp.Modules.DataLoader;
using IterableDataLoader = TorchSharp.Modules.IterableDataLoader;

namespace DigitSample;

public sealed partial class DigitClassifier
{
    /// <summary>
    /// Trains the model with AdamW on cross-entropy: per epoch one pass over <paramref name="trainBatches"/>, then
    /// one over <paramref name="validationBatches"/>, reporting loss and accuracy. The model stays on
    /// <paramref name="device"/> and is left in evaluation mode.
    /// </summary>
    /// <param name="trainBatches">
    /// Batches of <c>image</c> and <c>target</c> (int64 class indices: shape (N) for logits of shape (N, C)). Read
    /// once per epoch.
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
        IEnumerable<(torch.Tensor image, torch.Tensor target)> trainBatches,
        int epochs = 1,
        IEnumerable<(torch.Tensor image, torch.Tensor target)>? validationBatches = null,
        torch.Device? device = null,
        double learningRate = 0.001,
        int? seed = null,
        torch.optim.Optimizer? optimizer = null,
        Verbosity verbose = Verbosity.Auto,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        // Progress, callbacks, stopping. Should anything throw, every module goes back to the mode it had.
        using var run = TrainingRun.Start(this, trainBatches, epochs, verbose, callbacks, cancellationToken);

        device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        this.to(device);
        Randomness.SeedIfGiven(seed);

        // A new optimizer unless one was passed. It must see the parameters where they train: after the move.
        optimizer ??= run.Own(torch.optim.AdamW(
            this.parameters(), lr: learningRate, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.01));
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

            foreach (var (hostImage, hostTarget) in Batches.Checked(trainBatches))
            {
                // A callback or the cancellation token asked to stop, and batches remain.
                if (run.IsStopped)
                {
                    isComplete = false;
                    break;
                }

                // The tensors of this step are freed where the step ends.
                using var stepScope = torch.NewDisposeScope();

                var image = hostImage.to(device, non_blocking: true);
                var target = hostTarget.to(device, non_blocking: true);

                // 1. Clear the gradients of the step before.
                this.zero_grad();

                // 2. Forward pass.
                var output = this.call(image);

                // The first batch only: are the targets int64 classes that the output has?
                firstBatch.CheckClassTargets(output, target);

                // 3. Loss.
                var loss = lossFunction.call(output, target);

                // 4. Backward pass: the gradient of the loss for every parameter.
                loss.backward();

                // 5. Update the weights.
                optimizer.step();

                // Totals stay on the device: nothing here waits for it.
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

    /// <summary>
    /// Trains on whole tensors that fit into memory: shuffled anew for every epoch, gathered into batches on the
    /// device they lie on, kept in the dtype they have.
    /// </summary>
    /// <param name="image">The samples of <c>image</c>: shape (samples, …).</param>
    /// <param name="target">
    /// The targets, one per sample (int64 class indices: shape (N) for logits of shape (N, C)).
    /// </param>
    /// <param name="epochs">How many passes to make, at least 1.</param>
    /// <param name="batchSize">Samples per batch; the last batch of an epoch may be smaller.</param>
    /// <param name="validation">Tensors to evaluate after each epoch, or null.</param>
    /// <param name="validationSplit">
    /// Without validation tensors: the fraction of the samples, from 0 to less than 1, to evaluate on instead of
    /// training on. As in Keras it is the last one, taken before shuffling.
    /// </param>
    /// <param name="shuffle">Whether each epoch has an order of its own.</param>
    /// <param name="device">Where to train; by default a CUDA GPU if there is one, else the CPU.</param>
    /// <param name="learningRate">The step size of the AdamW made here.</param>
    /// <param name="seed">
    /// Seed of the order of the samples and of the randomness in the steps (dropout), or null to draw on torch's
    /// generator.
    /// </param>
    /// <param name="optimizer">
    /// An optimizer over this model's parameters to go on with, which the caller disposes; by default a new AdamW.
    /// </param>
    /// <param name="verbose">How progress is shown; by default a bar on a terminal, else a line per epoch.</param>
    /// <param name="callbacks">Observers: loggers, displays, rules for stopping.</param>
    /// <param name="cancellationToken">Stops before the next batch; an unfinished epoch is not reported.</param>
    /// <returns>The figures of every epoch that was completed, and the reason if training stopped early.</returns>
    public History<EpochLog> Fit(
        torch.Tensor image,
        torch.Tensor target,
        int epochs = 1,
        int batchSize = 32,
        (torch.Tensor image, torch.Tensor target)? validation = null,
        double validationSplit = 0.0,
        bool shuffle = true,
        torch.Device? device = null,
        double learningRate = 0.001,
        int? seed = null,
        torch.optim.Optimizer? optimizer = null,
        Verbosity verbose = Verbosity.Auto,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        // Without validation data the last samples are held out, before any shuffling.
        var samples = Batches.FromTensors(image, target, batchSize, shuffle, seed);
        var (trainBatches, heldOutBatches) = samples.Split(validation is null ? validationSplit : 0.0);
        var validationBatches = validation is (var validationImage, var validationTarget)
            ? Batches.FromTensors(validationImage, validationTarget, batchSize, shuffle: false)
            : heldOutBatches;

        return this.Fit(
            trainBatches, epochs, validationBatches, device, learningRate, seed, optimizer, verbose, callbacks,
            cancellationToken);
    }

    /// <summary>Trains on a <c>DataLoader</c> of TorchSharp.</summary>
    /// <param name="trainLoader">
    /// Yields <c>image</c> and <c>target</c>. Batches are dictionaries; members are found by these names, or by
    /// TorchSharp's <c>data</c> and <c>label</c>.
    /// </param>
    /// <param name="epochs">How many passes to make, at least 1.</param>
    /// <param name="validationLoader">What to evaluate after each epoch, or null for nothing.</param>
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
        DataLoader trainLoader,
        int epochs = 1,
        DataLoader? validationLoader = null,
        torch.Device? device = null,
        double learningRate = 0.001,
        int? seed = null,
        torch.optim.Optimizer? optimizer = null,
        Verbosity verbose = Verbosity.Auto,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        var trainBatches = Batches.FromLoader(trainLoader, "image", "target");
        var validationBatches = validationLoader is null
            ? null
            : Batches.FromLoader(validationLoader, "image", "target");

        return this.Fit(
            trainBatches, epochs, validationBatches, device, learningRate, seed, optimizer, verbose, callbacks,
            cancellationToken);
    }

    /// <summary>Trains on an <c>IterableDataLoader</c> of TorchSharp.</summary>
    /// <param name="trainLoader">
    /// Yields <c>image</c> and <c>target</c>. Batches are lists of tensors in this order.
    /// </param>
    /// <param name="epochs">How many passes to make, at least 1.</param>
    /// <param name="validationLoader">What to evaluate after each epoch, or null for nothing.</param>
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
        IterableDataLoader trainLoader,
        int epochs = 1,
        IterableDataLoader? validationLoader = null,
        torch.Device? device = null,
        double learningRate = 0.001,
        int? seed = null,
        torch.optim.Optimizer? optimizer = null,
        Verbosity verbose = Verbosity.Auto,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        var trainBatches = Batches.FromLoader(trainLoader);
        var validationBatches = validationLoader is null ? null : Batches.FromLoader(validationLoader);

        return this.Fit(
            trainBatches, epochs, validationBatches, device, learningRate, seed, optimizer, verbose, callbacks,
            cancellationToken);
    }
}
