using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The values of a tensor, for the checks of the first batch.</summary>
internal static class ValueRange
{
    /// <summary>The lowest and the highest value, both NaN where one is; this reads the device.</summary>
    public static (double Lowest, double Highest) Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var lowest = tensor.min().ToScalar();
        using var highest = tensor.max().ToScalar();
        return (lowest.ToDouble(), highest.ToDouble());
    }

    /// <summary>A number as an error says it.</summary>
    public static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
