using System.Runtime.InteropServices;
using LoopGen.EndToEnd.Tests.Symbols;

namespace LoopGen.EndToEnd.Tests.Debugging;

/// <summary>
/// A debugger that sets one breakpoint and from there steps into whatever it can, with Just My Code, as F11 does. It talks
/// to <c>libmscordbi.so</c>, which every .NET runtime on Linux brings along.
/// </summary>
internal sealed unsafe class Stepper : IDisposable
{
    private const int ProcessAttach = 1;

    // CorDebugInterfaceVersion: what debuggers since .NET Framework 4 ask for.
    private const int Version = 4;

    private static readonly Guid CorDebug = new("3D6F5F61-7538-11D3-8D5B-00104B35E7EF");
    private static readonly Guid Stepper2 = new("C5B6E9C3-E7D1-4A8E-873B-7F047F0706F7");

    private readonly string assembly;
    private readonly ProgramSymbols symbols;
    private readonly (int Method, int Offset) breakpoint;
    private readonly Func<Stop, bool> isEnough;
    private readonly List<Stop> stops = [];
    private readonly ManualResetEventSlim ended = new();
    private readonly ManualResetEventSlim exited = new();
    private readonly DebuggerEvents events;
    private Exception? failure;

    /// <summary>Prepares to step through an assembly from a line on.</summary>
    /// <param name="assembly">The program, whose PDB lies beside it.</param>
    /// <param name="file">The name of the source file with the breakpoint.</param>
    /// <param name="line">The line of the breakpoint.</param>
    /// <param name="isEnough">Whether to let the program run on from a stop.</param>
    public Stepper(string assembly, string file, int line, Func<Stop, bool> isEnough)
    {
        this.assembly = assembly;
        this.isEnough = isEnough;
        this.symbols = new ProgramSymbols(assembly);
        this.breakpoint = this.symbols.Find(file, line);
        this.events = new DebuggerEvents
        {
            Loaded = this.Prepare,
            Stopped = this.Step,
            Exited = () =>
            {
                this.exited.Set();
                this.ended.Set();
            },
            Failed = exception =>
            {
                this.failure ??= exception;
                this.ended.Set();
            },
        };
    }

    /// <summary>Attaches to a program and walks until it is enough, or the program ends.</summary>
    /// <exception cref="TimeoutException">It took too long. The program is as it was when the time was up.</exception>
    public IReadOnlyList<Stop> Walk(int process, (string Folder, nint Address) runtime, TimeSpan limit)
    {
        this.Attach(process, runtime);
        if (!this.ended.Wait(limit))
        {
            throw new TimeoutException($"The walk took more than {limit.TotalSeconds} seconds; last stops:\n{this}");
        }

        return this.failure is null
            ? this.stops
            : throw new InvalidOperationException($"The walk failed; last stops:\n{this}", this.failure);
    }

    /// <summary>Whether the program ends within the limit.</summary>
    public bool WaitForExit(TimeSpan limit) => this.exited.Wait(limit);

    /// <summary>The stops so far, one a line.</summary>
    public override string ToString() => string.Join('\n', this.stops);

    /// <summary>Waits for the end of the program, after which no report comes.</summary>
    public void Dispose()
    {
        // Else a report may still read the symbols: better a leak than a crash.
        if (this.exited.Wait(TimeSpan.FromSeconds(10)))
        {
            this.symbols.Dispose();
        }
    }

    private void Attach(int process, (string Folder, nint Address) runtime)
    {
        var library = NativeLibrary.Load(Path.Combine(runtime.Folder, "libmscordbi.so"));
        var initialize = (delegate* unmanaged<nint, int, nint, int>)NativeLibrary.GetExport(library, "DllMain");
        if (initialize(library, ProcessAttach, 0) == 0)
        {
            throw new InvalidOperationException("libmscordbi.so could not be initialized.");
        }

        var create = (delegate* unmanaged<int, int, char*, char*, nint, nint*, int>)NativeLibrary.GetExport(library, "CoreCLRCreateCordbObject3");
        nint created;
        fixed (char* access = Path.Combine(runtime.Folder, "libmscordaccore.so"))
        {
            ComObject.Check(create(Version, process, null, access, runtime.Address, &created), "CoreCLRCreateCordbObject3");
        }

        var debugger = new ComObject(created).As(CorDebug) ?? throw new NotSupportedException("There is no ICorDebug.");
        debugger.Call(3, "ICorDebug.Initialize");
        debugger.Call(5, this.events.Address, "ICorDebug.SetManagedHandler");
        nint attached;
        ComObject.Check(
            ((delegate* unmanaged<nint, int, int, nint*, int>)debugger[8])(debugger.Address, process, 0, &attached),
            "ICorDebug.DebugActiveProcess");
    }

    private void Prepare(DebuggerModule module)
    {
        if (module.Path == this.assembly)
        {
            module.SetMyCode();
            module.SetBreakpoint(this.breakpoint.Method, this.breakpoint.Offset);
        }
    }

    /// <summary>Notes where a thread stopped and lets it make the next step.</summary>
    private void Step(ComObject thread)
    {
        if (this.ended.IsSet)
        {
            return;
        }

        if (DebuggerFrame.Of(thread) is not { } frame || frame.Module.Path != this.assembly)
        {
            NewStepper(thread).Call(9, "ICorDebugStepper.StepOut");
            return;
        }

        var (method, offset) = (frame.Method, frame.Offset);
        if (this.symbols.LineAt(method, offset) is { } place)
        {
            var locals = this.symbols.LocalsAt(method, offset).ToDictionary(local => local.Name, local => frame.Local(local.Slot).ToString());
            this.stops.Add(new Stop(place.File, place.Line, this.symbols.NameOf(method), locals));
            if (this.isEnough(this.stops[^1]))
            {
                this.ended.Set();
                return;
            }
        }

        var range = this.symbols.RangeAt(method, offset) ?? (0, 0);
        var instructions = stackalloc int[] { range.From, range.To };
        var stepper = NewStepper(thread);
        ComObject.Check(
            ((delegate* unmanaged<nint, int, int*, int, int>)stepper[8])(stepper.Address, 1, instructions, 1),
            "ICorDebugStepper.StepRange");
    }

    private static ComObject NewStepper(ComObject thread)
    {
        var stepper = thread.Get(12, "ICorDebugThread.CreateStepper");

        // Never stop where no instruction belongs to a line, nor in what is not the user's.
        stepper.Call(6, 0, "ICorDebugStepper.SetUnmappedStopMask");
        var stepper2 = stepper.As(Stepper2) ?? throw new NotSupportedException("The stepper has no ICorDebugStepper2.");
        stepper2.Call(3, 1, "ICorDebugStepper2.SetJMC");
        return stepper;
    }
}
