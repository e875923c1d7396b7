namespace LoopGen.Build;

/// <summary>A needed version that may be given up, because nothing is lost without it.</summary>
/// <param name="Library">The library that it is needed of.</param>
/// <param name="Name">The version.</param>
/// <param name="Symbol">
/// The one symbol that it may be needed for. A file that needs it for another symbol too is not the file that this was
/// worked out for, and stays as it is.
/// </param>
/// <param name="OlderName">
/// An older version in which the library has the same symbol, to be needed instead; null if the symbol is never used, so
/// that the version may be missing.
/// </param>
internal sealed record RelaxableVersion(string Library, string Name, string Symbol, string? OlderName);
