namespace LoopGen.Generators.Specs;

/// <summary>Where and when the state of a training is saved.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="KeepLast">How many checkpoints are kept.</param>
/// <param name="EveryEpochs">Epochs after which the state is saved.</param>
/// <param name="EverySteps">Updates after which it is saved as well, or null.</param>
/// <param name="EveryMinutes">Minutes after which it is saved as well, or null.</param>
/// <param name="Best">What tells the best weights, or null.</param>
/// <param name="SavesOnException">Whether it is saved after an exception, too.</param>
internal sealed record CheckpointSpec(
    string Folder,
    int KeepLast,
    int EveryEpochs,
    int? EverySteps,
    double? EveryMinutes,
    BestFilesSpec? Best,
    bool SavesOnException);
