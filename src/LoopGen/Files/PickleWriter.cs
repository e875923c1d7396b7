using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace LoopGen;

/// <summary>
/// Writes the few things that a state dictionary needs in Python's
/// <see href="https://docs.python.org/3/library/pickle.html">pickle</see> format, protocol 2. The opcodes are named as in
/// Python's <c>pickletools</c>.
/// </summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream output = new();

    /// <summary>Begins a pickle (PROTO 2).</summary>
    public PickleWriter() => output.Write([0x80, 2]);

    /// <summary>A class or a function of a module (GLOBAL).</summary>
    public void Global(string module, string name) => Text($"c{module}\n{name}\n");

    /// <summary>Where a tuple, or the pairs of a dictionary, begin (MARK).</summary>
    public void Mark() => output.WriteByte((byte)'(');

    /// <summary>A tuple of everything behind the last mark (TUPLE).</summary>
    public void Tuple() => output.WriteByte((byte)'t');

    /// <summary>A tuple of nothing (EMPTY_TUPLE).</summary>
    public void EmptyTuple() => output.WriteByte((byte)')');

    /// <summary>Calls the function below with the tuple above it as its arguments (REDUCE).</summary>
    public void Reduce() => output.WriteByte((byte)'R');

    /// <summary>Something outside the pickle, named by the tuple above (BINPERSID).</summary>
    public void PersistentId() => output.WriteByte((byte)'Q');

    /// <summary>Puts the pairs behind the last mark into the dictionary below (SETITEMS).</summary>
    public void SetItems() => output.WriteByte((byte)'u');

    /// <summary>Python's <c>False</c> (NEWFALSE).</summary>
    public void False() => output.WriteByte(0x89);

    /// <summary>A text (BINUNICODE).</summary>
    public void String(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        output.WriteByte((byte)'X');
        output.Write(length);
        output.Write(bytes);
    }

    /// <summary>A whole number from 0 on, in the shortest way (BININT1, BININT2, BININT, LONG1).</summary>
    public void Number(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        switch (number)
        {
            case <= byte.MaxValue:
                output.Write([(byte)'K', bytes[0]]);
                break;
            case <= ushort.MaxValue:
                output.Write([(byte)'M', bytes[0], bytes[1]]);
                break;
            case <= int.MaxValue:
                output.WriteByte((byte)'J');
                output.Write(bytes[..sizeof(int)]);
                break;
            default:
                // Two's complement in as few bytes as hold the sign.
                var digits = new BigInteger(number).ToByteArray();
                output.Write([0x8a, (byte)digits.Length]);
                output.Write(digits);
                break;
        }
    }

    /// <summary>A tuple of numbers.</summary>
    public void Numbers(IEnumerable<long> numbers)
    {
        Mark();
        foreach (var number in numbers)
        {
            Number(number);
        }

        Tuple();
    }

    /// <summary>Ends the pickle (STOP).</summary>
    public byte[] Finish()
    {
        output.WriteByte((byte)'.');
        return output.ToArray();
    }

    private void Text(string text) => output.Write(Encoding.ASCII.GetBytes(text));
}
