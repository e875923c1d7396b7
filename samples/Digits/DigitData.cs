using System.Globalization;
using System.IO.Compression;
using static TorchSharp.torch;

namespace Digits;

/// <summary>Images (uint8 of 0 to 16, shape (N, 1, 8, 8)) and the digits they show (int64, shape (N)).</summary>
internal sealed record DigitData(Tensor Images, Tensor Labels)
{
    private const int Size = 8;
    private const int Pixels = Size * Size;

    /// <summary>Reads the data set. Every fifth image is kept for the test, so that all writers are in both parts.</summary>
    public static (DigitData Train, DigitData Test) Load(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);

        List<byte[]> trainRows = [], testRows = [];
        while (reader.ReadLine() is { } line)
        {
            var row = Array.ConvertAll(line.Split(','), value => byte.Parse(value, CultureInfo.InvariantCulture));
            var isTest = (trainRows.Count + testRows.Count) % 5 == 4;
            (isTest ? testRows : trainRows).Add(row);
        }

        return (FromRows(trainRows), FromRows(testRows));
    }

    private static DigitData FromRows(List<byte[]> rows)
    {
        var images = rows.SelectMany(row => row.Take(Pixels)).ToArray();
        var labels = rows.Select(row => (long)row[Pixels]).ToArray();
        return new DigitData(tensor(images, [rows.Count, 1, Size, Size]), tensor(labels));
    }
}
