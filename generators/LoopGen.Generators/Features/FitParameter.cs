namespace LoopGen.Generators.Features;

/// <summary>A parameter that a feature adds to <c>Fit</c>.</summary>
/// <param name="Type">Its type, as documentation names it, too.</param>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its default value.</param>
/// <param name="Documentation">What it is.</param>
internal sealed record FitParameter(string Type, string Name, string Default, string Documentation);
