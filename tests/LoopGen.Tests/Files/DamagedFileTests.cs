using System.Text;

namespace LoopGen.Tests;

/// <summary>No damaged file is taken for a whole one, and none changes the model.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FileModel model = new();
    private readonly byte[] whole;
    private readonly Dictionary<string, byte[]> before;

    public DamagedFileTests()
    {
        model.SaveWeights(folder["whole"], new Dictionary<string, string> { ["epoch"] = "12" });
        whole = File.ReadAllBytes(folder["whole"]);
        model.Train(optim.SGD(model.parameters(), 0.1), steps: 1);
        before = StateCopy.Of(model);
    }

    /// <summary>After all of it the model is as it was.</summary>
    public void Dispose()
    {
        Assert.Equal(before, StateCopy.Of(model));
        model.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void EverySingleFlippedBitIsFound()
    {
        var bits = 0;
        for (var index = 0; index < whole.Length; index++)
        {
            for (var bit = 0; bit < 8; bit++, bits++)
            {
                whole[index] ^= (byte)(1 << bit);
                AssertDamaged(whole, $"bit {bit} of byte {index}");
                whole[index] ^= (byte)(1 << bit);
            }
        }

        Assert.InRange(bits, 5_000, 50_000);
    }

    [Fact]
    public void EveryTruncationIsFound()
    {
        for (var length = 0; length < whole.Length; length++)
        {
            AssertDamaged(whole[..length], $"the first {length} bytes");
        }
    }

    [Fact]
    public void SwappedOverwrittenRemovedAndAddedBytesAreFound()
    {
        var random = new Random(1);
        for (var round = 0; round < 4_000; round++)
        {
            var damaged = Damage(random, round % 6, out var how);
            if (!damaged.AsSpan().SequenceEqual(whole))
            {
                AssertDamaged(damaged, $"round {round}: {how}");
            }
        }
    }

    /// <summary>Damage to the marks themselves must not make the file pass for one without a checksum.</summary>
    [Fact]
    public void WithoutItsMarksAFileIsStillKnown()
    {
        var text = Encoding.Latin1.GetString(whole);
        (string From, string To)[] changes =
        [
            ("loopgen.format", "loopgem.format"), ("loopgen.crc32c", "loopgem.crc32c"), ("\"loopgen.", "\"l0opgen."),
            ("loopgen.format", "LOOPGEN.FORMAT"), ("loopgen", "xxxxxxx"),
        ];
        foreach (var (from, to) in changes)
        {
            AssertDamaged(Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)), $"{from} to {to}");
        }

        var (one, other) = (text.IndexOf("loopgen.format", StringComparison.Ordinal), text.IndexOf("oopgen.crc32c", StringComparison.Ordinal));
        (whole[one], whole[other]) = (whole[other], whole[one]);
        AssertDamaged(whole, "a letter of each mark swapped");
    }

    [Fact]
    public void DamageFarIntoALargeFileIsFound()
    {
        using var large = new OneTensor(("x", zeros(300_000)));
        large.SaveWeights(folder["large"]);
        var bytes = File.ReadAllBytes(folder["large"]);
        foreach (var index in (int[])[bytes.Length - 1, 1 << 18, (1 << 18) - 1, (1 << 19) + 1, 1 << 20])
        {
            bytes[index] ^= 1;
            File.WriteAllBytes(folder["large"], bytes);
            Assert.Contains("its checksum is wrong", Assert.Throws<InvalidDataException>(() => large.LoadWeights(folder["large"])).Message);
            bytes[index] ^= 1;
        }

        File.WriteAllBytes(folder["large"], bytes);
        large.LoadWeights(folder["large"]);
    }

    [Fact]
    public void TheFileBeforeItIsNamed()
    {
        File.WriteAllBytes(folder["damaged"], whole[..^1]);
        File.WriteAllBytes(folder["damaged.previous"], whole);

        var error = Assert.Throws<InvalidDataException>(() => model.LoadWeights(folder["damaged"]));

        Assert.EndsWith($"The file before it is '{folder["damaged.previous"]}'.", error.Message);
    }

    /// <summary>The definition in docs/files.md, and the checksum's value for the text that everyone tries it with.</summary>
    [Fact]
    public void TheChecksumIsThatOfTheFileWithZerosInItsPlace()
    {
        var checksum = new Crc32C();
        checksum.Append("123456789"u8);
        Assert.Equal("e3069283", checksum.ToString());

        var digits = PlainSafetensors.Read(folder["whole"]).Header["__metadata__"]!["loopgen.crc32c"]!.GetValue<string>();
        var text = Encoding.Latin1.GetString(whole);
        Assert.Equal(Bitwise(Encoding.Latin1.GetBytes(text.Replace(digits, "00000000", StringComparison.Ordinal))), digits);
    }

    /// <summary>CRC-32C bit by bit, as its definition has it.</summary>
    private static string Bitwise(byte[] bytes)
    {
        var rest = uint.MaxValue;
        foreach (var value in bytes)
        {
            rest ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                rest = (rest >> 1) ^ ((rest & 1) * 0x82f63b78);
            }
        }

        return (~rest).ToString("x8");
    }

    private byte[] Damage(Random random, int kind, out string how)
    {
        var bytes = whole.ToArray();
        var (one, other) = (random.Next(bytes.Length), random.Next(bytes.Length));
        var (from, to) = (Math.Min(one, other), Math.Max(one, other));
        how = $"kind {kind}, {from} and {to}";
        switch (kind)
        {
            case 0:
                (bytes[from], bytes[to]) = (bytes[to], bytes[from]);
                return bytes;
            case 1:
                random.NextBytes(bytes.AsSpan(from, Math.Min(random.Next(1, 64), bytes.Length - from)));
                return bytes;
            case 2:
                Array.Clear(bytes, from, to - from);
                return bytes;
            case 3:
                return [.. bytes[..from], .. bytes[to..]];
            case 4:
                return [.. bytes[..to], .. bytes[from..]];
            default:
                // Two parts of the data or of the header change places.
                var middle = random.Next(from, to + 1);
                return [.. bytes[..from], .. bytes[middle..to], .. bytes[from..middle], .. bytes[to..]];
        }
    }

    private void AssertDamaged(byte[] bytes, string how)
    {
        // Over the one before: a file that is cut to nothing first takes a file system ten times as long.
        using (var file = File.OpenHandle(folder["damaged"], FileMode.OpenOrCreate, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.SetLength(file, bytes.Length);
        }

        var error = Record.Exception(() => model.LoadWeights(folder["damaged"]));
        Assert.True(error is InvalidDataException, $"{how}: {error?.ToString() ?? "loaded"}");
        Assert.StartsWith($"'{folder["damaged"]}' is damaged, or no safetensors file: ", error!.Message);
    }
}
