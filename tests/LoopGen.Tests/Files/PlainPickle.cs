using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Text;

namespace LoopGen.Tests;

/// <summary>
/// Reads PyTorch's archives by the description of the pickle protocol (https://docs.python.org/3/library/pickletools.html)
/// alone, with exactly the opcodes and names that PyTorch lets pass with weights_only=True.
/// </summary>
internal sealed class PlainPickle(byte[] bytes)
{
    private readonly Stack<object> stack = new();
    private readonly object mark = new();
    private int position;

    /// <summary>A tensor as the archive has it.</summary>
    public sealed record StoredTensor(string Storage, string Key, long Count, long Offset, long[] Shape, long[] Strides, byte[] Bytes);

    public static IReadOnlyList<(string Name, StoredTensor Tensor)> Open(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        Assert.Equal("3\n", Encoding.ASCII.GetString(Read(archive, "archive/version")));
        Assert.Equal("little", Encoding.ASCII.GetString(Read(archive, "archive/byteorder")));
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        var items = (List<object>)new PlainPickle(Read(archive, "archive/data.pkl")).Load();
        return [.. items.Chunk(2).Select(pair => ((string)pair[0], Rebuild(archive, (object[])pair[1])))];
    }

    private static StoredTensor Rebuild(ZipArchive archive, object[] arguments)
    {
        Assert.Equal(6, arguments.Length);
        Assert.Equal(false, arguments[4]);
        Assert.Empty((List<object>)arguments[5]);
        var storage = (object[])arguments[0];
        Assert.Equal(("storage", "cpu"), (storage[0], storage[3]));
        var key = (string)storage[2];
        return new(
            (string)storage[1], key, (long)storage[4], (long)arguments[1], Longs(arguments[2]), Longs(arguments[3]), Read(archive, $"archive/data/{key}"));
    }

    private static long[] Longs(object tuple) => [.. ((object[])tuple).Cast<long>()];

    private static byte[] Read(ZipArchive archive, string name)
    {
        using var content = archive.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }

    private object Load()
    {
        Assert.Equal([0x80, 2], Take(2));
        while (true)
        {
            switch ((char)Take(1)[0])
            {
                case 'c':
                    stack.Push($"{Line()}.{Line()}");
                    break;
                case ')':
                    stack.Push(Array.Empty<object>());
                    break;
                case '(':
                    stack.Push(mark);
                    break;
                case 't':
                    stack.Push(PopToMark());
                    break;
                case 'u':
                    var items = PopToMark();
                    ((List<object>)stack.Peek()).AddRange(items);
                    break;
                case 'R':
                    var arguments = (object[])stack.Pop();
                    stack.Push((string)stack.Pop() switch
                    {
                        "collections.OrderedDict" => new List<object>(),
                        "torch._utils._rebuild_tensor_v2" => arguments,
                        var other => throw new InvalidDataException(other),
                    });
                    break;
                case 'Q':
                    Assert.IsType<object[]>(stack.Peek());
                    break;
                case 'X':
                    stack.Push(Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(4)))));
                    break;
                case 'K':
                    stack.Push((long)Take(1)[0]);
                    break;
                case 'M':
                    stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                    break;
                case 'J':
                    stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                    break;
                case '\x8a':
                    stack.Push((long)new BigInteger(Take(Take(1)[0])));
                    break;
                case '\x89':
                    stack.Push(false);
                    break;
                case '.':
                    Assert.Equal(bytes.Length, position);
                    return Assert.Single(stack);
                case var opcode:
                    throw new InvalidDataException($"opcode {(int)opcode}");
            }
        }
    }

    private object[] PopToMark()
    {
        var items = new List<object>();
        for (var item = stack.Pop(); item != mark; item = stack.Pop())
        {
            items.Insert(0, item);
        }

        return [.. items];
    }

    private byte[] Take(int count) => bytes[position..(position += count)];

    private string Line()
    {
        var begin = position;
        position = Array.IndexOf(bytes, (byte)'\n', begin) + 1;
        return Encoding.ASCII.GetString(bytes, begin, position - 1 - begin);
    }
}
