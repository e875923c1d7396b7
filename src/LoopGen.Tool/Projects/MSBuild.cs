using System.Diagnostics;
using System.Text.Json;

namespace LoopGen.Tool.Projects;

/// <summary>Asks MSBuild for the arguments that it would give the compiler. Nothing is compiled, and nothing is written but in <c>obj</c>.</summary>
internal static class MSBuild
{
    private const string Arguments = "CscCommandLineArgs";
    private const string Frameworks = "TargetFrameworks";

    // What a dotnet command sets for itself would make its children take another SDK's files.
    private static readonly string[] Inherited = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"];

    public static async Task<string[]> GetCompilerArgumentsAsync(ProjectSettings project, CancellationToken cancellation)
    {
        var (exitCode, output, error) = await RunAsync(
            project,
            [
                "-restore",
                "-target:Compile",
                $"-getItem:{Arguments}",
                "-property:ProvideCommandLineArgs=true",
                "-property:SkipCompilerExecution=true",
                "-property:BuildProjectReferences=false",
                "-property:DesignTimeBuild=true",

                // An input that is never there, so that the target is never up to date.
                "-property:NonExistentFile=__never__",
            ],
            cancellation);
        if (exitCode == 0 && Items(output) is { Length: > 0 } arguments)
        {
            return arguments;
        }

        // A project with several frameworks has no compilation of its own.
        if (project.Framework is null && await FrameworksAsync(project, cancellation) is { Length: > 1 } frameworks)
        {
            throw new ToolException(
                $"{project.Name} has several target frameworks: choose one with --framework {string.Join(" or --framework ", frameworks)}.", ExitCodes.NoProject);
        }

        throw new ToolException($"MSBuild cannot read {project.Path}:\n{Problems(output, error)}", ExitCodes.NoProject);
    }

    private static async Task<string[]> FrameworksAsync(ProjectSettings project, CancellationToken cancellation)
    {
        var (exitCode, output, _) = await RunAsync(project, [$"-getProperty:{Frameworks}"], cancellation);
        return exitCode == 0 ? output.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(ProjectSettings project, string[] arguments, CancellationToken cancellation)
    {
        List<string> all = ["msbuild", project.Path, "-nologo", "-verbosity:quiet", .. arguments];
        if (project.Configuration is { } configuration)
        {
            all.Add($"-property:Configuration={configuration}");
        }

        if (project.Framework is { } framework)
        {
            all.Add($"-property:TargetFramework={framework}");
        }

        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", all)
        {
            WorkingDirectory = project.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in Inherited)
        {
            start.Environment.Remove(name);
        }

        // Its children would keep our output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start) ?? throw new ToolException("dotnet could not be started.", ExitCodes.NoProject);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string[] Items(string output)
    {
        try
        {
            using var answer = JsonDocument.Parse(output);
            return
            [
                .. answer.RootElement.GetProperty("Items").GetProperty(Arguments).EnumerateArray()
                    .Select(item => item.GetProperty("Identity").GetString()!),
            ];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }

    // Its errors, without what it says again at the end.
    private static string Problems(string output, string error)
    {
        var lines = $"{output}\n{error}".Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
        var errors = lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).ToArray();
        return string.Join('\n', (errors.Length > 0 ? errors : lines).Take(20));
    }
}
