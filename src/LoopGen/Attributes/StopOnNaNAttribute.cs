namespace LoopGen;

/// <summary>
/// Ends the training with an error as soon as the loss or a gradient is NaN or infinite, and says which value was the
/// first, in which batch, and what to do.
/// </summary>
/// <remarks>
/// What Keras's <see href="https://keras.io/api/callbacks/terminate_on_nan/">TerminateOnNaN</see> is for. No step waits
/// for the device: what was noted there is read at most ten times a second and at the end of every epoch, before the
/// evaluation. The error is a <see cref="NonFiniteException"/>.
/// </remarks>
/// <example><code>[StopOnNaN]</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StopOnNaNAttribute : Attribute;
