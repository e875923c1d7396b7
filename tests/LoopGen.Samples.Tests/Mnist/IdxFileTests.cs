namespace LoopGen.Samples.Tests.Mnist;

public sealed class IdxFileTests
{
    private static readonly byte[] TwoByThree = Idx.Bytes([2, 3], [1, 2, 3, 4, 5, 6]);

    [Theory]
    [InlineData(false, "data")]
    [InlineData(true, "data.gz")]
    [InlineData(true, "data")]
    [InlineData(false, "data.gz")]
    public void Reads_a_file_gzipped_or_not_whatever_its_name(bool isGzipped, string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(name, isGzipped ? Idx.Gzip(TwoByThree) : TwoByThree);

        var file = IdxFile.Read(path, dimensions: 2);

        Assert.Equal([2L, 3L], file.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Data);
    }

    [Fact]
    public void Says_which_magic_number_was_found_and_which_expected()
    {
        var message = MessageFor(Idx.Bytes(0x0d02, [2, 3], new byte[6]));

        Assert.Contains("0x00000802", message);
        Assert.Contains("0x00000d02", message);
    }

    [Fact]
    public void Takes_a_file_of_labels_for_no_file_of_images()
        => Assert.Contains("0x00000801", MessageFor(Idx.Bytes([2], [1, 2])));

    [Fact]
    public void Says_how_much_of_a_file_is_missing()
    {
        var message = MessageFor(TwoByThree[..^2]);

        Assert.Contains("is cut off: its header, 2 × 3, promises 6 bytes of data, but 4 follow", message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(11)]
    public void Says_that_a_header_is_not_whole(int length)
        => Assert.Contains($"is cut off: it has {length} bytes, fewer than the 12", MessageFor(TwoByThree[..length]));

    [Fact]
    public void Says_that_a_file_goes_on_after_its_data()
        => Assert.Contains("is too long", MessageFor([.. TwoByThree, 7]));

    [Fact]
    public void Believes_no_header_that_promises_more_than_there_can_be()
        => Assert.Contains("promises 18446744065119617025 bytes", MessageFor(Idx.Bytes([-1, -1], [1])));

    [Fact]
    public void Says_that_a_gzipped_file_is_cut_off()
    {
        var packed = Idx.Gzip(Idx.Bytes([20, 100], [.. Enumerable.Range(0, 2000).Select(index => (byte)(index * index))]));

        MessageFor(packed[..(packed.Length / 2)]);
    }

    [Fact]
    public void Says_that_a_gzipped_file_is_damaged()
    {
        var packed = Idx.Gzip(TwoByThree);
        packed[10] = 0xff;

        Assert.Contains("can't be unpacked", MessageFor(packed));
    }

    // Of the error for a file of two dimensions, which names the file.
    private static string MessageFor(byte[] content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("data", content);

        var message = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, dimensions: 2)).Message;
        Assert.StartsWith(path, message);
        return message;
    }
}
