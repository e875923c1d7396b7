namespace LoopGen.Tests;

/// <summary>A good file is not replaced by an empty one.</summary>
public sealed class NothingToSaveTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("net.pt")]
    public void ADisposedModelIsAnError(string name)
    {
        var path = Path.Combine(root.Path, name);
        var model = nn.Linear(3, 2);
        Save(model, path);
        var before = File.ReadAllBytes(path);
        model.Dispose();

        var exception = Assert.ThrowsAny<InvalidOperationException>(() => Save(model, path));
        Assert.Contains("a file that is there is as it was", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("net.safetensors")]
    [InlineData("net.pt")]
    public void AModelOfNoTensorsIsAnError(string name)
    {
        var path = Path.Combine(root.Path, name);
        using var model = nn.ReLU();

        Assert.Throws<InvalidOperationException>(() => Save(model, path));
        Assert.False(File.Exists(path));
    }

    private static void Save(nn.Module model, string path)
    {
        if (path.EndsWith(".pt", StringComparison.Ordinal))
        {
            model.ExportPyTorch(path);
        }
        else
        {
            model.SaveWeights(path);
        }
    }
}
