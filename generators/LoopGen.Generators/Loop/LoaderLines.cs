using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>How a loader of TorchSharp becomes batches.</summary>
internal static class LoaderLines
{
    /// <summary><c>Batches.FromLoader(loader, "image", "target")</c>; lists need no keys.</summary>
    public static string Convert(LoopContext context, string loaderType, string loader)
    {
        string[] keys = loaderType == "DataLoader"
            ? [.. context.Names.TupleTensors]
            : [];
        string[] arguments = [loader, .. keys.Select(key => Literal.Of(key.TrimStart('@')))];
        var method = context.HasSampleWeights ? "FromWeightedLoader" : "FromLoader";
        return context.Text($"@Batches.{method}({string.Join(", ", arguments)})");
    }
}
