using System.Runtime.InteropServices;

namespace LoopGen.EndToEnd.Tests.Debugging;

/// <summary>
/// The object that the debugging API reports to: <c>ICorDebugManagedCallback</c> and <c>ICorDebugManagedCallback2</c>,
/// made by hand. Every report stops the process; what nobody listens to lets it go on at once. It is never freed: the
/// debugging API does not say when it is through with it.
/// </summary>
internal sealed unsafe class DebuggerEvents
{
    private const int NoInterface = unchecked((int)0x80004002);

    // More than either interface has. An unused slot is never called.
    private const int Slots = 48;

    private static readonly Guid Unknown = new("00000000-0000-0000-C000-000000000046");
    private static readonly Guid Callback = new("3D6F5F60-7538-11D3-8D5B-00104B35E7EF");
    private static readonly Guid Callback2 = new("250E5EEA-DB5C-4C76-B6F3-8C46F12E3203");

    // One pointer for each interface, this object for the callbacks, then the two tables.
    private readonly nint* memory;

    public DebuggerEvents()
    {
        this.memory = (nint*)NativeMemory.AllocZeroed(3 + (2 * Slots), (nuint)sizeof(nint));
        var first = this.memory + 3;
        var second = first + Slots;
        this.memory[0] = (nint)first;
        this.memory[1] = (nint)second;
        this.memory[2] = GCHandle.ToIntPtr(GCHandle.Alloc(this));

        // The first argument of every report is the process or a part of it, which lets it go on. Further arguments
        // do not matter on x64, where the caller takes them away.
        for (var slot = 3; slot < Slots; slot++)
        {
            first[slot] = second[slot] = (nint)(delegate* unmanaged<nint, nint, int>)&GoOn;
        }

        first[0] = (nint)(delegate* unmanaged<nint, Guid*, nint*, int>)&QueryFirst;
        second[0] = (nint)(delegate* unmanaged<nint, Guid*, nint*, int>)&QuerySecond;
        first[1] = first[2] = second[1] = second[2] = (nint)(delegate* unmanaged<nint, int>)&CountReference;
        first[3] = (nint)(delegate* unmanaged<nint, nint, nint, nint, int>)&AtBreakpoint;
        first[4] = (nint)(delegate* unmanaged<nint, nint, nint, nint, int, int>)&AfterStep;
        first[10] = (nint)(delegate* unmanaged<nint, nint, int>)&AtExit;
        first[13] = (nint)(delegate* unmanaged<nint, nint, nint, int>)&AtLoad;
    }

    /// <summary>A thread came to a breakpoint or made a step.</summary>
    public Action<ComObject> Stopped { get; init; } = _ => { };

    /// <summary>An assembly was loaded.</summary>
    public Action<DebuggerModule> Loaded { get; init; } = _ => { };

    /// <summary>The process ended.</summary>
    public Action Exited { get; init; } = () => { };

    /// <summary>One of the above threw.</summary>
    public Action<Exception> Failed { get; init; } = _ => { };

    /// <summary>The object, for the debugging API.</summary>
    public nint Address => (nint)this.memory;

    [UnmanagedCallersOnly]
    private static int QueryFirst(nint self, Guid* identity, nint* result) => Query((nint*)self, identity, result);

    [UnmanagedCallersOnly]
    private static int QuerySecond(nint self, Guid* identity, nint* result) => Query((nint*)self - 1, identity, result);

    private static int Query(nint* memory, Guid* identity, nint* result)
    {
        *result = *identity == Unknown || *identity == Callback ? (nint)memory
            : *identity == Callback2 ? (nint)(memory + 1)
            : 0;
        return *result == 0 ? NoInterface : 0;
    }

    // Never freed, whoever counts.
    [UnmanagedCallersOnly]
    private static int CountReference(nint self) => 1;

    [UnmanagedCallersOnly]
    private static int GoOn(nint self, nint controller)
    {
        Continue(controller);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int AtBreakpoint(nint self, nint domain, nint thread, nint breakpoint)
        => Report(self, domain, events => events.Stopped(new ComObject(thread)));

    [UnmanagedCallersOnly]
    private static int AfterStep(nint self, nint domain, nint thread, nint stepper, int reason)
        => Report(self, domain, events => events.Stopped(new ComObject(thread)));

    [UnmanagedCallersOnly]
    private static int AtLoad(nint self, nint domain, nint module)
        => Report(self, domain, events => events.Loaded(new DebuggerModule(new ComObject(module))));

    [UnmanagedCallersOnly]
    private static int AtExit(nint self, nint process) => Report(self, 0, events => events.Exited());

    private static int Report(nint self, nint controller, Action<DebuggerEvents> report)
    {
        var events = (DebuggerEvents)GCHandle.FromIntPtr(((nint*)self)[2]).Target!;
        try
        {
            report(events);
        }
        catch (Exception exception)
        {
            // Nothing may be thrown into native code.
            events.Failed(exception);
        }

        if (controller != 0)
        {
            Continue(controller);
        }

        return 0;
    }

    // A process that was killed meanwhile cannot go on; whoever killed it knows.
    private static void Continue(nint controller)
    {
        var part = new ComObject(controller);
        _ = ((delegate* unmanaged<nint, int, int>)part[4])(controller, 0);
    }
}
