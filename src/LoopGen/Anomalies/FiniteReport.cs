using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What is said of a step whose loss or gradients were not finite.</summary>
/// <param name="model">The model.</param>
/// <param name="place">Where the training was.</param>
/// <param name="updatesSince">How many updates were made before it was read.</param>
/// <param name="origin">What the steps of the training depend on.</param>
/// <param name="gradients">The gradients that were not finite, in the order of the parameters.</param>
internal sealed class FiniteReport(
    nn.Module model,
    StepPlace place,
    long updatesSince,
    StepOrigin origin,
    IReadOnlyList<(string Name, Finiteness Value, Parameter Parameter)> gradients)
{
    /// <summary>A member of the batch, or the output, was the first.</summary>
    public NonFiniteException OfTensor(string name, bool isOutput, Finiteness value, Tensor? tensor)
    {
        if (isOutput && updatesSince == 0 && WeightCount.OfParameters(model) is { First: { } first } weights)
        {
            return Error(
                first.Name,
                $"{first.Name} holds {Noun(first.Value)}, and did so before {place.Text(origin)}, whose output was the first "
                + $"to show it: {WeightCount.Values(first.Tensor)}.{Others(weights)} Every gradient before was finite, so an "
                + "update overflowed (lower learningRate) or a hook changed it.");
        }

        var count = tensor is null ? "" : $": {WeightCount.Values(tensor)}";
        var advice = isOutput
            ? "The batch was finite. Either an operation in forward made it (a division by 0, the logarithm or root of "
                + "something that is not positive), or the weights have grown too large: lower learningRate, or add "
                + "[ClipGradients(Norm = 1)]. [DetectAnomaly] names the module."
            : "It came with the batch: look there for missing values, for divisions by a deviation of 0, and for numbers "
                + "that the data type cannot hold.";
        return Error(name, $"{(isOutput ? "The output" : name)} held {Noun(value)} at {place.Text(origin)}{count}. {advice}");
    }

    /// <summary>The loss was the first.</summary>
    public NonFiniteException OfLoss(Finiteness value) => Error(
        "loss",
        $"The loss was {(value == Finiteness.NaN ? "NaN" : "infinite")} at {place.Text(origin)}. The batch and the output were finite, so the loss itself overflowed, divided by 0 or "
        + "took the logarithm of 0: lower learningRate, scale the targets, or use the loss that takes logits.");

    /// <summary>The gradients alone were not finite.</summary>
    public NonFiniteException OfGradients(bool isNow)
    {
        // Backward comes to the last parameter first.
        var (name, value, parameter) = gradients[^1];
        var count = "";
        if (isNow && parameter.grad is { } gradient)
        {
            using (gradient)
            {
                count = $": {WeightCount.Values(gradient)}";
            }
        }

        var others = gradients.Count == 1 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" So were those of {gradients.Count - 1} other {(gradients.Count == 2 ? "parameter" : "parameters")}, back to {gradients[0].Name}.");
        return Error(
            name,
            $"The gradient of {name} held {Noun(value)} at {place.Text(origin)}{count}.{others} Batch, output and loss were finite: an operation has "
            + "a gradient that is not, such as a root, a norm or a division at 0, or it overflowed. [DetectAnomaly] names "
            + "the operation; [ClipGradients(Value = 1)] limits what is too large, not what is NaN.");
    }

    /// <summary>Weights that are not finite though every loss and gradient was.</summary>
    public static NonFiniteException OfWeights(
        (string Name, Finiteness Value, Tensor Tensor) first, WeightCount weights, StepPlace place, StepOrigin origin)
    {
        // What training writes and only an evaluation reads: the loss does not show it.
        var cause = first.Name.EndsWith("running_var", StringComparison.Ordinal) || first.Name.EndsWith("running_mean", StringComparison.Ordinal)
            ? "Batch normalisation got one value per channel, such as a last batch of one sample (leave it out with dropLast: true), or a "
            + "batch that was not finite."
            : "Every loss and gradient was finite, so something else than a gradient changed it: an update that overflowed (lower "
            + "learningRate), a hook, or a batch that a buffer remembers.";
        var where = place.Epoch == 0 ? "before the first step" : $"after {place.Text(origin)}";
        return new NonFiniteException(
            $"{first.Name} holds {Noun(first.Value)} {where}: {WeightCount.Values(first.Tensor)}.{Others(weights)} {cause}",
            first.Name,
            place,
            origin);
    }

    private static string Others(WeightCount weights) => weights.Broken == 1 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" It is the first of {weights.Broken} that are not finite, of {weights.All}.");

    private static string Noun(Finiteness value) => value == Finiteness.NaN ? "NaN" : "an infinity";

    private NonFiniteException Error(string name, string what) =>
        new($"{what} {Now()} {place.Repeat(origin)}", name, place, origin);

    // What the weights are by now, which the reader will ask before saving them.
    private string Now()
    {
        var since = updatesSince switch
        {
            0 => "No update was made since",
            1 => "1 update was made before this was read",
            _ => string.Create(CultureInfo.InvariantCulture, $"{updatesSince} updates were made before this was read"),
        };
        return WeightCount.Of(model) is { First: { } first } weights
            ? $"{since}; the weights are not finite any more: {first.Name}, {WeightCount.Values(first.Tensor)}.{Others(weights)}"
            : $"{since}; the weights are finite{(updatesSince == 0 ? ", as they were before" : "")}.";
    }
}
