using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The checks behind <see cref="LayerInputs"/> and their messages.</summary>
internal static class LayerInputCheck
{
    /// <summary>PyTorch's rule for layers that normalise with the statistics of the batch.</summary>
    public static void Statistics(string name, NormBase norm, Tensor? input)
    {
        if (input is null || input.IsInvalid || !norm.training || input.dim() < 2)
        {
            return;
        }

        // Batch normalisation has one mean for a channel of all samples, instance normalisation one for each sample.
        var channels = norm is InstanceNorm && input.dim() > 2 ? input.size(0) * input.size(1) : input.size(1);
        if (channels == 0 || input.numel() != channels)
        {
            return;
        }

        throw new InvalidOperationException(
            $"{name} ({norm.GetType().Name}) got one value per channel, {Describe.Shape(input.shape)}, in training mode. One value "
            + "has no variance, and would make the running statistics NaN for good. "
            + (norm is BatchNorm
                ? "If this is a last batch of one sample, leave it out with dropLast: true or choose another batchSize; else put "
                + "the layer in evaluation mode with eval() in OnEpochBegin."
                : "Take inputs with more than one place."));
    }

    /// <summary>Floating inputs of the type of the weights.</summary>
    public static void Type(string name, nn.Module layer, Tensor? input)
    {
        if (input is null || input.IsInvalid || Weight(layer) is not { } weight || input.dtype == weight.dtype || IsCast(input, weight))
        {
            return;
        }

        var advice = input.dtype switch
        {
            ScalarType.Float64 => "Convert the inputs, .to(torch.float32); an array of float instead of double gives float32.",
            ScalarType.Byte => "Convert the inputs and scale them: .to(torch.float32) / 255 for pictures.",
            _ => $"Convert the inputs: .to({Describe.TypeInCode(weight.dtype)}).",
        };
        if (weight.dtype != ScalarType.Float32)
        {
            advice = $"Convert the inputs, .to({Describe.TypeInCode(weight.dtype)}), or the model, .to({Describe.TypeInCode(input.dtype)}).";
        }

        throw new ArgumentException(
            $"{name} ({layer.GetType().Name}) takes inputs of the type of its weights, {weight.dtype}, but got {Describe.Tensor(input)}. {advice}");
    }

    /// <summary>Whole numbers for a table.</summary>
    public static void Indices(string name, nn.Module layer, Tensor? input)
    {
        if (input is null || input.IsInvalid || input.dtype is ScalarType.Int64 or ScalarType.Int32)
        {
            return;
        }

        throw new ArgumentException(
            $"{name} ({layer.GetType().Name}) takes indices, int64 or int32, but got {Describe.Tensor(input)}. "
            + "Convert the inputs: .to(torch.int64).");
    }

    // Mixed precision converts these itself.
    private static bool IsCast(Tensor input, Tensor weight) =>
        input.dtype is ScalarType.Float16 or ScalarType.BFloat16 && weight.dtype == ScalarType.Float32;

    private static Tensor? Weight(nn.Module layer) =>
        layer.parameters().FirstOrDefault(parameter => !parameter.IsInvalid && is_floating_point(parameter.dtype));
}
