using LoopGen.Generators.Features;

namespace LoopGen.Generators.Text;

/// <summary>
/// The types that emitted code names, by the namespace they come from. Any of them may mean something else where the
/// user's class stands; the parser finds out which (<c>CapturedNames</c>), and those are written in full.
/// </summary>
internal static class EmittedNames
{
    public const string Torch = "torch";

    // What the skeletons name.
    private static readonly Dictionary<string, string> OfLoops = new(StringComparer.Ordinal)
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
        ["IReadOnlyList"] = "System.Collections.Generic",
        ["List"] = "System.Collections.Generic",
        ["CancellationToken"] = "System.Threading",
        ["GeneratedCode"] = "System.CodeDom.Compiler",
        ["ArgumentException"] = "System",
        ["OperationCanceledException"] = "System",
        ["InvalidOperationException"] = "System",
        ["ValueTuple"] = "System",
        ["Accuracy"] = "LoopGen",
        ["Batches"] = "LoopGen",
        ["BinaryAccuracy"] = "LoopGen",
        ["BinaryF1Score"] = "LoopGen",
        ["BinaryPrecision"] = "LoopGen",
        ["BinaryRecall"] = "LoopGen",
        ["Callback"] = "LoopGen",
        ["ClassWeights"] = "LoopGen",
        ["F1Score"] = "LoopGen",
        ["FirstBatch"] = "LoopGen",
        ["Gradients"] = "LoopGen",
        ["History"] = "LoopGen",
        ["IEpochLog"] = "LoopGen",
        ["Mean"] = "LoopGen",
        ["MeanAbsoluteError"] = "LoopGen",
        ["MeanSquaredError"] = "LoopGen",
        ["ModuleModes"] = "LoopGen",
        ["Precision"] = "LoopGen",
        ["R2Score"] = "LoopGen",
        ["Randomness"] = "LoopGen",
        ["Recall"] = "LoopGen",
        ["RocAuc"] = "LoopGen",
        ["Targets"] = "LoopGen",
        ["TopKAccuracy"] = "LoopGen",
        ["TrainingRun"] = "LoopGen",
        ["Verbosity"] = "LoopGen",
        ["WindowScale"] = "LoopGen",
    };

    private static readonly Dictionary<string, string> Namespaces = WithFeatures();

    public static readonly string[] All = [.. Namespaces.Keys];

    public static string NamespaceOf(string shortName) => Namespaces[shortName];

    public static bool Contains(string name) => Namespaces.ContainsKey(name);

    private static Dictionary<string, string> WithFeatures()
    {
        var all = new Dictionary<string, string>(OfLoops, StringComparer.Ordinal);
        foreach (var (name, space) in FeatureList.InOrder.SelectMany(kind => kind.Types))
        {
            all[name] = space;
        }

        return all;
    }
}
