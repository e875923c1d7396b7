namespace LoopGen.Tests;

/// <summary>Files of other programs, called by their name.</summary>
public sealed class OtherFormatTests
{
    [Theory]
    [InlineData("504B0304", "it is a zip archive, as PyTorch's torch.save writes it.")]
    [InlineData("80028A0A", "it is a Python pickle")]
    [InlineData("89484446", "it is an HDF5 file")]
    public void AreNamed(string begin, string message)
    {
        using var folder = new TemporaryFolder();
        using var model = new TinyModel();
        var path = Path.Combine(folder.Path, "model.pt");
        File.WriteAllBytes(path, [.. Convert.FromHexString(begin), .. new byte[60], 255]);
        var bytes = File.ReadAllBytes(path);
        bytes[7] = 0x7F;
        File.WriteAllBytes(path, bytes);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => model.LoadWeights(path)).Message);
    }
}
