using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// What is done to the gradients of a model between backward and the optimizer's step: in place, without waiting for
/// the device. Parameters without a gradient are skipped; a parameter that several layers share counts once.
/// </summary>
/// <remarks>
/// TorchSharp's own <c>clip_grad_norm_</c> returns the norm as a number, for which it waits for the device at every
/// step. Gradients in float16 and bfloat16 are scaled in float32 and rounded once.
/// </remarks>
public static class Gradients
{
    /// <summary>Keeps PyTorch's coefficient finite where the norm is zero.</summary>
    private const double NormFloor = 1e-6;

    /// <summary>Forgets the gradients, so that the next backward pass begins with none: <c>model.zero_grad()</c> for parameters at hand.</summary>
    /// <param name="parameters">
    /// The parameters, gathered once before the loop: <c>Parameter[] parameters = [.. model.parameters()];</c>. TorchSharp's
    /// <c>model.zero_grad()</c> walks over all modules and puts all names together in every step.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
    public static void Clear(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        for (var index = 0; index < parameters.Count; index++)
        {
            parameters[index].grad = null;
        }
    }

    /// <summary>
    /// Scales all gradients by one factor, so that their norm, taken as one long vector, is at most a limit.
    /// </summary>
    /// <param name="model">The model whose gradients are scaled.</param>
    /// <param name="maxNorm">The limit, greater than 0; infinity for measuring alone.</param>
    /// <returns>
    /// The norm before, a 0-dimensional tensor on the device, in float32 (float64 if a gradient is); it belongs to the
    /// caller's dispose scope. 0 if there is no gradient.
    /// </returns>
    /// <remarks>
    /// The factor is <c>min(1, maxNorm / (norm + 1e-6))</c>, as in PyTorch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html">clip_grad_norm_</see>;
    /// Keras calls this <c>global_clipnorm</c>. If a gradient is not finite then, as there, all become NaN (those of an
    /// infinite norm that are finite become 0): the returned norm tells.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is not greater than 0.</exception>
    public static Tensor ClipNorm(nn.Module model, double maxNorm)
    {
        CheckLimit(maxNorm, nameof(maxNorm));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var gradients = Of(model);
        if (gradients.Count == 0)
        {
            var device = model.parameters().FirstOrDefault()?.device ?? CPU;
            return zeros([], float32, device).MoveToOuterDisposeScope();
        }

        var norm = Norms(gradients).norm();
        var factor = Factors(norm, maxNorm);
        foreach (var gradient in gradients)
        {
            Multiply(gradient, factor);
        }

        return norm.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Adds normal noise to each gradient, of variance <c>variance / (1 + step)^decay</c>, from torch's generator
    /// (<see href="https://arxiv.org/abs/1511.06807">Neelakantan et al., 2015</see>).
    /// </summary>
    /// <param name="model">The model whose gradients get it.</param>
    /// <param name="step">The updates made so far, at least 0.</param>
    /// <param name="variance">The variance at step 0, greater than 0.</param>
    /// <param name="decay">The power with which it falls, at least 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static void AddNoise(nn.Module model, long step, double variance, double decay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        CheckLimit(variance, nameof(variance));
        ArgumentOutOfRangeException.ThrowIfNegative(decay);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var deviation = Math.Sqrt(variance / Math.Pow(1.0 + step, decay)).ToScalar();
        foreach (var gradient in Of(model))
        {
            gradient.add_(randn_like(gradient).mul_(deviation), Scalars.One);
        }
    }

    /// <summary>Scales each gradient by a factor of its own, so that its norm is at most a limit.</summary>
    /// <param name="model">The model whose gradients are scaled.</param>
    /// <param name="maxNorm">The limit, greater than 0.</param>
    /// <remarks>
    /// This is Keras's <see href="https://keras.io/api/optimizers/">clipnorm</see>. It changes the direction of the step,
    /// where <see cref="ClipNorm"/> changes its length alone. The factors are <c>min(1, maxNorm / (norm + 1e-6))</c>.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNorm"/> is not greater than 0.</exception>
    public static void ClipEachNorm(nn.Module model, double maxNorm)
    {
        CheckLimit(maxNorm, nameof(maxNorm));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var gradients = Of(model);
        if (gradients.Count == 0)
        {
            return;
        }

        // One vector of factors costs a few launches, however many gradients there are.
        var factors = Factors(Norms(gradients), maxNorm).unbind(0);
        for (var index = 0; index < gradients.Count; index++)
        {
            Multiply(gradients[index], factors[index]);
        }
    }

    /// <summary>Limits each element of the gradients to a range around zero.</summary>
    /// <param name="model">The model whose gradients are limited.</param>
    /// <param name="maxValue">The limit, greater than 0: elements end up from -maxValue to maxValue. NaN stays.</param>
    /// <remarks>
    /// PyTorch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html">clip_grad_value_</see>,
    /// Keras's <c>clipvalue</c>.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxValue"/> is not greater than 0.</exception>
    public static void ClipValue(nn.Module model, double maxValue)
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckLimit(maxValue, nameof(maxValue));
        nn.utils.clip_grad_value_(model.parameters(), maxValue);
    }

    /// <summary>Divides the gradients: those of a sum become those of a mean.</summary>
    /// <param name="model">The model whose gradients are divided.</param>
    /// <param name="count">
    /// What to divide by, at least 0. With 0 the gradients stay: those of a sum over nothing are zero.
    /// </param>
    /// <remarks>Every element is divided, not multiplied by a reciprocal, which would round twice.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static void Divide(nn.Module model, long count)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (count < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "count must be at least 0.");
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var gradients = Of(model);
        if (count <= 1 || gradients.Count == 0)
        {
            return;
        }

        // On the device: by a number on the host CUDA multiplies with its reciprocal.
        using var number = count.ToScalar();
        Divide(gradients, full([], number, int64, gradients[0].device));
    }

    /// <summary>
    /// Divides the gradients by what a tensor on the device says, without reading it: by the number of targets that are
    /// not ignored, or by the sum of the weights.
    /// </summary>
    /// <param name="model">The model whose gradients are divided.</param>
    /// <param name="count">
    /// A tensor of one element on the same device, of a floating or integer type. Where it is 0 the gradients stay:
    /// those of a sum over nothing are zero.
    /// </param>
    /// <remarks>Every element is divided, not multiplied by a reciprocal, which would round twice.</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="count"/> has more or fewer than one element.</exception>
    public static void Divide(nn.Module model, Tensor count)
    {
        ArgumentNullException.ThrowIfNull(count);
        if (count.numel() != 1)
        {
            throw new ArgumentException(
                $"count must be a tensor of one element, but is {Describe.Tensor(count)}.", nameof(count));
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var number = count.squeeze();
        Divide(Of(model), number.masked_fill(number.eq(Scalars.Zero), Scalars.One));
    }

    private static void Divide(List<Tensor> gradients, Tensor count)
    {
        foreach (var gradient in gradients)
        {
            if (IsNarrow(gradient))
            {
                gradient.copy_(gradient.to_type(float32).div_(count));
            }
            else
            {
                gradient.div_(count);
            }
        }
    }

    /// <summary>The gradients that there are; the handles belong to the open dispose scope.</summary>
    private static List<Tensor> Of(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var gradients = new List<Tensor>();
        foreach (var parameter in model.parameters())
        {
            if (parameter.grad is { } gradient)
            {
                gradients.Add(gradient);
            }
        }

        return gradients;
    }

    /// <summary>The norm of each, as one vector of one type.</summary>
    private static Tensor Norms(List<Tensor> gradients)
    {
        var type = gradients.Exists(gradient => gradient.dtype == float64) ? float64 : float32;
        var norms = gradients.ConvertAll(gradient =>
        {
            var norm = IsNarrow(gradient) ? gradient.to_type(float32).norm() : gradient.norm();
            return norm.dtype == type ? norm : norm.to_type(type);
        });
        return stack(norms);
    }

    private static Tensor Factors(Tensor norms, double maxNorm)
    {
        using var floor = NormFloor.ToScalar();
        using var limit = maxNorm.ToScalar();
        return norms.add(floor, Scalars.One).reciprocal_().mul_(limit).clamp_max_(Scalars.One);
    }

    private static void Multiply(Tensor gradient, Tensor factor)
    {
        if (IsNarrow(gradient))
        {
            gradient.copy_(gradient.to_type(float32).mul_(factor));
        }
        else
        {
            gradient.mul_(factor);
        }
    }

    /// <summary>Whether its precision is too low to hold a factor or a count.</summary>
    private static bool IsNarrow(Tensor gradient) => gradient.dtype is ScalarType.Float16 or ScalarType.BFloat16;

    private static void CheckLimit(double value, string name)
    {
        if (!(value > 0))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a number greater than 0.");
        }
    }
}
