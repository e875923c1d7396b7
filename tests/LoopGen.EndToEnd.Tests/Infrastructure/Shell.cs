namespace LoopGen.EndToEnd.Tests.Infrastructure;

/// <summary>
/// A terminal with bash, of a user who has nothing but .NET and the machine's cache of packages: templates and tools that
/// are installed here stay within one folder. It remembers the folder that it was left in, and nothing else.
/// </summary>
internal sealed class Shell(string folder, string home, string packages)
{
    /// <summary>Where it is.</summary>
    public string Folder { get; private set; } = folder;

    /// <summary>Runs commands, up to the first that fails.</summary>
    public async Task<CommandResult> Run(string commands)
    {
        var start = DotNet.StartInfo(this.Folder, "-e", "-c", $"trap 'pwd > \"{home}/pwd\"' EXIT\n{commands}");
        var host = Path.GetDirectoryName(start.FileName);
        start.FileName = "bash";
        start.Environment["DOTNET_CLI_HOME"] = home;
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["NUGET_PACKAGES"] = packages;
        start.Environment["PATH"] = string.Join(':', new[] { Path.Combine(home, ".dotnet", "tools"), host, start.Environment["PATH"] }.Where(part => !string.IsNullOrEmpty(part)));
        if (!string.IsNullOrEmpty(host))
        {
            start.Environment["DOTNET_ROOT"] = host;
        }

        var result = await DotNet.Run(start);
        this.Folder = (await File.ReadAllTextAsync(Path.Combine(home, "pwd"))).TrimEnd('\n');
        return result with { Command = commands };
    }
}
