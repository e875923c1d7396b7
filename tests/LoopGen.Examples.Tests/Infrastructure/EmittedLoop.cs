using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Examples.Tests;

/// <summary>The loop that the generator wrote for the same layers.</summary>
internal sealed class EmittedLoop : IDigitLoop
{
    private readonly EmittedSample.DigitClassifier model = new();

    public Module<Tensor, Tensor> Model => model;

    public Training Fit(
        IEnumerable<(Tensor image, Tensor target)> trainBatches,
        int epochs,
        IEnumerable<(Tensor image, Tensor target)>? validationBatches,
        int? seed,
        optim.Optimizer? optimizer,
        IReadOnlyList<Callback>? callbacks,
        CancellationToken cancellationToken) =>
        Training.Of(model.Fit(
            trainBatches,
            epochs,
            validationBatches,
            CPU,
            seed: seed,
            optimizer: optimizer,
            verbose: Verbosity.Silent,
            callbacks: callbacks,
            cancellationToken: cancellationToken));

    public Training Fit(
        Tensor image,
        Tensor target,
        int epochs,
        int batchSize,
        (Tensor image, Tensor target)? validation,
        double validationSplit,
        bool shuffle,
        int? seed) =>
        Training.Of(model.Fit(
            image,
            target,
            epochs,
            batchSize,
            validation,
            validationSplit,
            shuffle,
            CPU,
            seed: seed,
            verbose: Verbosity.Silent));

    public Training Fit(DataLoader trainLoader, int epochs, DataLoader? validationLoader) =>
        Training.Of(model.Fit(trainLoader, epochs, validationLoader, CPU, verbose: Verbosity.Silent));

    public Training Fit(IterableDataLoader trainLoader, int epochs, IterableDataLoader? validationLoader) =>
        Training.Of(model.Fit(trainLoader, epochs, validationLoader, CPU, verbose: Verbosity.Silent));

    public Figures Evaluate(
        IEnumerable<(Tensor image, Tensor target)> validationBatches, CancellationToken cancellationToken) =>
        Of(model.Evaluate(validationBatches, CPU, cancellationToken));

    public Figures Evaluate(Tensor image, Tensor target, int batchSize) =>
        Of(model.Evaluate(image, target, batchSize, CPU));

    public Figures Evaluate(DataLoader loader) => Of(model.Evaluate(loader, CPU));

    public Figures Evaluate(IterableDataLoader loader) => Of(model.Evaluate(loader, CPU));

    public Tensor Predict(IEnumerable<Tensor> batches, CancellationToken cancellationToken) =>
        model.Predict(batches, CPU, cancellationToken);

    public Tensor Predict(Tensor image, int batchSize) => model.Predict(image, batchSize, CPU);

    public IEnumerable<Tensor> PredictEach(IEnumerable<Tensor> batches, CancellationToken cancellationToken) =>
        model.PredictEach(batches, CPU, cancellationToken);

    public optim.Optimizer CreateOptimizer() => model.CreateOptimizer(CPU);

    public Figures TrainOnBatch(Tensor image, Tensor target, optim.Optimizer optimizer) =>
        Of(model.TrainOnBatch(image, target, optimizer, CPU));

    public Figures TestOnBatch(Tensor image, Tensor target) => Of(model.TestOnBatch(image, target, CPU));

    public void Dispose() => model.Dispose();

    private static Figures Of(EmittedSample.DigitClassifier.Scores scores) => new(scores.Loss, scores.Accuracy);
}
