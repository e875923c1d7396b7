namespace LoopGen.Tests;

/// <summary>Rates at every so many steps, from step 0.</summary>
internal sealed record PyTorchSequence(long Distance, IReadOnlyList<double> Rates);
