namespace LoopGen.Generators.Model;

/// <summary>A figure that a block watches.</summary>
/// <param name="Member">Its member, without <c>Val</c>: <c>Loss</c>.</param>
/// <param name="IsValidation">Whether it is the one over the validation data.</param>
/// <param name="IsHigherBetter">Which way it improves.</param>
internal sealed record MonitorSpec(string Member, bool IsValidation, bool IsHigherBetter)
{
    /// <summary>The member of the epoch's log: <c>ValLoss</c>.</summary>
    public string LogMember => this.IsValidation ? "Val" + this.Member : this.Member;

    /// <summary>Which way it improves, in words, unless everybody knows it of a figure of the library.</summary>
    public string[] Direction(LoopSpec spec)
        => spec.Metrics.Any(metric => metric.Member == this.Member && metric.Source != MetricSource.Library)
            ? [$"{(this.IsHigherBetter ? "higher" : "lower")} is better"]
            : [];
}
