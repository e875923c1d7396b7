namespace LoopGen.Examples.Tests;

/// <summary>What an evaluation returned, whichever model's.</summary>
public readonly record struct Figures(double Loss, double Accuracy);
