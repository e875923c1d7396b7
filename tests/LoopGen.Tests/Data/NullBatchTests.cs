namespace LoopGen.Tests;

/// <summary>Nothing where a tensor should be, and no batch where there should be some: said with the name of the source.</summary>
public sealed class NullBatchTests
{
    [Fact]
    public void ANullMemberIsNamed()
    {
        using var input = rand(2, 2);
        List<(Tensor, Tensor)> trainBatches = [(input, null!)];
        var exception = Assert.Throws<ArgumentNullException>("trainBatches", () => Batches.Checked(trainBatches).Count());
        Assert.StartsWith("trainBatches gave a batch whose member 2 of 2 is null.", exception.Message);
        Assert.Throws<ArgumentNullException>("trainBatches", () => Batches.Windows(trainBatches, 2).Count());
        List<(Tensor, Tensor, Tensor)> weighted = [(null!, input, input)];
        Assert.Throws<ArgumentNullException>("weighted", () => Batches.Checked(weighted).Count());

        // Of another type null may be right.
        List<(Tensor, string?)> named = [(input, null)];
        Assert.Single(Batches.Checked(named));
    }

    [Fact]
    public void ANullBatchIsNamed()
    {
        Tensor[] batches = [null!];
        var exception = Assert.Throws<ArgumentNullException>("batches", () => Batches.Checked(batches).Count());
        Assert.StartsWith("batches gave null as a batch.", exception.Message);
    }

    [Fact]
    public void ALastBatchThatIsTheOnlyOneIsNotDroppedInSilence()
    {
        using var input = rand(5, 2);
        var trainBatches = Batches.FromTensors(input, input, batchSize: 32, dropLast: true);
        var exception = Assert.Throws<ArgumentException>("trainBatches", () => Batches.Checked(trainBatches).Count());
        Assert.StartsWith("trainBatches gave no batch: its 5 samples do not fill a batch of 32", exception.Message);
    }
}
