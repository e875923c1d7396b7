namespace LoopGen.Generators.Emission;

/// <summary>How a loader of TorchSharp becomes batches.</summary>
internal static class LoaderLines
{
    /// <summary><c>Batches.FromLoader(loader, "image", "target")</c>; lists need no keys.</summary>
    public static string Convert(LoopContext context, string loaderType, string loader)
    {
        string[] keys = loaderType == "DataLoader"
            ? [.. context.Names.TupleInputs, context.Names.Target]
            : [];
        string[] arguments = [loader, .. keys.Select(key => Literal.Of(key.TrimStart('@')))];
        return $"{context.Type("Batches")}.FromLoader({string.Join(", ", arguments)})";
    }
}
