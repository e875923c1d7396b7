using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The parameters of one call: on one device, of one type, at one step, with all that belongs to them.</summary>
internal sealed unsafe class FusedBatch(DeviceType type, int index, ScalarType dtype, int stateTensors) : IDisposable
{
    private Tensor? step;
    private float* stepOnHost;

    /// <summary>The parameters.</summary>
    public List<Tensor> Parameters { get; } = [];

    /// <summary>Their gradients; the handles belong to this batch until <see cref="Clear"/>.</summary>
    public List<Tensor> Gradients { get; } = [];

    /// <summary>Of each tensor of their states a list.</summary>
    public List<Tensor>[] States { get; } = [.. Enumerable.Range(0, stateTensors).Select(_ => new List<Tensor>())];

    /// <summary>What <see cref="FusedRule.Begin"/> has returned for all of them.</summary>
    public long Step { get; private set; }

    /// <summary>Whether a parameter of this kind belongs here; an empty batch takes any step.</summary>
    public bool Takes(DeviceType otherType, int otherIndex, ScalarType otherDtype, long otherStep)
        => type == otherType && index == otherIndex && dtype == otherDtype && (Parameters.Count == 0 || Step == otherStep);

    /// <summary>Adds a parameter.</summary>
    public void Add(Tensor parameter, Tensor gradient, List<Tensor> state, long otherStep)
    {
        Step = otherStep;
        Parameters.Add(parameter);
        Gradients.Add(gradient);
        for (var part = 0; part < state.Count; part++)
        {
            States[part].Add(state[part]);
        }
    }

    /// <summary>The step as the operators take it, a number in a tensor on the device. All parameters share the one.</summary>
    public Tensor StepTensor()
    {
        step ??= zeros([], float32, new Device(type, index)).DetachFromDisposeScope();
        if (type == DeviceType.CPU)
        {
            stepOnHost = stepOnHost == null ? (float*)Dispatcher.DataOf(step) : stepOnHost;
            *stepOnHost = Step;
        }
        else
        {
            using var number = ((float)Step).ToScalar();
            step.fill_(number);
        }

        return step;
    }

    /// <summary>Forgets the parameters, and frees the handles of the gradients.</summary>
    public void Clear()
    {
        foreach (var gradient in Gradients)
        {
            gradient.Dispose();
        }

        Parameters.Clear();
        Gradients.Clear();
        foreach (var state in States)
        {
            state.Clear();
        }
    }

    public void Dispose()
    {
        step?.Dispose();
        step = null;
        stepOnHost = null;
    }
}
