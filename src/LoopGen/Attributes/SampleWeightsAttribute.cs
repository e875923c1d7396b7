namespace LoopGen;

/// <summary>
/// Weighs the samples: every batch has a third member, <c>weight</c>, and the loss of each sample is multiplied by its
/// weight, in training and evaluation alike. Keras's
/// <see href="https://keras.io/api/models/model_training_apis/#fit-method">sample_weight</see>.
/// </summary>
/// <remarks>
/// <para>
/// Batches are tuples of input, target and weight; <c>Fit</c> and <c>Evaluate</c> on whole tensors, <c>TrainOnBatch</c>,
/// <c>TestOnBatch</c> and the hook <c>OnBatch</c> take the weights behind the targets. They are of the type of the model's
/// output and of shape (N), or with further dimensions of the target: (N, T) weighs each step of a sequence. They are
/// finite and none is below 0; 0 leaves a sample out.
/// </para>
/// <para>
/// For every loss, and with <see cref="CompileAttribute.ClassWeights"/>, too: a target then has the product of both
/// weights. What the sum of weighted losses is divided by is <see cref="CompileAttribute.Divisor"/>: the number of targets,
/// as in Keras, or the sum of their weights. Metrics are not weighted.
/// </para>
/// </remarks>
/// <example><code>[SampleWeights]</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SampleWeightsAttribute : Attribute;
