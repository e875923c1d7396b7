namespace LoopGen.Generators;

/// <summary>The names of the pipeline's steps, for tests of the cache.</summary>
internal static class TrackingNames
{
    /// <summary>The specs of all models.</summary>
    public const string Specs = "Specs";

    /// <summary>The names of files that differ from another's only by case.</summary>
    public const string Clashes = "Clashes";

    /// <summary>What is called like one of our types beside a model.</summary>
    public const string Neighbours = "Neighbours";
}
