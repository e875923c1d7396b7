namespace LoopGen.Generators.Emission;

/// <summary>
/// The types that emitted code names, by the namespace they come from. Any of them may mean something else where the
/// user's class stands; the parser finds out which (<c>CapturedNames</c>), and those are written in full.
/// </summary>
internal static class EmittedNames
{
    public const string Torch = "torch";

    private static readonly Dictionary<string, string> Namespaces = new(StringComparer.Ordinal)
    {
        [Torch] = "TorchSharp",
        ["DeviceType"] = "TorchSharp",
        ["DataLoader"] = "TorchSharp.Modules",
        ["IterableDataLoader"] = "TorchSharp.Modules",
        ["Adam"] = "TorchSharp.Modules",
        ["AdamW"] = "TorchSharp.Modules",
        ["RMSProp"] = "TorchSharp.Modules",
        ["SGD"] = "TorchSharp.Modules",
        ["CrossEntropyLoss"] = "TorchSharp.Modules",
        ["IEnumerable"] = "System.Collections.Generic",
        ["IReadOnlyDictionary"] = "System.Collections.Generic",
        ["IReadOnlyList"] = "System.Collections.Generic",
        ["List"] = "System.Collections.Generic",
        ["CancellationToken"] = "System.Threading",
        ["GeneratedCode"] = "System.CodeDom.Compiler",
        ["ArgumentException"] = "System",
        ["ArgumentNullException"] = "System",
        ["Exception"] = "System",
        ["FormattableString"] = "System",
        ["InvalidOperationException"] = "System",
        ["TimeSpan"] = "System",
        ["ValueTuple"] = "System",
        ["IOException"] = "System.IO",
        ["ExternalException"] = "System.Runtime.InteropServices",
        ["Accuracy"] = "LoopGen",
        ["AnomalyCheck"] = "LoopGen",
        ["AveragedWeights"] = "LoopGen",
        ["BestWeights"] = "LoopGen",
        ["Batches"] = "LoopGen",
        ["BinaryAccuracy"] = "LoopGen",
        ["BinaryF1Score"] = "LoopGen",
        ["BinaryPrecision"] = "LoopGen",
        ["BinaryRecall"] = "LoopGen",
        ["Callback"] = "LoopGen",
        ["ClassWeights"] = "LoopGen",
        ["Checkpoints"] = "LoopGen",
        ["CosineRestartsSchedule"] = "LoopGen",
        ["CosineSchedule"] = "LoopGen",
        ["CyclicSchedule"] = "LoopGen",
        ["EarlyStopping"] = "LoopGen",
        ["ExponentialSchedule"] = "LoopGen",
        ["F1Score"] = "LoopGen",
        ["FiniteCheck"] = "LoopGen",
        ["FirstBatch"] = "LoopGen",
        ["Gradients"] = "LoopGen",
        ["History"] = "LoopGen",
        ["IEpochLog"] = "LoopGen",
        ["LinearSchedule"] = "LoopGen",
        ["Mean"] = "LoopGen",
        ["MeanAbsoluteError"] = "LoopGen",
        ["MeanSquaredError"] = "LoopGen",
        ["ModuleModes"] = "LoopGen",
        ["MultiStepSchedule"] = "LoopGen",
        ["NonFiniteException"] = "LoopGen",
        ["OneCycleSchedule"] = "LoopGen",
        ["Parameters"] = "LoopGen",
        ["PlateauSchedule"] = "LoopGen",
        ["PolynomialSchedule"] = "LoopGen",
        ["Precision"] = "LoopGen",
        ["R2Score"] = "LoopGen",
        ["Randomness"] = "LoopGen",
        ["Recall"] = "LoopGen",
        ["Resume"] = "LoopGen",
        ["RocAuc"] = "LoopGen",
        ["SampleWeights"] = "LoopGen",
        ["StepSchedule"] = "LoopGen",
        ["StopSignals"] = "LoopGen",
        ["TopKAccuracy"] = "LoopGen",
        ["TrainingProgress"] = "LoopGen",
        ["TrainingRun"] = "LoopGen",
        ["Verbosity"] = "LoopGen",
    };

    public static readonly string[] All = [.. Namespaces.Keys];

    public static string NamespaceOf(string shortName) => Namespaces[shortName];

    public static bool Contains(string name) => Namespaces.ContainsKey(name);
}
