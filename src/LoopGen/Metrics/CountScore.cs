namespace LoopGen;

/// <summary>A score of one class.</summary>
/// <param name="hits">How often it was predicted and was the target.</param>
/// <param name="predictions">How often it was predicted.</param>
/// <param name="targets">How often it was the target.</param>
internal delegate double CountScore(double hits, double predictions, double targets);
