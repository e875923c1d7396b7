using System.Runtime.InteropServices;
using Xunit;

namespace LoopGen.EndToEnd.Tests.Infrastructure;

/// <summary>
/// A folder outside the repository with a feed that holds the package, as it was just packed, and a console project that
/// takes it from there. Made once for all tests; nothing of it is left behind.
/// </summary>
public sealed class Workspace : IAsyncLifetime
{
    /// <summary>What the projects are built for.</summary>
    internal const string Framework = "net10.0";

    /// <summary>The name of a package with models that a test may put into the feed, under the version of LoopGen's.</summary>
    internal const string ModelsPackage = "loopgen.trial.models";

    // Never used before: a package of this version can only come from the feed, not from a cache.
    private readonly string version = $"0.1.0-e2e.{DateTime.UtcNow.Ticks}";
    private readonly string root = Directory.CreateTempSubdirectory("loopgen-e2e-").FullName;
    private readonly SemaphoreSlim packing = new(1);
    private string? cache;

    /// <summary>The package of the libtorch that this machine runs.</summary>
    internal static string LibTorch { get; } = "libtorch-cpu-" + PortablePlatform();

    /// <summary>The version that the package has here.</summary>
    internal string Version => this.version;

    /// <summary>A folder with packages: LoopGen's, and those that tests ask for.</summary>
    internal string Feed => this.PathOf("feed");

    /// <summary>The package.</summary>
    internal string Package => Path.Combine(this.Feed, $"LoopGen.{this.version}.nupkg");

    /// <summary>NuGet's folder of unpacked packages.</summary>
    internal string Cache => this.cache ?? throw new InvalidOperationException("The workspace is not ready.");

    /// <summary>A console project with a model and its training, built. Tests read it and run it, and change nothing.</summary>
    internal TrialProject App { get; private set; } = null!;

    /// <summary>The weights that <see cref="App"/> arrives at.</summary>
    internal string Weights { get; private set; } = "";

    /// <summary>What the build of <see cref="App"/> wrote.</summary>
    internal CommandResult AppBuild { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await this.Pack(this.Feed);
        const string prefix = "global-packages: ";
        var locals = await DotNet.Run(this.root, "nuget", "locals", "global-packages", "--list");
        this.cache = locals.Succeeded().Output.Split('\n').Single(line => line.StartsWith(prefix, StringComparison.Ordinal))[prefix.Length..].Trim();

        this.WriteSettings();
        this.App = TrialProject.Create(this.PathOf("App"), "App", "App.csproj", "Program.cs", "Net.cs");
        this.AppBuild = (await this.App.Build()).Succeeded();
        this.Weights = (await this.App.Run()).Succeeded().Value("weights");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (this.App is not null)
        {
            await DotNet.StopCompilerServer(this.App);
        }

        this.packing.Dispose();
        Delete(this.root);
        if (this.cache is not null)
        {
            Delete(Path.Combine(this.cache, "loopgen", this.version));
            Delete(Path.Combine(this.cache, "loopgen.tool", this.version));
            Delete(Path.Combine(this.cache, ModelsPackage, this.version));
        }
    }

    /// <summary>A path under the workspace.</summary>
    internal string PathOf(params string[] parts) => Path.Combine([this.root, .. parts]);

    /// <summary>Packs what was built, under the version of these tests: nothing is built anew.</summary>
    /// <param name="folder">Where the package goes.</param>
    /// <param name="project">What is packed.</param>
    /// <param name="time">The time in it, in seconds since 1970; null leaves it to the repository.</param>
    internal async Task Pack(string folder, string project = "src/LoopGen", string? time = "1767225600")
    {
        await this.packing.WaitAsync();
        try
        {
            await this.PackAlone(folder, project, time);
        }
        finally
        {
            this.packing.Release();
        }
    }

    /// <summary>Packs a project of a test's own into the feed.</summary>
    internal async Task PackIntoFeed(TrialProject project, params string[] arguments)
        => await PackInto(this.Feed, output => DotNet.Run(project.Folder, ["pack", "-o", output, .. arguments]));

    /// <summary>Puts the command line tool into the feed.</summary>
    internal Task PackTool() => this.PackOnce("LoopGen.Tool");

    /// <summary>Puts the templates into the feed.</summary>
    /// <returns>Their package.</returns>
    internal Task<string> PackTemplates() => this.PackOnce("LoopGen.Templates");

    private async Task<string> PackOnce(string project)
    {
        var package = Path.Combine(this.Feed, $"{project}.{this.version}.nupkg");
        await this.packing.WaitAsync();
        try
        {
            if (!File.Exists(package))
            {
                await this.PackAlone(this.Feed, $"src/{project}", "1767225600");
            }
        }
        finally
        {
            this.packing.Release();
        }

        return package;
    }

    private Task PackAlone(string folder, string project, string? time) => this.PackInto(folder, output => DotNet.Run(
        Repository.Root,
        "pack", project, "--no-build", "-c", Repository.Configuration, "-o", output,
        $"-p:PackageVersion={this.version}", $"-p:NuspecOutputPath={this.PathOf("nuspec")}/", $"-p:DeterministicTimestamp={time}"));

    // Others may be reading the folder: a package is in it as a whole or not at all.
    private async Task PackInto(string folder, Func<string, Task<CommandResult>> pack)
    {
        var output = Directory.CreateDirectory(this.PathOf("packing", Guid.NewGuid().ToString("N"))).FullName;
        (await pack(output)).Succeeded();
        Directory.CreateDirectory(folder);
        foreach (var package in Directory.GetFiles(output))
        {
            File.Move(package, Path.Combine(folder, Path.GetFileName(package)));
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The feed beside the machine's own, and settings that keep those of the folders above out.</summary>
    private void WriteSettings()
    {
        this.Write("NuGet.config", """
            <configuration>
              <packageSources>
                <add key="end-to-end" value="feed" />
              </packageSources>
            </configuration>
            """);
        this.Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>{Framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <!-- libtorch is half a gigabyte. -->
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
                <!-- What the feeds of the day know of TorchSharp's own dependencies is not what is tested. -->
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>$(NoWarn);NU1603</NoWarn>
                <LoopGenVersion>{this.version}</LoopGenVersion>
                <LibTorchPackage>{LibTorch}</LibTorchPackage>
                <LibTorchVersion>{Repository.VersionOf(LibTorch)}</LibTorchVersion>
              </PropertyGroup>
            </Project>
            """);
        this.Write("Directory.Build.targets", "<Project />");
        this.Write("Directory.Packages.props", "<Project />");
        this.Write(".editorconfig", "root = true\n");
    }

    private void Write(string name, string text) => File.WriteAllText(this.PathOf(name), text);

    private static string PortablePlatform()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }
}
