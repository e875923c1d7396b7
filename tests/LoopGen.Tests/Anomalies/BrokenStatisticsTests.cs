namespace LoopGen.Tests;

/// <summary>Running statistics that are NaN, which the loss of a training does not show.</summary>
public sealed class BrokenStatisticsTests
{
    [Fact]
    public void TheirCauseIsNamed()
    {
        using var scope = NewDisposeScope();
        using var norm = nn.BatchNorm1d(2);
        using var run = TrainingRun.Start(norm, new[] { 1 }, 1, Verbosity.Silent);
        using var check = new FiniteCheck(norm, run, []);
        check.ThrowIfAny();
        norm.running_var!.fill_(double.NaN.ToScalar());
        var exception = Assert.Throws<NonFiniteException>(check.ThrowIfAny);
        Assert.Equal("running_var", exception.Name);
        Assert.Contains("Batch normalisation got one value per channel", exception.Message);
    }
}
