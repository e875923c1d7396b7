using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The check behind <see cref="FirstBatch.CheckSampleWeights"/> and its messages.</summary>
internal sealed class SampleWeightCheck
{
    private readonly Tensor output;
    private readonly Tensor target;
    private readonly Tensor weight;
    private readonly string outputName;
    private readonly string targetName;
    private readonly string weightName;

    public SampleWeightCheck(
        Tensor output, Tensor target, Tensor weight, string outputName, string targetName, string weightName)
    {
        ArgumentNullException.ThrowIfNull(output, outputName);
        ArgumentNullException.ThrowIfNull(target, targetName);
        ArgumentNullException.ThrowIfNull(weight, weightName);
        this.output = output;
        this.target = target;
        this.weight = weight;
        this.outputName = outputName;
        this.targetName = targetName;
        this.weightName = weightName;
    }

    /// <summary>Checks what is known without a look at the device.</summary>
    public void CheckForm()
    {
        CheckType();
        CheckShape();
        CheckDevice();
    }

    /// <summary>Checks the values, and waits for the device.</summary>
    public void CheckValues()
    {
        if (weight.numel() == 0)
        {
            return;
        }

        // Written so that NaN, which is neither, fails.
        var (lowest, highest) = ValueRange.Of(weight);
        if (!(lowest >= 0 && highest < double.PositiveInfinity))
        {
            throw Error(
                $"{weightName} must hold finite numbers, none below 0, but holds values from {ValueRange.Text(lowest)} to "
                + $"{ValueRange.Text(highest)}. A weight of 0 leaves a sample out.");
        }
    }

    private void CheckType()
    {
        // Torch would go on in the wider of the two types, in silence.
        if (weight.dtype != output.dtype)
        {
            throw Error(
                $"{weightName} must be of the type of {outputName}, {output.dtype}, but is {Describe.Tensor(weight)}. "
                + $"Convert it: {weightName}.to({Describe.TypeInCode(output.dtype)}).");
        }
    }

    private void CheckShape()
    {
        var came = weight.shape;
        var targets = target.shape;
        var begins = came.Length <= targets.Length && came.SequenceEqual(targets[..came.Length]);
        if (begins && (came.Length > 0 || targets.Length == 0))
        {
            return;
        }

        var further = targets.Length > 1 ? $", or with further dimensions of {targetName} {Describe.Shape(targets)}" : "";
        throw Error(
            $"{weightName} must have the shape {Describe.Shape(targets.Take(1))}, a weight for each sample{further}, but is "
            + $"{Describe.Tensor(weight)}. {AdviceForShape(came, targets)}");
    }

    private string AdviceForShape(long[] came, long[] targets)
    {
        if (came.Length == 0)
        {
            return "One weight for all is none: give each sample its own.";
        }

        return targets.Length > 0 && came[0] == targets[0] && came.Length > 1 && came[1..].All(size => size == 1)
            ? $"Remove the dimensions of size 1: {weightName}.flatten()."
            : "Give one weight for each sample, in the order of the samples.";
    }

    private void CheckDevice()
    {
        if (weight.device_type != output.device_type || weight.device_index != output.device_index)
        {
            throw Error(
                $"{weightName} is on {weight.device} but {outputName} is on {output.device}. "
                + $"Move it: {weightName}.to({outputName}.device).");
        }
    }

    private ArgumentException Error(string message) => new(message, weightName);
}
