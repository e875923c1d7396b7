using System.Globalization;
using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The state of any of TorchSharp's managed optimizers, under PyTorch's names: <c>0.exp_avg</c> is that of the first
/// parameter. TorchSharp's own <c>save_state_dict</c> writes a stream of its own, without a checksum; its loads fail for
/// states that are not made yet, and leave tensors in dispose scopes.
/// </summary>
internal sealed class StatefulOptimizer(OptimizerHelper optimizer) : IStateful
{
    /// <summary>What is set, and what changes while training: a schedule or a callback sets it again.</summary>
    private const string LearningRate = nameof(OptimizerOptions.LearningRate);

    /// <summary>What is written for a setting or a tensor that there is not.</summary>
    private const string None = "none";

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        var dictionary = optimizer.state_dict();
        state.Write("type", optimizer.GetType().Name);
        foreach (var (options, index) in dictionary.Options.Select((options, index) => (options, index)))
        {
            var part = state.Part($"group{Number(index)}");
            part.Write("parameters", dictionary.StateIndexRef[index].Count);
            part.Write("learning_rate", options.LearningRate ?? double.NaN);
            foreach (var (name, value) in Settings(options))
            {
                part.Write(name, value);
            }
        }

        foreach (var (values, index) in dictionary.State.Select((values, index) => (values, index)))
        {
            SaveValues(values, state.Part(Number(index)));
        }
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        var dictionary = optimizer.state_dict();
        if (!state.IsSame("type", optimizer.GetType().Name))
        {
            // Nothing else of it can be the same.
            return;
        }

        foreach (var (options, index) in dictionary.Options.Select((options, index) => (options, index)))
        {
            var part = state.Part($"group{Number(index)}");
            part.Check("parameters", dictionary.StateIndexRef[index].Count);
            var rate = part.ReadDouble("learning_rate");
            state.OnSuccess(() => options.LearningRate = rate);
            foreach (var (name, value) in Settings(options))
            {
                part.Check(name, value);
            }
        }

        var parameters = optimizer.parameters().ToList();
        foreach (var (values, index) in dictionary.State.Select((values, index) => (values, index)))
        {
            LoadValues(values, parameters[index], state.Part(Number(index)));
        }

        if (state.Has($"group{Number(dictionary.Options.Count)}.learning_rate"))
        {
            state.Note($"the optimizer has {Number(dictionary.Options.Count)} groups of parameters here, but more in the file");
        }
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static FieldInfo[] FieldsOf(object values) => values.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>What the optimizer was made with.</summary>
    private static IEnumerable<(string Name, string Value)> Settings(OptimizerOptions options)
    {
        yield return ("initial_learning_rate", Text(options.InitialLearningRate));
        foreach (var field in FieldsOf(options).Where(field => field.Name != LearningRate))
        {
            yield return (field.Name, Text(field.GetValue(options)));
        }
    }

    private static string Text(object? value) => value switch
    {
        null => None,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? None,
    };

    private static void SaveValues(OptimizerState values, StateWriter state)
    {
        if (HiddenField(values.GetType()) is { } hidden)
        {
            throw new NotSupportedException(
                $"The optimizer keeps '{hidden.Name}' in {hidden.DeclaringType}, which is no public field: a checkpoint cannot hold it. "
                + "Let the optimizer implement IStateful.");
        }

        foreach (var field in FieldsOf(values))
        {
            switch (field.GetValue(values))
            {
                case Tensor tensor:
                    state.Write(field.Name, tensor);
                    break;
                case long number:
                    state.Write(field.Name, number);
                    break;
                case double number:
                    state.Write(field.Name, number);
                    break;
                case null:
                    state.Write(field.Name, None);
                    break;
                case var other:
                    throw new NotSupportedException(
                        $"The optimizer keeps a {other.GetType().Name} as '{field.Name}', which a checkpoint cannot hold: only "
                        + "tensors, long and double.");
            }
        }
    }

    /// <summary>What would be lost: of TorchSharp's own states all fields are public.</summary>
    private static FieldInfo? HiddenField(Type? type) =>
        type is null || type == typeof(OptimizerState)
            ? null
            : type.GetFields(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly).FirstOrDefault() ?? HiddenField(type.BaseType);

    private static void LoadValues(OptimizerState values, Tensor parameter, StateReader state)
    {
        foreach (var field in FieldsOf(values))
        {
            if (field.FieldType == typeof(long))
            {
                var number = state.ReadInt64(field.Name);
                state.OnSuccess(() => field.SetValue(values, number));
            }
            else if (field.FieldType == typeof(double))
            {
                var number = state.ReadDouble(field.Name);
                state.OnSuccess(() => field.SetValue(values, number));
            }
            else if (field.FieldType == typeof(Tensor))
            {
                LoadTensor(field, values, parameter, state);
            }
        }
    }

    /// <summary>Some have a tensor only once a step was made, or never: momentum.</summary>
    private static void LoadTensor(
        FieldInfo field, OptimizerState values, Tensor parameter, StateReader state)
    {
        var before = (Tensor?)field.GetValue(values);
        if (!state.HasTensor(field.Name))
        {
            state.Check(field.Name, None);
            state.OnSuccess(() =>
            {
                field.SetValue(values, null);
                before?.Dispose();
            });
        }
        else if (before is not null)
        {
            state.Fill(field.Name, before);
        }
        else
        {
            var made = state.ReadTensor(field.Name, parameter.device);
            if (made.dtype != parameter.dtype || !made.shape.SequenceEqual(parameter.shape))
            {
                state.Note($"its '{field.Name}' is {Describe.Tensor(made)}, for a parameter that is {Describe.Tensor(parameter)}");
            }

            state.OnSuccess(() => field.SetValue(values, made));
        }
    }
}
