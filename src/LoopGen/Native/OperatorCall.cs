using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Calls of one operator: the arguments are added in the order of its schema, then it runs. It can be used again and again,
/// by one thread at a time, and allocates nothing managed.
/// </summary>
/// <remarks>
/// A value on libtorch's stack is 64 bits: a number, or a handle. An argument's handle belongs to the callee from the call on;
/// it is a second one to the same tensor, so the tensor that was given stays its owner's, and may be freed as soon as it was
/// added. A result's handle becomes a tensor of TorchSharp's, in the open dispose scope.
/// </remarks>
internal sealed unsafe class OperatorCall(Operator target)
{
    private enum Kind
    {
        Number,
        Tensor,
        List,
        Optional,
    }

    private readonly ulong[] stack = new ulong[Math.Max(target.Arguments, target.Results)];
    private readonly Kind[] kinds = new Kind[target.Arguments];

    // For messages alone. That they are held until the call is over is welcome, not needed.
    private readonly object?[] given = new object?[target.Arguments];
    private int count;

    /// <summary>Adds a number (<c>float</c> in a schema).</summary>
    public OperatorCall Add(double number) => Add(BitConverter.DoubleToUInt64Bits(number), Kind.Number);

    /// <summary>Adds an integer (<c>int</c> or <c>SymInt</c>, and an enumeration such as <c>MemoryFormat</c>).</summary>
    public OperatorCall Add(long number) => Add((ulong)number, Kind.Number);

    /// <summary>Adds a flag.</summary>
    public OperatorCall Add(bool flag) => Add(flag ? 1UL : 0UL, Kind.Number);

    /// <summary>Adds a type of elements.</summary>
    public OperatorCall Add(ScalarType type) => Add((ulong)(sbyte)type, Kind.Number);

    /// <summary>Adds nothing, for an optional argument.</summary>
    public OperatorCall AddNone() => Add(0UL, Kind.Number);

    /// <summary>Adds a tensor.</summary>
    public OperatorCall Add(Tensor tensor)
    {
        Room();
        var handle = NewHandle(tensor);
        given[count] = tensor;
        return Add((ulong)handle, Kind.Tensor);
    }

    /// <summary>Adds a tensor for an optional argument.</summary>
    /// <exception cref="NotSupportedException">It can't be given on this system.</exception>
    public OperatorCall AddOptional(Tensor tensor)
    {
        Room();
        if (!Dispatcher.TakesOptionals)
        {
            throw Abandoned(new NotSupportedException($"{target.Name} cannot be given optional arguments on this system."));
        }

        var value = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        try
        {
            *value = (ulong)NewHandle(tensor);
        }
        catch
        {
            NativeMemory.Free(value);
            throw;
        }

        given[count] = tensor;
        return Add((ulong)value, Kind.Optional);
    }

    /// <summary>Adds a list of tensors.</summary>
    public OperatorCall Add(IReadOnlyList<Tensor> tensors)
    {
        Room();
        nint list;
        Dispatcher.Check(Dispatcher.Functions.NewList((nuint)tensors.Count, &list), "a list");
        given[count] = tensors;

        // The list counts as added first, so that it is freed where a tensor is refused.
        _ = Add((ulong)list, Kind.List);
        for (var index = 0; index < tensors.Count; index++)
        {
            Dispatcher.Check(Dispatcher.Functions.Push(list, (ulong)NewHandle(tensors[index])), "an element of a list");
        }

        return this;
    }

    /// <summary>Adds a list that has one tensor several times.</summary>
    public OperatorCall AddRepeated(Tensor tensor, int times)
    {
        Room();
        nint list;
        Dispatcher.Check(Dispatcher.Functions.NewList((nuint)times, &list), "a list");
        given[count] = tensor;
        _ = Add((ulong)list, Kind.List);
        for (var index = 0; index < times; index++)
        {
            Dispatcher.Check(Dispatcher.Functions.Push(list, (ulong)NewHandle(tensor)), "an element of a list");
        }

        return this;
    }

    /// <summary>Runs an operator that returns nothing.</summary>
    /// <exception cref="ExternalException">It failed. libtorch has written why to the standard error stream.</exception>
    public void Invoke() => Run(results: 0);

    /// <summary>Runs an operator that returns one tensor.</summary>
    /// <returns>The tensor, in the open dispose scope.</returns>
    /// <exception cref="ExternalException">It failed. libtorch has written why to the standard error stream.</exception>
    public Tensor InvokeForTensor()
    {
        Run(results: 1);
        return Tensor.UnsafeCreateTensor((nint)stack[0]);
    }

    private void Run(int results)
    {
        if (count != target.Arguments || results != target.Results)
        {
            throw Abandoned(new InvalidOperationException(
                $"{target.Name} takes {target.Arguments} arguments and returns {target.Results}, but was given {count} and asked for {results}."));
        }

        int code;
        fixed (ulong* values = stack)
        {
            code = Dispatcher.Functions.Call(
                (byte*)target.NativeName, (byte*)target.NativeOverload, values, TorchExports.KnownVersion);
        }

        // After an error it is not known which arguments libtorch has taken: what it has not is lost, not freed twice.
        try
        {
            if (code != 0)
            {
                throw new ExternalException(
                    $"libtorch's operator {target.Name} failed for ({string.Join(", ", given.Where(value => value is not null).Select(Text))}). "
                    + "The reason stands on the standard error stream.",
                    code);
            }
        }
        finally
        {
            Clear();
        }
    }

    private static string Text(object? value) => value switch
    {
        IReadOnlyList<Tensor> { Count: > 3 } list => $"{list.Count} tensors, the first {Describe.Tensor(list[0])}",
        IReadOnlyList<Tensor> list => $"[{string.Join(", ", list.Select(Describe.Tensor))}]",
        Tensor tensor => Describe.Tensor(tensor),
        _ => string.Empty,
    };

    private OperatorCall Add(ulong value, Kind kind)
    {
        Room();
        stack[count] = value;
        kinds[count] = kind;
        count++;
        return this;
    }

    private void Room()
    {
        if (count == target.Arguments)
        {
            throw Abandoned(new InvalidOperationException($"{target.Name} takes no more than {target.Arguments} arguments."));
        }
    }

    private nint NewHandle(Tensor tensor)
    {
        try
        {
            nint handle;
            Dispatcher.Check(Dispatcher.Functions.NewTensor(tensor.Handle, &handle), "a tensor");

            // Its finalizer would free what is being copied.
            GC.KeepAlive(tensor);
            return handle;
        }
        catch (Exception exception)
        {
            // A tensor that was disposed, most likely.
            throw Abandoned(exception);
        }
    }

    private Exception Abandoned(Exception exception)
    {
        for (var index = 0; index < count; index++)
        {
            Free(stack[index], kinds[index]);
        }

        Clear();
        return exception;
    }

    private static void Free(ulong value, Kind kind)
    {
        var functions = Dispatcher.Functions;
        switch (kind)
        {
            case Kind.Tensor:
                _ = functions.DeleteTensor((nint)value);
                break;

            case Kind.Optional:
                _ = functions.DeleteTensor((nint)(*(ulong*)value));
                NativeMemory.Free((void*)value);
                break;

            case Kind.List:
                nuint size;
                _ = functions.ListSize((nint)value, &size);
                for (nuint index = 0; index < size; index++)
                {
                    ulong item;
                    _ = functions.ListItem((nint)value, index, &item);
                    _ = functions.DeleteTensor((nint)item);
                }

                _ = functions.DeleteList((nint)value);
                break;
        }
    }

    private void Clear()
    {
        count = 0;
        Array.Clear(given);
    }
}
