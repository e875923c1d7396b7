namespace LoopGen;

/// <summary>
/// Optimizers whose step is one call into libtorch for all parameters of a group, in the place of about ten for each
/// parameter. They are PyTorch's optimizers with <c>fused=True</c>.
/// </summary>
/// <remarks>
/// <para>
/// Each is a subclass of TorchSharp's optimizer of the same name, with the arguments of <c>torch.optim</c>: parameter groups,
/// <c>state_dict</c>, <c>load_state_dict</c>, learning rate schedulers and checkpoints work as they do there, and what one of
/// the two has saved the other can load. The results are TorchSharp's up to rounding (1e-6 after 200 steps), except where
/// TorchSharp's differ from PyTorch's: SGD with <c>weight_decay</c> and <c>maximize</c>.
/// </para>
/// <para>
/// The parameters are read once, when a group is made. After <c>model.to(…)</c> has replaced them make a new optimizer.
/// </para>
/// <para>
/// libtorch has these steps for float32, float64, float16 and bfloat16, on CPUs and CUDA GPUs. Other parameters are stepped one
/// by one with the same result; <c>WhyNotFused</c> then says why.
/// </para>
/// <para>
/// Numbers travel by value. TorchSharp's own optimizers pass them as objects whose memory a finalizer may free while libtorch
/// reads it, so that another thread that allocates can end a training with an <c>ExternalException</c>.
/// </para>
/// </remarks>
public static partial class Fused
{
    private const string Unambiguous = "The first argument, which has no default, tells the two apart, as in torch.optim.";

    // Checked before the base class reads it.
    private static IEnumerable<T> NotNull<T>(IEnumerable<T> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters;
    }
}
