namespace LoopGen.Tests;

/// <summary>A disk that does not take what is written is an error, and nothing older is removed for it.</summary>
public sealed class FileFlushTests : IDisposable
{
    private const int InputOutputError = 5;
    private const int NoRoom = 28;
    private const int CannotFlush = 22;
    private readonly TemporaryFolder root = new();

    public void Dispose()
    {
        FileFlush.FailsWith = null;
        root.Dispose();
    }

    [Theory]
    [InlineData(InputOutputError)]
    [InlineData(NoRoom)]
    public void AnErrorOfTheDiskIsNoSuccess(int error)
    {
        var path = Path.Combine(root.Path, "net.safetensors");
        using var model = nn.Linear(3, 2);
        model.SaveWeights(path);
        var before = File.ReadAllBytes(path);
        using (no_grad())
        {
            model.weight!.zero_();
        }

        FileFlush.FailsWith = error;
        Assert.ThrowsAny<IOException>(() => model.SaveWeights(path));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(root.Path));
    }

    [Fact]
    public void AFileSystemThatHasNothingToFlushIsFine()
    {
        var path = Path.Combine(root.Path, "net.safetensors");
        using var model = nn.Linear(3, 2);
        FileFlush.FailsWith = CannotFlush;
        model.SaveWeights(path);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void NoCheckpointIsRemovedForOneThatTheDiskDidNotTake()
    {
        var folder = Path.Combine(root.Path, "checkpoints");
        using var training = new WholeTraining(folder);
        training.Checkpoints.Begin(false);
        Train(training, steps: 3);
        var before = Directory.GetFiles(folder, "last-*").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, before.Count);

        FileFlush.FailsWith = InputOutputError;
        Assert.ThrowsAny<IOException>(() => Train(training, steps: 5));
        Assert.Equal(before, Directory.GetFiles(folder, "last-*").Order(StringComparer.Ordinal));
    }

    private static void Train(WholeTraining training, int steps)
    {
        while (training.Progress.Step < steps)
        {
            training.Step();
            training.Checkpoints.SaveLast();
        }
    }
}
