using static TorchSharp.torch;

namespace LoopGen.Samples.Tests.Mnist;

public sealed class MnistDataTests
{
    [Theory]
    [InlineData("{0}-images-idx3-ubyte.gz", "{0}-labels-idx1-ubyte")]
    [InlineData("{0}-images.idx3-ubyte", "{0}-labels.idx1-ubyte.gz")]
    public void Loads_the_files_under_each_of_their_names(string imagesName, string labelsName)
    {
        using var folder = new TemporaryFolder();
        foreach (var (part, count) in new[] { ("train", 6), ("t10k", 4) })
        {
            folder.Write(string.Format(null, imagesName, part), Idx.Images(count));
            folder.Write(string.Format(null, labelsName, part), Idx.Gzip(Idx.Labels(count)));
        }

        var (train, test) = MnistData.Load(folder.FullPath);

        Assert.Equal([6L, 1L, 28L, 28L], train.Images.shape);
        Assert.Equal(ScalarType.Byte, train.Images.dtype);
        Assert.Equal(40, train.Images[0, 0, 27, 27].item<byte>());
        Assert.Equal(220, train.Images[1, 0, 0, 0].item<byte>());
        Assert.Equal([4L, 1L, 28L, 28L], test.Images.shape);
        Assert.Equal([0L, 1L, 0L, 1L], test.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Says_which_file_is_missing_and_where_it_looked()
    {
        using var folder = new TemporaryFolder();
        Idx.WriteAll(folder, train: 4, test: 4);
        File.Delete(Path.Combine(folder.FullPath, "t10k-labels-idx1-ubyte.gz"));

        var message = Assert.Throws<FileNotFoundException>(() => MnistData.Load(folder.FullPath)).Message;

        Assert.StartsWith($"t10k-labels-idx1-ubyte.gz is not in {folder.FullPath}.", message);
        Assert.Contains("t10k-labels.idx1-ubyte", message);
    }

    [Fact]
    public void Says_that_the_folder_is_missing()
    {
        using var folder = new TemporaryFolder();
        var nowhere = Path.Combine(folder.FullPath, "nowhere");

        var message = Assert.Throws<FileNotFoundException>(() => MnistData.Load(nowhere)).Message;

        Assert.Contains($"there is no folder {nowhere}", message);
    }

    [Fact]
    public void Says_that_images_have_another_size()
        => Assert.Contains(
            "images of 28 × 28, but it is 2 × 3 × 3",
            MessageWith("train-images-idx3-ubyte.gz", Idx.Bytes([2, 3, 3], new byte[18])));

    [Fact]
    public void Says_that_there_are_more_labels_than_images()
        => Assert.Contains("has 4 images, but", MessageWith("train-labels-idx1-ubyte.gz", Idx.Labels(5)));

    [Fact]
    public void Says_that_a_label_is_no_digit()
        => Assert.Contains(
            "no digit: 10", MessageWith("train-labels-idx1-ubyte.gz", Idx.Bytes([4], [0, 9, 10, 1])));

    private static string MessageWith(string name, byte[] content)
    {
        using var folder = new TemporaryFolder();
        Idx.WriteAll(folder, train: 4, test: 4);
        folder.Write(name, content);

        return Assert.Throws<InvalidDataException>(() => MnistData.Load(folder.FullPath)).Message;
    }
}
