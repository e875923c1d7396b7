namespace LoopGen.Generators;

/// <summary>Names that are matched by text: metadata names of the attributes, and what is looked for in TorchSharp.</summary>
internal static class KnownNames
{
    public const string Namespace = "LoopGen";
    public const string CompileAttribute = "LoopGen.CompileAttribute";
    public const string CompileAttributeName = "CompileAttribute";
    public const string StreamingMetric = "StreamingMetric";
    public const string MetricAttributeName = "MetricAttribute";

    public const string ScheduleAttributeName = "ScheduleAttribute";
    public const string ClipGradientsAttributeName = "ClipGradientsAttribute";
    public const string AccumulateAttributeName = "AccumulateAttribute";
    public const string EmaAttributeName = "EmaAttribute";
    public const string SwaAttributeName = "SwaAttribute";
    public const string SampleWeightsAttributeName = "SampleWeightsAttribute";

    public const string EarlyStoppingAttributeName = "EarlyStoppingAttribute";
    public const string CheckpointAttributeName = "CheckpointAttribute";
    public const string StopOnNaNAttributeName = "StopOnNaNAttribute";
    public const string DetectAnomalyAttributeName = "DetectAnomalyAttribute";

    public const string LearningRateAttributeName = "LearningRateAttribute";
    public const string FrozenAttributeName = "FrozenAttribute";

    public const string Compile = "Compile";
    public const string ClipGradients = "ClipGradients";
    public const string Accumulate = "Accumulate";
    public const string Ema = "Ema";
    public const string Swa = "Swa";
    public const string SampleWeights = "SampleWeights";
    public const string EarlyStopping = "EarlyStopping";
    public const string Frozen = "Frozen";

    public const string OptimizerProperty = "Optimizer";
    public const string LossProperty = "Loss";
    public const string LearningRateProperty = "LearningRate";
    public const string IgnoreIndexProperty = "IgnoreIndex";
    public const string DecayExcludeProperty = "DecayExclude";
    public const string ClassWeightsProperty = "ClassWeights";
    public const string DivisorProperty = "Divisor";
    public const string DivisorEnum = "LossDivisor";
    public const string NameProperty = "Name";
    public const string KProperty = "K";
    public const string MetricEnum = "Metric";
    public const string ScheduleEnum = "Schedule";
    public const string MonitorProperty = "Monitor";
    public const string HigherIsBetterProperty = "HigherIsBetter";
    public const string StepsProperty = "Steps";
    public const string DecayProperty = "Decay";
    public const string WarmupProperty = "Warmup";
    public const string StartEpochProperty = "StartEpoch";
    public const string PatienceProperty = "Patience";
    public const string MinDeltaProperty = "MinDelta";
    public const string BaselineProperty = "Baseline";
    public const string WarmupEpochsProperty = "WarmupEpochs";
    public const string RestoreBestProperty = "RestoreBest";
    public const string StoppingThresholdProperty = "StoppingThreshold";
    public const string DivergenceThresholdProperty = "DivergenceThreshold";
    public const string LogNormProperty = "LogNorm";
    public const string FolderParameter = "folder";
    public const string KeepLastProperty = "KeepLast";
    public const string KeepBestProperty = "KeepBest";
    public const string EveryEpochsProperty = "EveryEpochs";
    public const string EveryStepsProperty = "EverySteps";
    public const string EveryMinutesProperty = "EveryMinutes";
    public const string FileNameProperty = "FileName";
    public const string SaveOnExceptionProperty = "SaveOnException";
    public const string SaveState = "SaveState";

    public const string TorchSharp = "TorchSharp";
    public const string Module = "Module";
    public const string Tensor = "Tensor";
    public const string Forward = "forward";
    public const string RegisterComponents = "RegisterComponents";
}
