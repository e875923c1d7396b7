namespace LoopGen.Generators.Model;

/// <summary>Where a metric comes from.</summary>
internal enum MetricSource
{
    /// <summary>A type of the library.</summary>
    Library,

    /// <summary>A type of the user's.</summary>
    Type,

    /// <summary>A method of the model.</summary>
    Method,
}
