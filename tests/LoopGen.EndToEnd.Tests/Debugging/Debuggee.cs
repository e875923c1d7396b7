using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LoopGen.EndToEnd.Tests.Debugging;

/// <summary>A .NET program on Linux that was started to be debugged. It is killed when this is disposed.</summary>
internal sealed class Debuggee : IDisposable
{
    /// <summary>What the program writes when it is ready for a debugger.</summary>
    internal const string Waiting = "waiting for a debugger";

    private const string Runtime = "/libcoreclr.so";

    private readonly Process process;
    private readonly StringBuilder output = new();

    private Debuggee(Process process) => this.process = process;

    /// <summary>Its process id.</summary>
    public int Id => this.process.Id;

    /// <summary>What it wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (this.output)
            {
                return this.output.ToString();
            }
        }
    }

    /// <summary>
    /// Whether it writes this text within the limit. Its exit code cannot be had: the debugging library waits for the end
    /// of the process too, and who of two comes first takes the code.
    /// </summary>
    public bool Writes(string text, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        lock (this.output)
        {
            while (!this.output.ToString().Contains(text, StringComparison.Ordinal))
            {
                var left = limit - clock.Elapsed;
                if (left <= TimeSpan.Zero || !Monitor.Wait(this.output, left))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Starts a program and waits until it waits for a debugger, before its <c>Main</c>.</summary>
    public static Debuggee Start(ProcessStartInfo start, TimeSpan limit)
    {
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        var debuggee = new Debuggee(new Process { StartInfo = start });
        debuggee.process.OutputDataReceived += (_, line) => debuggee.Append(line.Data);
        debuggee.process.ErrorDataReceived += (_, line) => debuggee.Append(line.Data);
        debuggee.process.Start();
        debuggee.process.BeginOutputReadLine();
        debuggee.process.BeginErrorReadLine();
        if (!debuggee.Writes(Waiting, limit))
        {
            var output = debuggee.Output;
            debuggee.Dispose();
            throw new TimeoutException($"The program did not write '{Waiting}':\n{output}");
        }

        return debuggee;
    }

    /// <summary>
    /// The folder of its runtime and the address that it was loaded to, or null if this process may not look into the
    /// other, as in a container without the right to trace processes.
    /// </summary>
    public (string Folder, nint Address)? FindRuntime()
    {
        try
        {
            // Reading the memory takes the right that debugging takes.
            using var memory = File.OpenRead($"/proc/{this.Id}/mem");
            var line = File.ReadLines($"/proc/{this.Id}/maps").First(line => line.EndsWith(Runtime, StringComparison.Ordinal));
            var address = nint.Parse(line[..line.IndexOf('-')], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            return (Path.GetDirectoryName(line[line.IndexOf('/')..])!, address);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    /// <summary>Ends it. A program that stays halted would hold its output open forever.</summary>
    public void Kill()
    {
        if (!this.process.HasExited)
        {
            this.process.Kill(entireProcessTree: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        this.Kill();
        this.process.Dispose();
    }

    private void Append(string? line)
    {
        lock (this.output)
        {
            this.output.Append(line).Append('\n');
            Monitor.PulseAll(this.output);
        }
    }
}
