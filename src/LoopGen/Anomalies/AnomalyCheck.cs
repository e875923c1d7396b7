using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Finds where a NaN comes from: looks at what goes into the model and at what comes out of each of its modules, and says
/// where the training was when the backward pass met one.
/// </summary>
/// <remarks>
/// <para>
/// For <see href="https://pytorch.org/docs/stable/autograd.html#anomaly-detection">torch.autograd.detect_anomaly</see>,
/// whose errors name an operation and nothing else. Every call of a module in training mode waits for the device.
/// </para>
/// <para>
/// Seen are modules of one to three tensors that return a tensor and are called with <c>call</c>: a module's
/// <c>forward</c> runs no hooks. An infinity is remembered and named beside the NaN that follows. An instance is for one
/// run, and for one thread at a time.
/// </para>
/// </remarks>
public sealed partial class AnomalyCheck : IDisposable
{
    private readonly nn.Module model;
    private readonly TrainingRun run;
    private readonly string[] inputNames;
    private readonly StepOrigin origin;
    private readonly ForwardHooks hooks;
    private StepPlace place;
    private string? firstInfinity;

    /// <summary>Makes a check and registers its hooks.</summary>
    /// <param name="model">The model.</param>
    /// <param name="run">The run that trains it.</param>
    /// <param name="inputNames">What the tensors are called that the model is called with, in their order.</param>
    /// <param name="seed">The seed of the training, for the error; null (the default) if it has none.</param>
    /// <param name="progress">
    /// Where the training is, for the error, if its steps can be repeated from a checkpoint; by default null.
    /// </param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="model"/>, <paramref name="run"/> or <paramref name="inputNames"/> is null.
    /// </exception>
    public AnomalyCheck(nn.Module model, TrainingRun run, string[] inputNames, int? seed = null, TrainingProgress? progress = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(inputNames);
        this.model = model;
        this.run = run;
        this.inputNames = [.. inputNames];
        origin = new StepOrigin(seed, progress);
        hooks = new ForwardHooks(model, OnInputs, OnOutput);
    }

    /// <summary>Begins a batch.</summary>
    /// <param name="step">The number of updates made before.</param>
    public void BeginBatch(long step)
    {
        place = new StepPlace(run.Epoch, run.Batch + 1, step);
        firstInfinity = null;
    }

    /// <summary>Whether an exception of the backward pass says that a gradient was NaN.</summary>
    /// <param name="exception">The exception, thrown under <c>torch.autograd.detect_anomaly</c>.</param>
    /// <returns>Whether it does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public static bool IsNaN(ExternalException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return NaNGradient().IsMatch(exception.Message);
    }

    /// <summary>Makes the error for an exception of the backward pass.</summary>
    /// <param name="exception">The exception, of which <see cref="IsNaN"/> is true.</param>
    /// <returns>To be thrown: the operation, and where the training was.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public NonFiniteException Error(ExternalException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var operation = NaNGradient().Match(exception.Message) is { Success: true } match ? match.Groups[1].Value : "backward";
        return new NonFiniteException(
            $"The backward pass made NaN in {operation} at {place.Text(origin)}: in the gradient of the operation that it is "
            + $"named after. {(firstInfinity is null ? "The outputs of the modules were finite" : $"No module had given NaN; {firstInfinity}")}. "
            + "Either it has no gradient there (a root, a norm or a division at 0, a logarithm of 0), or the gradient that "
            + "came to it from the operation behind it was infinite, for the same reason: keep what goes in away from there, "
            + "with a small number added or clamp. The lines that torch has printed to the "
            + $"error stream show the call of the forward pass, in native code. {place.Repeat(origin)}",
            operation,
            place,
            origin,
            exception);
    }

    /// <summary>Removes the hooks.</summary>
    public void Dispose() => hooks.Dispose();

    [GeneratedRegex("^Function '([^']+)' returned nan values in its \\d+th output")]
    private static partial Regex NaNGradient();

    private static Finiteness Read(Tensor tensor)
    {
        using var noGrad = no_grad();
        using var notes = new FinitenessNotes();
        notes.Add(row: 0, slot: 0, tensor);
        return notes.Read(rows: 1, slots: 1)[0, 0];
    }

    private void OnInputs(Tensor?[] inputs)
    {
        if (!model.training)
        {
            return;
        }

        for (var index = 0; index < inputs.Length; index++)
        {
            // An input may be optional.
            if (inputs[index] is not { } input)
            {
                continue;
            }

            var name = index < inputNames.Length ? inputNames[index] : $"input {index + 1}";
            var value = Read(input);
            if (value == Finiteness.NaN)
            {
                throw Error(
                    name,
                    $"{name} held NaN at {place.Text(origin)}: {WeightCount.Values(input)}. It came with the batch: look "
                    + "there for missing values and for divisions by a deviation of 0.");
            }

            NoteInfinity(value, name);
        }
    }

    private void OnOutput(string name, nn.Module module, Tensor?[] inputs, Tensor output)
    {
        if (!model.training)
        {
            return;
        }

        var title = name.Length == 0 ? $"the model ({module.GetType().Name})" : $"{name} ({module.GetType().Name})";
        var value = Read(output);
        if (value == Finiteness.NaN)
        {
            throw Error(name.Length == 0 ? "output" : name, Sentence(title, inputs, output));
        }

        NoteInfinity(value, $"the output of {title}");
    }

    private string Sentence(string title, Tensor?[] inputs, Tensor output)
    {
        // Its modules were looked at before it: what they did not give was made between them.
        var brokenInput = Array.FindIndex(inputs, input => input is not null && Read(input) == Finiteness.NaN);
        var cause = brokenInput >= 0
            ? "Its input had NaN already, which no module before it gave: an operation between the modules made it, or a "
                + "module that is not looked at."
            : WeightCount.OfParameters(model) is { First: { } weight }
                ? $"The weights are not finite: {weight.Name}, {WeightCount.Values(weight.Tensor)}."
                : "Its input was free of NaN, and so are the weights: it was made in its forward.";
        var infinity = firstInfinity is null ? "" : $" Before that, {firstInfinity}.";
        return $"The output of {title} held NaN at {place.Text(origin)}: {WeightCount.Values(output)}. It is the first module "
            + $"that gave NaN. {cause}{infinity}";
    }

    private void NoteInfinity(Finiteness value, string what)
    {
        if (value == Finiteness.Infinite)
        {
            firstInfinity ??= $"{what} held an infinity";
        }
    }

    private NonFiniteException Error(string name, string sentence) =>
        new($"{sentence} {place.Repeat(origin)}", name, place, origin);
}
