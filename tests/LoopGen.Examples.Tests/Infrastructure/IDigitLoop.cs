using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace LoopGen.Examples.Tests;

/// <summary>The small example and its loop, hand-written or emitted, behind one face: silent and on the CPU.</summary>
public interface IDigitLoop : IDisposable
{
    Module<Tensor, Tensor> Model { get; }

    Training Fit(
        IEnumerable<(Tensor image, Tensor target)> trainBatches,
        int epochs = 1,
        IEnumerable<(Tensor image, Tensor target)>? validationBatches = null,
        int? seed = null,
        optim.Optimizer? optimizer = null,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellationToken = default);

    Training Fit(
        Tensor image,
        Tensor target,
        int epochs = 1,
        int batchSize = 32,
        (Tensor image, Tensor target)? validation = null,
        double validationSplit = 0.0,
        bool shuffle = true,
        int? seed = null);

    Training Fit(DataLoader trainLoader, int epochs = 1, DataLoader? validationLoader = null);

    Training Fit(IterableDataLoader trainLoader, int epochs = 1, IterableDataLoader? validationLoader = null);

    Figures Evaluate(
        IEnumerable<(Tensor image, Tensor target)> validationBatches, CancellationToken cancellationToken = default);

    Figures Evaluate(Tensor image, Tensor target, int batchSize = 32);

    Figures Evaluate(DataLoader loader);

    Figures Evaluate(IterableDataLoader loader);

    Tensor Predict(IEnumerable<Tensor> batches, CancellationToken cancellationToken = default);

    Tensor Predict(Tensor image, int batchSize = 32);

    IEnumerable<Tensor> PredictEach(IEnumerable<Tensor> batches, CancellationToken cancellationToken = default);

    optim.Optimizer CreateOptimizer();

    Figures TrainOnBatch(Tensor image, Tensor target, optim.Optimizer optimizer);

    Figures TestOnBatch(Tensor image, Tensor target);
}
