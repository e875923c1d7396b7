namespace LoopGen.Generators.Emission;

/// <summary>A figure that a block adds to the log of an epoch, beside those that evaluation has too.</summary>
/// <param name="Member">Its member: <c>LearningRate</c>.</param>
/// <param name="Expression">What the loop writes for it.</param>
/// <param name="Meaning">What it is, for the documentation.</param>
internal sealed record TrainingFigure(string Member, string Expression, string Meaning);
