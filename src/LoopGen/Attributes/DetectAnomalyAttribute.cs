namespace LoopGen;

/// <summary>
/// For finding where a NaN comes from: the training ends at once with an error that names the first module whose output
/// has one, or the operation whose gradient has.
/// </summary>
/// <remarks>
/// PyTorch's <see href="https://pytorch.org/docs/stable/autograd.html#anomaly-detection">detect_anomaly</see>, and a look
/// at the output of every module. It waits for the device many times a step: take it away once the mistake is found. The
/// error is a <see cref="NonFiniteException"/>.
/// </remarks>
/// <example><code>[DetectAnomaly]</code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DetectAnomalyAttribute : Attribute;
