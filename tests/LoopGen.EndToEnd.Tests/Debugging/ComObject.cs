using System.Runtime.InteropServices;

namespace LoopGen.EndToEnd.Tests.Debugging;

/// <summary>
/// A COM object of the debugging API. Methods are found by their slot: the first three are IUnknown's, then come those
/// of the interface and of what it derives from, in the order of <c>cordebug.idl</c>.
/// </summary>
internal readonly unsafe struct ComObject(nint address)
{
    /// <summary>Where the object lies.</summary>
    public nint Address => address;

    /// <summary>The method in a slot.</summary>
    public nint this[int slot] => (*(nint**)address)[slot];

    /// <summary>The same object by another of its interfaces, or null if it does not have that one.</summary>
    public ComObject? As(Guid identity)
    {
        nint result;
        return ((delegate* unmanaged<nint, Guid*, nint*, int>)this[0])(address, &identity, &result) < 0 ? null : new ComObject(result);
    }

    /// <summary>Calls a method without arguments.</summary>
    public void Call(int slot, string what) => Check(((delegate* unmanaged<nint, int>)this[slot])(address), what);

    /// <summary>Calls a method with one number or pointer.</summary>
    public void Call(int slot, nint argument, string what)
        => Check(((delegate* unmanaged<nint, nint, int>)this[slot])(address, argument), what);

    /// <summary>Calls a method that gives an object.</summary>
    public ComObject Get(int slot, string what)
    {
        nint result;
        Check(((delegate* unmanaged<nint, nint*, int>)this[slot])(address, &result), what);
        return new ComObject(result);
    }

    /// <summary>Calls a method that takes a number and gives an object.</summary>
    public ComObject Get(int slot, int argument, string what)
    {
        nint result;
        Check(((delegate* unmanaged<nint, int, nint*, int>)this[slot])(address, argument, &result), what);
        return new ComObject(result);
    }

    /// <summary>Calls a method that gives a number.</summary>
    public int GetNumber(int slot, string what)
    {
        int result;
        Check(((delegate* unmanaged<nint, int*, int>)this[slot])(address, &result), what);
        return result;
    }

    /// <summary>Throws if a call failed.</summary>
    public static void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new COMException(what + " failed", result);
        }
    }
}
