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
    /// <paramref name="device"/> and is left in evaluation mode; after an exception, every module is in the mode it
    /// had before.
    /// </summary>
    /// <param name="trainBatches">
    /// Batches of <c>image</c> and <c>target</c> (int64 class indices: shape (N) for logits of shape (N, C)). Must
    /// be readable once per epoch.
    /// </param>
    /// <param name="epochs">Number of epochs, at least 1.</param>
    /// <param name="validationBatches">Validation data, evaluated after each epoch, or null for none.</param>
    /// <param name="device">Where to train; by default a CUDA GPU if there is one, else the CPU.</param>
    /// <param name="learningRate">
    /// Learning rate of the default AdamW; an optimizer that is passed keeps its own.
    /// </param>
    /// <param name="seed">Seeds torch's global generator, and with it dropout; null leaves it as it is.</param>
    /// <param name="optimizer">
    /// An existing optimizer over this model's parameters, such as one from <c>CreateOptimizer</c>; the caller
    /// keeps it. By default a new AdamW.
    /// </param>
    /// <param name="verbose">How to show progress; by default a bar on a terminal, else a line per epoch.</param>
    /// <param name="callbacks">Callbacks, such as loggers or rules for stopping.</param>
    /// <param name="cancellationToken">
    /// Stops training before the next batch. <c>Fit</c> then returns normally: the updates made so far stay, an
    /// incomplete epoch is not reported.
    /// </param>
    /// <returns>The figures of each completed epoch, and why training stopped early, if it did.</returns>
    /// <exception cref="ArgumentException">
    /// An argument or the first batch is not what training needs; parameters and optimizer are untouched.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The model has nothing to train, or the batches used a tensor that was already freed.
    /// </exception>
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
        // Progress, callbacks, stopping. On an exception, every module goes back to the mode it had.
        using var run = TrainingRun.Start(this, trainBatches, epochs, verbose, callbacks, cancellationToken);

        device ??= torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        this.to(device);
        Randomness.SeedIfGiven(seed);
        run.CheckLearningRate(learningRate, optimizer, unchanged: 0.001);

        // Create the optimizer after moving the model, so that it holds the moved parameters.
        optimizer ??= run.Own(torch.optim.AdamW(
            this.parameters(), lr: learningRate, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.01));
        run.Check(optimizer);
        using var lossFunction = torch.nn.CrossEntropyLoss();
        var firstBatch = new FirstBatch(trainBatches, validationBatches);

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
            foreach (var (hostImage, hostTarget) in Batches.Checked(trainBatches))
            {
                // A callback or the cancellation token asked to stop with batches left: leave the epoch.
                if (run.IsStopped)
                {
                    isComplete = false;
                    break;
                }

                // Frees every tensor made below when the batch ends.
                using var batchScope = torch.NewDisposeScope();

                var image = hostImage.to(device, non_blocking: device.type == DeviceType.CUDA);
                var target = hostTarget.to(device, non_blocking: device.type == DeviceType.CUDA);

                // 1. Clear the previous step's gradients.
                this.zero_grad();

                // 2. Forward pass.
                var output = this.call(image);

                // Every batch, without waiting for the device: are the targets int64 classes that the output has?
                firstBatch.CheckClassTargets(output, target, ignoreIndex: -100);

                // 3. Loss: cross-entropy.
                var loss = lossFunction.call(output, target);

                // 4. Backward pass: the gradient of the loss for every parameter.
                loss.backward();

                // 5. Update the weights.
                optimizer.step();

                // Add to the totals on the device, without waiting for it.
                meanLoss.Update(loss, count: Targets.Count(output, target));
                accuracy.Update(output, target);

                run.EndBatch(meanLoss, accuracy);
            }

            // An incomplete epoch is not reported.
            if (!isComplete)
            {
                break;
            }

            Scores? scores;
            try
            {
                scores = validationBatches is null ? null : this.Evaluate(validationBatches, device, run.Stopping);
            }
            catch (OperationCanceledException) when (run.IsStopped)
            {
                // An epoch that is stopped in its validation is not complete.
                break;
            }

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
    /// Trains on whole tensors. They stay as they are stored, on the device they are on; batches are gathered from
    /// them.
    /// </summary>
    /// <param name="image">The samples of <c>image</c>: shape (samples, …).</param>
    /// <param name="target">
    /// The targets, one per sample (int64 class indices: shape (N) for logits of shape (N, C)).
    /// </param>
    /// <param name="epochs">Number of epochs, at least 1.</param>
    /// <param name="batchSize">Samples per batch; the last batch of an epoch may be smaller.</param>
    /// <param name="validation">Validation data, or null for none.</param>
    /// <param name="validationSplit">
    /// Fraction of the samples to hold out for validation, from 0 to less than 1. As in Keras, the last samples are
    /// held out, before shuffling; ignored if <paramref name="validation"/> is given.
    /// </param>
    /// <param name="shuffle">Whether to reshuffle before each epoch.</param>
    /// <param name="device">Where to train; by default a CUDA GPU if there is one, else the CPU.</param>
    /// <param name="learningRate">
    /// Learning rate of the default AdamW; an optimizer that is passed keeps its own.
    /// </param>
    /// <param name="seed">
    /// Seeds the order of the samples and torch's global generator, and with it dropout; null leaves the generator
    /// as it is.
    /// </param>
    /// <param name="optimizer">
    /// An existing optimizer over this model's parameters, such as one from <c>CreateOptimizer</c>; the caller
    /// keeps it. By default a new AdamW.
    /// </param>
    /// <param name="verbose">How to show progress; by default a bar on a terminal, else a line per epoch.</param>
    /// <param name="callbacks">Callbacks, such as loggers or rules for stopping.</param>
    /// <param name="cancellationToken">
    /// Stops training before the next batch. <c>Fit</c> then returns normally: the updates made so far stay, an
    /// incomplete epoch is not reported.
    /// </param>
    /// <returns>The figures of each completed epoch, and why training stopped early, if it did.</returns>
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

    /// <summary>Trains on a TorchSharp <c>DataLoader</c>.</summary>
    /// <param name="trainLoader">
    /// Yields <c>image</c> and <c>target</c>. Batches are dictionaries; members are found by these names, or by
    /// TorchSharp's <c>data</c> and <c>label</c>.
    /// </param>
    /// <param name="epochs">Number of epochs, at least 1.</param>
    /// <param name="validationLoader">Validation data, or null for none.</param>
    /// <param name="device">Where to train; by default a CUDA GPU if there is one, else the CPU.</param>
    /// <param name="learningRate">
    /// Learning rate of the default AdamW; an optimizer that is passed keeps its own.
    /// </param>
    /// <param name="seed">Seeds torch's global generator, and with it dropout; null leaves it as it is.</param>
    /// <param name="optimizer">
    /// An existing optimizer over this model's parameters, such as one from <c>CreateOptimizer</c>; the caller
    /// keeps it. By default a new AdamW.
    /// </param>
    /// <param name="verbose">How to show progress; by default a bar on a terminal, else a line per epoch.</param>
    /// <param name="callbacks">Callbacks, such as loggers or rules for stopping.</param>
    /// <param name="cancellationToken">
    /// Stops training before the next batch. <c>Fit</c> then returns normally: the updates made so far stay, an
    /// incomplete epoch is not reported.
    /// </param>
    /// <returns>The figures of each completed epoch, and why training stopped early, if it did.</returns>
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

    /// <summary>Trains on a TorchSharp <c>IterableDataLoader</c>.</summary>
    /// <param name="trainLoader">
    /// Yields <c>image</c> and <c>target</c>. Batches are lists of tensors in this order.
    /// </param>
    /// <param name="epochs">Number of epochs, at least 1.</param>
    /// <param name="validationLoader">Validation data, or null for none.</param>
    /// <param name="device">Where to train; by default a CUDA GPU if there is one, else the CPU.</param>
    /// <param name="learningRate">
    /// Learning rate of the default AdamW; an optimizer that is passed keeps its own.
    /// </param>
    /// <param name="seed">Seeds torch's global generator, and with it dropout; null leaves it as it is.</param>
    /// <param name="optimizer">
    /// An existing optimizer over this model's parameters, such as one from <c>CreateOptimizer</c>; the caller
    /// keeps it. By default a new AdamW.
    /// </param>
    /// <param name="verbose">How to show progress; by default a bar on a terminal, else a line per epoch.</param>
    /// <param name="callbacks">Callbacks, such as loggers or rules for stopping.</param>
    /// <param name="cancellationToken">
    /// Stops training before the next batch. <c>Fit</c> then returns normally: the updates made so far stay, an
    /// incomplete epoch is not reported.
    /// </param>
    /// <returns>The figures of each completed epoch, and why training stopped early, if it did.</returns>
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
