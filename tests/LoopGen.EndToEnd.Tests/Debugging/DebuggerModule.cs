namespace LoopGen.EndToEnd.Tests.Debugging;

/// <summary>An assembly in the process that is debugged: <c>ICorDebugModule</c>.</summary>
internal readonly unsafe struct DebuggerModule(ComObject module)
{
    private const int MaximumPath = 4096;

    private static readonly Guid Module2 = new("7FCC5FB5-49C0-41DE-9938-3B88B5B9ADD7");

    /// <summary>The file that it was loaded from.</summary>
    public string Path
    {
        get
        {
            var name = stackalloc char[MaximumPath];
            int length;
            ComObject.Check(((delegate* unmanaged<nint, int, int*, char*, int>)module[6])(module.Address, MaximumPath, &length, name), "ICorDebugModule.GetName");

            // The length counts the terminator.
            return new string(name, 0, Math.Max(0, length - 1));
        }
    }

    /// <summary>Marks all of it as the user's own code, where Just My Code stops.</summary>
    public void SetMyCode()
    {
        var module2 = module.As(Module2) ?? throw new NotSupportedException("The module has no ICorDebugModule2.");
        ComObject.Check(((delegate* unmanaged<nint, int, int, int*, int>)module2[3])(module2.Address, 1, 0, null), "ICorDebugModule2.SetJMCStatus");
    }

    /// <summary>Stops every thread that comes to an instruction.</summary>
    public void SetBreakpoint(int method, int offset)
    {
        var code = module.Get(9, method, "ICorDebugModule.GetFunctionFromToken").Get(6, "ICorDebugFunction.GetILCode");
        code.Get(7, offset, "ICorDebugCode.CreateBreakpoint").Call(3, 1, "ICorDebugBreakpoint.Activate");
    }
}
