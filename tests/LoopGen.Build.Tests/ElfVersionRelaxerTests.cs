using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace LoopGen.Build.Tests;

public class ElfVersionRelaxerTests
{
    private const string UnusedVersion = "GLIBCXX_3.4.32";
    private const string NewerVersion = "GLIBCXX_3.4.30";
    private const string OlderVersion = "GLIBCXX_3.4.11";

    [Fact]
    public void The_file_in_the_cache_is_the_one_that_was_published()
    {
        // Another hash after an update of TorchSharp is no error in itself: look at what the new file needs
        // (`readelf -V`), whether docs/native.md still holds, and write down the new hash. Without an update, a build
        // has written into the NuGet cache.
        Assert.Equal(
            "CF33B1B0BB6BBB9754A768FB5C5D04D9F498603BE50E73F55621A0B40EE608B8",
            Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(TorchSharpNative.Path))));
    }

    [Fact]
    public void The_original_insists_on_both_versions()
    {
        var needed = new LoaderView(TorchSharpNative.ReadAllBytes()).ReadNeededVersions();

        Assert.False(Assert.Single(needed, version => version.Name == UnusedVersion).IsWeak);
        Assert.False(Assert.Single(needed, version => version.Name == NewerVersion).IsWeak);
    }

    [Fact]
    public void The_relaxed_file_does_without_either()
    {
        var bytes = TorchSharpNative.ReadAllBytes();
        var before = new LoaderView(bytes).ReadNeededVersions();

        Assert.Equal([UnusedVersion, NewerVersion], ElfVersionRelaxer.Relax(bytes));

        // Every other record is as it was, and the numbers by which symbols refer to them are too.
        var expected = before.Select(version => version.Name switch
        {
            UnusedVersion => version with { IsWeak = true },
            NewerVersion => version with { Name = OlderVersion },
            _ => version,
        });
        Assert.Equal(expected, new LoaderView(bytes).ReadNeededVersions());
    }

    [Fact]
    public void Only_the_two_records_differ()
    {
        var original = TorchSharpNative.ReadAllBytes();
        var relaxed = TorchSharpNative.ReadRelaxed();
        var needed = new LoaderView(original).ReadNeededVersions();
        var unused = needed.Single(version => version.Name == UnusedVersion).Record;
        var newer = needed.Single(version => version.Name == NewerVersion).Record;
        int[] mayDiffer = [unused + 4, .. Enumerable.Range(newer, 4), .. Enumerable.Range(newer + 8, 4)];

        Assert.Equal(original.Length, relaxed.Length);
        var different = Enumerable.Range(0, original.Length).Where(i => original[i] != relaxed[i]).ToList();
        Assert.NotEmpty(different);
        Assert.Empty(different.Except(mayDiffer));
    }

    [Fact]
    public void The_record_takes_over_the_hash_of_the_older_version()
    {
        var relaxed = TorchSharpNative.ReadRelaxed();

        var hashes = new LoaderView(relaxed).ReadNeededVersions()
            .Where(version => version.Name == OlderVersion)
            .Select(version => BinaryPrimitives.ReadUInt32LittleEndian(relaxed.AsSpan(version.Record)))
            .ToList();

        Assert.Equal(2, hashes.Count);
        Assert.All(hashes, hash => Assert.Equal(ElfHash(OlderVersion), hash));
    }

    [Fact]
    public void A_relaxed_file_stays_as_it_is()
    {
        var relaxed = TorchSharpNative.ReadRelaxed();

        AssertUntouched(relaxed);
    }

    [Fact]
    public void A_file_that_needs_neither_version_stays_as_it_is()
    {
        // As upstream's next one may be: built on an older Linux.
        var bytes = TorchSharpNative.ReadAllBytes();
        Rename(bytes, UnusedVersion, "GLIBCXX_3.4.16");
        Rename(bytes, NewerVersion, "GLIBCXX_3.4.17");

        AssertUntouched(bytes);
    }

    [Fact]
    public void A_version_that_is_needed_for_another_symbol_too_stays_needed()
    {
        var bytes = TorchSharpNative.ReadAllBytes();
        var view = new LoaderView(bytes);
        var newer = view.ReadNeededVersions().Single(version => version.Name == NewerVersion);
        var symbol = view.FindSymbolVersion("_ZNSt18condition_variable10notify_oneEv");
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(symbol), (ushort)newer.Index);

        Assert.Equal([UnusedVersion], ElfVersionRelaxer.Relax(bytes));
        Assert.Contains(newer, new LoaderView(bytes).ReadNeededVersions());
    }

    [Fact]
    public void An_older_version_must_be_needed_already()
    {
        var bytes = TorchSharpNative.ReadAllBytes();
        Rename(bytes, OlderVersion, "GLIBCXX_3.4.10");

        Assert.Equal([UnusedVersion], ElfVersionRelaxer.Relax(bytes));
    }

    [Fact]
    public void A_file_that_ends_too_early_stays_as_it_is()
    {
        var original = TorchSharpNative.ReadAllBytes();
        var lengths = Enumerable.Range(0, 200)
            .Concat(Enumerable.Range(0, original.Length / 4099).Select(i => i * 4099))
            .Concat(Enumerable.Range(1, 200).Select(i => original.Length - i));

        foreach (var length in lengths)
        {
            AssertUntouched(original[..length]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("GROUP ( libLibTorchSharp.so.1 )")]
    [InlineData("\u007fELF")]
    public void Something_else_stays_as_it_is(string content) => AssertUntouched(Encoding.Latin1.GetBytes(content));

    [Fact]
    public void Another_class_or_byte_order_stays_as_it_is()
    {
        foreach (var (offset, value) in new[] { (4, 1), (5, 2) })
        {
            var bytes = TorchSharpNative.ReadAllBytes();
            bytes[offset] = (byte)value;
            AssertUntouched(bytes);
        }
    }

    [Fact]
    public void Damage_never_ends_in_an_exception_or_in_half_an_edit()
    {
        var original = TorchSharpNative.ReadAllBytes();
        var sections = (int)BinaryPrimitives.ReadInt64LittleEndian(original.AsSpan(0x28));
        var records = new LoaderView(original).ReadNeededVersions().Min(version => version.Record) - 16;
        (int Start, int Length)[] regions = [(0, 64), (sections, original.Length - sections), (records, 0x210), (0, original.Length)];
        var random = new Random(20240229);

        for (var i = 0; i < 600; i++)
        {
            var bytes = (byte[])original.Clone();
            var (start, length) = regions[i % regions.Length];
            for (var flips = random.Next(1, 9); flips > 0; flips--)
            {
                bytes[start + random.Next(length)] = (byte)random.Next(256);
            }

            var damaged = (byte[])bytes.Clone();
            var relaxed = ElfVersionRelaxer.Relax(bytes);

            Assert.Equal(relaxed.Count == 0, bytes.AsSpan().SequenceEqual(damaged));
        }
    }

    [Fact]
    public void Noise_behind_a_good_header_never_ends_in_an_exception()
    {
        var header = TorchSharpNative.ReadAllBytes()[..64];
        var random = new Random(7);

        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(64, 4096)];
            random.NextBytes(bytes);
            header.CopyTo(bytes, 0);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(0x28), random.Next(bytes.Length));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x3C), (ushort)random.Next(8));

            AssertUntouched(bytes);
        }
    }

    private static void AssertUntouched(byte[] bytes)
    {
        var before = (byte[])bytes.Clone();

        Assert.Empty(ElfVersionRelaxer.Relax(bytes));
        Assert.True(bytes.AsSpan().SequenceEqual(before));
    }

    private static void Rename(byte[] bytes, string name, string newName) =>
        Encoding.ASCII.GetBytes(newName).CopyTo(bytes, new LoaderView(bytes).FindName(name));

    /// <summary>The hash of the ELF specification, by which the dynamic linker compares versions first.</summary>
    private static uint ElfHash(string name)
    {
        var hash = 0u;
        foreach (var character in name)
        {
            hash = (hash << 4) + character;
            var high = hash & 0xF000_0000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }
}
