namespace LoopGen.Generators;

/// <summary>Names that are matched by text: metadata names of the attributes, and what is looked for in TorchSharp.</summary>
internal static class KnownNames
{
    public const string Namespace = "LoopGen";
    public const string CompileAttribute = "LoopGen.CompileAttribute";
    public const string CompileAttributeName = "CompileAttribute";
    public const string StreamingMetric = "StreamingMetric";
    public const string MetricAttributeName = "MetricAttribute";

    public const string OptimizerProperty = "Optimizer";
    public const string LossProperty = "Loss";
    public const string LearningRateProperty = "LearningRate";
    public const string IgnoreIndexProperty = "IgnoreIndex";
    public const string NameProperty = "Name";
    public const string KProperty = "K";
    public const string MetricEnum = "Metric";

    public const string TorchSharp = "TorchSharp";
    public const string Module = "Module";
    public const string Tensor = "Tensor";
    public const string Forward = "forward";
    public const string RegisterComponents = "RegisterComponents";
}
