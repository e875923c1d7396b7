using System.Text;

namespace LoopGen.Tests;

/// <summary>Files of other programs: whole ones load, whatever is wrong in their structure is found.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Headers in front of eight bytes of data, and what is said of them.</summary>
    public static TheoryData<string, string> WrongHeaders => new()
    {
        { "", "no valid JSON" },
        { "[]", "the header is no StartObject" },
        { "{", "no valid JSON" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x""", "no valid JSON" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}{}""", "no valid JSON" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}""", "no valid JSON" },
        { """{/**/"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "no valid JSON" },
        { """{"x":7}""", "'x' is no StartObject" },
        { """{"x":{"shape":[2],"data_offsets":[0,8]}}""", "'x' lacks" },
        { """{"x":{"dtype":"F32","data_offsets":[0,8]}}""", "'x' lacks" },
        { """{"x":{"dtype":"F32","shape":[2]}}""", "'x' lacks" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "'x' lacks" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", "'x' lacks" },
        { """{"x":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "its dtype twice" },
        { """{"x":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", "the unknown dtype 'F33'" },
        { """{"x":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""", "the dtype of 'x' is no String" },
        { """{"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "whole numbers" },
        { """{"x":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "whole numbers" },
        { """{"x":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "whole numbers" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551624]}}""", "whole numbers" },
        { """{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "cannot be what lies in the bytes" },
        { """{"x":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", "cannot be what lies in the bytes" },
        { """{"x":{"dtype":"F4","shape":[15],"data_offsets":[0,8]}}""", "cannot be what lies in the bytes" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "cannot be what lies in the bytes" },
        { """{"x":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,8]}}""", "too large" },
        { """{"x":{"dtype":"F32","shape":[9223372036854775807,0,9223372036854775807],"data_offsets":[0,0]}}""", "too large" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "begins at byte 8 of the data" },
        { """{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "its tensors take 4" },
        { """{"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "its tensors take 16" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4" },
        { """{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"U8","shape":[3],"data_offsets":[5,8]}}""", "begins at byte 5" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "two tensors with the name 'x'" },
        { """{"__metadata__":{"a":1},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "the metadata's 'a' is no String" },
        { """{"__metadata__":{"a":"1","a":"2"},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "has 'a' twice" },
        { """{"__metadata__":{},"__metadata__":{},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "two sets of metadata" },
        { """{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "no valid JSON" },
        { """{"__metadata__":{"loopgen.format":"1"},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "LoopGen's checksum is not as this version writes it" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"loopgen.format":"1","loopgen.crc32c":"00000000"}}""", "must leave out keys that begin with \"loopgen.\"" },
    };

    public void Dispose() => folder.Dispose();

    /// <summary>What Python's safetensors 0.4 makes of a float32 matrix, an int64 scalar and metadata.</summary>
    [Fact]
    public void AFileOfPythonsWriterLoads()
    {
        var file = PlainSafetensors.Bytes(
            """{"__metadata__":{"format":"pt"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2,2],"data_offsets":[8,24]}}   """,
            Convert.FromHexString("0700000000000000" + "0000803f" + "000000c0" + "0000003f" + "00004040"));
        File.WriteAllBytes(folder["python.safetensors"], file);
        using var model = new OneTensor(("w", zeros(2, 2)), ("n", zeros([], dtype: int64)));

        var loaded = model.LoadWeights(folder["python.safetensors"]);

        Assert.Equal("pt", Assert.Single(loaded.Metadata, pair => pair.Key == "format").Value);
        Assert.Equal([1f, -2f, 0.5f, 3f], model.get_buffer("w")!.data<float>().ToArray());
        Assert.Equal(7, model.get_buffer("n")!.item<long>());
    }

    [Theory]
    [InlineData("""{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"data_offsets":[0,4],"shape":[1],"dtype":"F32"}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"note":{"deep":[1]}},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"empty":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""")]
    [InlineData("{ \"\\u0061\" : {\"dtype\":\"F32\",\"shape\":[ 1 ],\"data_offsets\":[0,4]},\n\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}")]
    public void OrderSpacesAndUnknownWordsDoNotMatter(string header)
    {
        File.WriteAllBytes(folder["x"], PlainSafetensors.Bytes(header, [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]));
        using var model = new OneTensor(("a", zeros(1)), ("b", zeros(1)));

        model.LoadWeights(folder["x"], strict: false);

        Assert.Equal(1, model.get_buffer("a")!.item<float>());
        Assert.Equal(2, model.get_buffer("b")!.item<float>());
    }

    [Theory]
    [MemberData(nameof(WrongHeaders))]
    public void AWrongHeaderIsAnErrorThatNamesTheFile(string header, string reason)
    {
        AssertRejected(PlainSafetensors.Bytes(header, new byte[8]), reason);
    }

    [Fact]
    public void WrongLengthsAreFoundBeforeAnythingIsAllocated()
    {
        AssertRejected([], "it has 0 bytes");
        AssertRejected(new byte[7], "it has 7 bytes");
        AssertRejected(new byte[8], "no valid JSON");
        AssertRejected([.. BitConverter.GetBytes(ulong.MaxValue), .. "{}"u8], "header would be 18446744073709551615 bytes long");
        AssertRejected([.. BitConverter.GetBytes(3UL), .. "{}"u8], "header would be 3 bytes long");
        AssertRejected([.. BitConverter.GetBytes(2UL), 0xff, 0xfe], "no valid JSON");

        using var file = File.Create(folder["long"]);
        file.Write(BitConverter.GetBytes(100_000_001UL));
        file.SetLength(200_000_000);
        file.Dispose();
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(folder["long"]));
    }

    [Fact]
    public void OtherKindsOfFilesAreRejected()
    {
        using var model = new FileModel();
        model.save(folder["model.dat"]);
        AssertRejected(File.ReadAllBytes(folder["model.dat"]));
        model.ExportPyTorch(folder["model.pt"]);
        AssertRejected(File.ReadAllBytes(folder["model.pt"]));
        AssertRejected(Encoding.UTF8.GetBytes(new string('{', 1000)));
    }

    /// <summary>Random headers made of the format's own words end in an error or a list of tensors, never otherwise.</summary>
    [Fact]
    public void NonsenseEndsInThatError()
    {
        string[] words = ["{", "}", "[", "]", ":", ",", "\"x\"", "\"dtype\"", "\"F32\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "0", "2", "8", "-1", "null"];
        var random = new Random(2);
        for (var round = 0; round < 5_000; round++)
        {
            var header = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => words[random.Next(words.Length)]));
            var error = Record.Exception(() => SafetensorsHeaderReader.Read(Encoding.UTF8.GetBytes("{" + header), 8));
            Assert.True(error is null or InvalidDataException, $"{header}: {error}");
        }
    }

    private void AssertRejected(byte[] bytes, string reason = "")
    {
        File.WriteAllBytes(folder["wrong"], bytes);
        using var model = new OneTensor(("x", ones(2)));
        var error = Assert.Throws<InvalidDataException>(() => model.LoadWeights(folder["wrong"]));
        Assert.StartsWith($"'{folder["wrong"]}' is damaged, or no safetensors file: ", error.Message);
        Assert.Contains(reason, error.Message);
        Assert.Equal([1f, 1f], model.get_buffer("x")!.data<float>().ToArray());
    }
}
