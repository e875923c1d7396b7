using LoopGen.Generators.Text;

namespace LoopGen.Generators.Model;

/// <summary>The numbers that a hyperparameter may be; never NaN or infinite.</summary>
internal sealed record NumberRange(double Minimum, bool IncludesMinimum, double? Maximum, bool IncludesMaximum)
{
    /// <summary>More than 0.</summary>
    public static readonly NumberRange Positive = new(0, IncludesMinimum: false, Maximum: null, IncludesMaximum: false);

    /// <summary>0 or more.</summary>
    public static readonly NumberRange NotNegative = new(0, IncludesMinimum: true, Maximum: null, IncludesMaximum: false);

    /// <summary>0 or more, and less than 1.</summary>
    public static readonly NumberRange BelowOne = new(0, IncludesMinimum: true, Maximum: 1, IncludesMaximum: false);

    /// <summary>1 or more.</summary>
    public static readonly NumberRange AtLeastOne = new(1, IncludesMinimum: true, Maximum: null, IncludesMaximum: false);

    /// <summary>2 or more.</summary>
    public static readonly NumberRange AtLeastTwo = new(2, IncludesMinimum: true, Maximum: null, IncludesMaximum: false);

    /// <summary>From 0 to 1.</summary>
    public static readonly NumberRange Share = new(0, IncludesMinimum: true, Maximum: 1, IncludesMaximum: true);

    /// <summary>More than 0, at most 1.</summary>
    public static readonly NumberRange UpToOne = new(0, IncludesMinimum: false, Maximum: 1, IncludesMaximum: true);

    /// <summary>More than 0, less than 1.</summary>
    public static readonly NumberRange Between0And1 = new(0, IncludesMinimum: false, Maximum: 1, IncludesMaximum: false);

    /// <summary>A weight in float32.</summary>
    public static readonly NumberRange Weight = new(0, IncludesMinimum: true, Maximum: 1e38, IncludesMaximum: true);

    /// <summary>A weight in float32 that something is divided by.</summary>
    public static readonly NumberRange WeightAboveZero = new(0, IncludesMinimum: false, Maximum: 1e38, IncludesMaximum: true);

    /// <summary>Any number.</summary>
    public static readonly NumberRange Finite = new(double.MinValue, IncludesMinimum: true, Maximum: null, IncludesMaximum: false);

    public bool Contains(double value)
        => !double.IsNaN(value)
        && !double.IsInfinity(value)
        && (this.IncludesMinimum ? value >= this.Minimum : value > this.Minimum)
        && (this.Maximum is not { } maximum || (this.IncludesMaximum ? value <= maximum : value < maximum));

    /// <summary>For a sentence: "at least 0 and less than 1".</summary>
    public override string ToString()
    {
        if (this == Finite)
        {
            return "finite";
        }

        var lower = $"{(this.IncludesMinimum ? "at least" : "greater than")} {Literal.Plain(this.Minimum)}";
        return this.Maximum is { } maximum
            ? $"{lower} and {(this.IncludesMaximum ? "at most" : "less than")} {Literal.Plain(maximum)}"
            : lower;
    }
}
