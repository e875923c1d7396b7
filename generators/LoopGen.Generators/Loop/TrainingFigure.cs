namespace LoopGen.Generators.Loop;

/// <summary>A figure of the training alone that a feature adds to the log of an epoch.</summary>
/// <param name="Member">The member: <c>LearningRate</c>.</param>
/// <param name="Expression">What computes it at the end of an epoch.</param>
internal sealed record TrainingFigure(string Member, string Expression);
