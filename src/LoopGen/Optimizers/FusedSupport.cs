using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Where the fused operators work. It is tried once, on one parameter, and compared.</summary>
internal static class FusedSupport
{
    /// <summary>
    /// Enough for the vectorised part of an operator and for what is left behind it: that of libtorch 2.10's SGD does nothing
    /// for float16 and bfloat16 on CPUs (pytorch issue 191763), where the rest is right.
    /// </summary>
    private const int Elements = 75;

    private static readonly ConcurrentDictionary<(FusedRule Rule, DeviceType Type, ScalarType Dtype), string?> Known = new();

    /// <summary>Why an algorithm's operator can't be used, a clause; null where it can.</summary>
    public static string? WhyNot(FusedRule rule, Device device, ScalarType dtype)
        => Dispatcher.WhyMissing ?? Known.GetOrAdd((rule, device.type, dtype), static (key, device) => Try(key.Rule, device, key.Dtype), device);

    private static string? Try(FusedRule rule, Device device, ScalarType dtype)
    {
        if (dtype is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16))
        {
            return $"libtorch has no fused operator for {Describe.TypeInCode(dtype)}";
        }

        // Not asked on others: a refusal is written to the standard error stream.
        if (device.type is not (DeviceType.CPU or DeviceType.CUDA or DeviceType.MPS))
        {
            return $"libtorch has no fused operator for {device}";
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        try
        {
            var fused = After(rule, device, dtype, isFused: true);
            var alone = After(rule, device, dtype, isFused: false);
            return fused.Zip(alone).All(pair => Math.Abs(pair.First - pair.Second) < 0.02)
                ? null
                : $"libtorch's {rule.Operator.Name} is wrong for {Describe.TypeInCode(dtype)} on {device}";
        }
        catch (ExternalException)
        {
            return $"libtorch refused {rule.Operator.Name} for {Describe.TypeInCode(dtype)} on {device}";
        }
    }

    private static double[] After(FusedRule rule, Device device, ScalarType dtype, bool isFused)
    {
        using var batch = new FusedBatch(device.type, device.index, dtype, rule.StateTensors);
        var parameter = new Parameter(linspace(-1, 1, Elements, dtype, device));
        var gradient = linspace(0.5, -0.25, Elements, dtype, device);
        var (state, options) = rule.ForTrial(parameter);
        for (var count = 0; count < 2; count++)
        {
            var step = rule.Begin(parameter, state, options);
            if (isFused)
            {
                List<Tensor> tensors = [];
                rule.Collect(state, options, tensors);
                batch.Add(parameter, gradient.alias(), tensors, step);
                var call = new OperatorCall(rule.Operator);
                rule.AddArguments(call, batch, options);
                call.Invoke();
                batch.Clear();
            }
            else
            {
                rule.StepAlone(parameter, gradient, state, options, step);
            }
        }

        var result = parameter.to(float64).cpu().data<double>().ToArray();
        (state as IDisposable)?.Dispose();
        return result;
    }
}
