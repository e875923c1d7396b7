using System.Diagnostics;
using System.Text;

namespace LoopGen.EndToEnd.Tests.Infrastructure;

/// <summary>Runs <c>dotnet</c> as a user would, whatever runs these tests.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    // What a test runner or a build sets for itself and its children would reach into the builds that the tests start.
    private static readonly string[] ForeignPrefixes =
        ["MSBUILD", "VSTEST", "XUNIT_", "TESTINGPLATFORM", "CORECLR_", "COR_", "DOTNET_STARTUP_HOOKS", "LOOPGEN"];

    // Whether a build is one of continuous integration is for each test to say.
    private static readonly string[] Foreign = ["CI", "ContinuousIntegrationBuild", "SOURCE_DATE_EPOCH"];

    // The name of a compiler server that these tests have to themselves. A compiler that is started for each build has to be
    // compiled itself before it compiles anything: that takes three quarters of a small build.
    private static readonly string CompilerServer = $"loopgen-e2e-{Environment.ProcessId}";

    /// <summary>What to start the process with: its output is read, and its environment is a user's.</summary>
    public static ProcessStartInfo StartInfo(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToArray())
        {
            start.Environment.Remove(name);
        }

        // Plain text in English, and no server of a build that lives on and holds the output open. That of the compiler does
        // not, and is stopped in the end.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "true";
        start.Environment["SharedCompilationId"] = CompilerServer;
        start.Environment["DOTNET_EnableDiagnostics"] = "1";
        return start;
    }

    /// <summary>Runs a command to its end. It is killed, with all that it started, if it takes too long.</summary>
    public static Task<CommandResult> Run(string folder, params string[] arguments) => Run(StartInfo(folder, arguments));

    /// <summary>Runs an installed tool to its end.</summary>
    public static Task<CommandResult> RunTool(string program, string folder, params string[] arguments)
    {
        var start = StartInfo(folder, arguments);

        // Where the tool's own host finds .NET, if this is not the one of the machine.
        if (Path.GetDirectoryName(start.FileName) is { Length: > 0 } root)
        {
            start.Environment["DOTNET_ROOT"] = root;
        }

        start.FileName = program;
        return Run(start);
    }

    /// <summary>Stops the compiler server, if one was started.</summary>
    /// <param name="project">Any project: its build knows where the compiler is.</param>
    public static async Task StopCompilerServer(TrialProject project)
    {
        var folder = (await Run(project.Folder, "msbuild", "-getProperty:RoslynTargetsPath")).Succeeded().Output.Trim();
        await Run(project.Folder, Path.Combine(folder, "bincore", "VBCSCompiler.dll"), "-shutdown", $"-pipename:{CompilerServer}");
    }

    /// <summary>Runs a process to its end. It is killed, with all that it started, if it takes too long.</summary>
    public static async Task<CommandResult> Run(ProcessStartInfo start)
    {
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Command()} took more than {Limit.TotalMinutes} minutes:\n{Text()}");
        }

        return new CommandResult(Command(), process.ExitCode, Text());

        string Command() => $"{Path.GetFileName(start.FileName)} {string.Join(' ', start.ArgumentList)}";

        string Text()
        {
            lock (output)
            {
                return output.ToString();
            }
        }

        void Append(string? line)
        {
            lock (output)
            {
                output.Append(line).Append('\n');
            }
        }
    }

    private static bool IsForeign(string name)
        => ForeignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            || Foreign.Contains(name, StringComparer.OrdinalIgnoreCase);
}
