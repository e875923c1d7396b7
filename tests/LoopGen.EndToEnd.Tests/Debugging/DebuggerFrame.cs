namespace LoopGen.EndToEnd.Tests.Debugging;

/// <summary>The method that a stopped thread is in: <c>ICorDebugILFrame</c>.</summary>
internal readonly unsafe struct DebuggerFrame(ComObject frame)
{
    private static readonly Guid ILFrame = new("03E26311-4F76-11D3-88C6-006097945418");

    /// <summary>The metadata token of the method.</summary>
    public int Method => frame.GetNumber(6, "ICorDebugFrame.GetFunctionToken");

    /// <summary>The assembly of the method.</summary>
    public DebuggerModule Module => new(frame.Get(5, "ICorDebugFrame.GetFunction").Get(3, "ICorDebugFunction.GetModule"));

    /// <summary>The next instruction.</summary>
    public int Offset
    {
        get
        {
            var il = this.AsILFrame();
            int offset, mapping;
            ComObject.Check(((delegate* unmanaged<nint, int*, int*, int>)il[11])(il.Address, &offset, &mapping), "ICorDebugILFrame.GetIP");
            return offset;
        }
    }

    /// <summary>The active frame of a thread, or null if it runs no managed code.</summary>
    public static DebuggerFrame? Of(ComObject thread)
    {
        var frame = thread.Get(15, "ICorDebugThread.GetActiveFrame");
        return frame.Address == 0 || frame.As(ILFrame) is null ? null : new DebuggerFrame(frame);
    }

    /// <summary>The value of a local.</summary>
    public DebuggerValue Local(int slot) => new(this.AsILFrame().Get(14, slot, "ICorDebugILFrame.GetLocalVariable"));

    private ComObject AsILFrame() => frame.As(ILFrame)!.Value;
}
