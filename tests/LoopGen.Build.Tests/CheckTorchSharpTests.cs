using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TorchSharp;
using Xunit;

namespace LoopGen.Build.Tests;

public sealed class CheckTorchSharpTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("loopgen-").FullName;

    public void Dispose() => Directory.Delete(this.directory, recursive: true);

    [Fact]
    public void The_release_it_is_made_for_is_the_one_that_it_depends_on()
        => Assert.Equal(CentralPackages.VersionOf("TorchSharp"), CheckTorchSharp.Supported.ToString());

    [Fact]
    public void That_release_passes() => Assert.Empty(this.Run("LoopGen.dll", typeof(torch).Assembly.Location));

    [Fact]
    public void So_does_a_later_fix_of_it() => Assert.Empty(this.Run("LoopGen.dll", this.Stub(0, 107, 9)));

    [Fact]
    public void Without_TorchSharp_there_is_LG9003()
    {
        var warning = Assert.Single(this.Run("LoopGen.dll", "System.Runtime.dll", "TorchSharp.Fun.dll"));

        Assert.Equal(("LG9003", "App.csproj"), (warning.Code, warning.File));
        Assert.Equal(
            $"This project references LoopGen and not TorchSharp, which models and loops are made of: reference the package TorchSharp {CheckTorchSharp.Supported}, and exclude none of its assets.",
            warning.Message);
        Assert.EndsWith("/docs/diagnostics/LG9003.md", warning.HelpLink);
    }

    [Theory]
    [InlineData(0, 106)]
    [InlineData(0, 108)]
    [InlineData(1, 107)]
    public void With_another_release_there_is_LG9004(int major, int minor)
    {
        var warning = Assert.Single(this.Run("LoopGen.dll", this.Stub(major, minor, 2)));

        Assert.Equal(("LG9004", "App.csproj"), (warning.Code, warning.File));
        Assert.Equal(
            $"LoopGen was made for TorchSharp {CheckTorchSharp.Supported}, and this project references {major}.{minor}.2: its loops may not compile, or train differently. Reference TorchSharp {CheckTorchSharp.Supported}.",
            warning.Message);
        Assert.EndsWith("/docs/diagnostics/LG9004.md", warning.HelpLink);
    }

    [Fact]
    public void A_project_without_LoopGen_is_left_alone() => Assert.Empty(this.Run("System.Runtime.dll", this.Stub(0, 1, 0)));

    private List<BuildWarningEventArgs> Run(params string[] references)
    {
        var engine = new RecordingBuildEngine();
        var task = new CheckTorchSharp
        {
            BuildEngine = engine,
            References = [.. references.Select(path => new TaskItem(path))],
            Project = "App.csproj",
        };

        Assert.True(task.Execute());
        Assert.Empty(engine.ErrorEvents);
        return engine.WarningEvents;
    }

    /// <summary>An assembly of TorchSharp's name, with nothing in it.</summary>
    private string Stub(int major, int minor, int fix)
    {
        var path = Path.Combine(this.directory, "TorchSharp.dll");
        var assembly = new PersistedAssemblyBuilder(
            new AssemblyName("TorchSharp") { Version = new Version(major, minor, fix, 0) }, typeof(object).Assembly);
        assembly.DefineDynamicModule("TorchSharp");
        assembly.Save(path);
        return path;
    }
}
