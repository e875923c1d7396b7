namespace LoopGen.Generators.Model;

/// <summary>Every method that the generator may emit, one overload each, told apart by the type of the first parameter.</summary>
internal enum LoopMember
{
    FitBatches,
    FitTensors,
    FitDataLoader,
    FitIterableDataLoader,
    EvaluateBatches,
    EvaluateTensors,
    EvaluateDataLoader,
    EvaluateIterableDataLoader,
    PredictBatches,
    PredictTensors,
    PredictEach,
    TrainOnBatch,
    TestOnBatch,
    CreateOptimizer,
    ReplayStep,
}
