using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Xunit;

namespace LoopGen.Build.Tests;

public sealed class CheckCompilerTests
{
    [Fact]
    public void The_oldest_compiler_is_the_one_that_the_generator_is_built_for()
        => Assert.Equal(CentralPackages.VersionOf("Microsoft.CodeAnalysis.CSharp"), CheckCompiler.Oldest.ToString());

    [Theory]
    [InlineData("roslyn4.8")]
    [InlineData("roslyn4.14")]
    [InlineData("roslyn5.0")]
    [InlineData("")] // Not said: an SDK from before .NET 6.
    [InlineData("another9.1")]
    [InlineData("roslyn")]
    public void That_one_a_newer_one_and_one_that_is_not_known_pass(string version) => Assert.Empty(Run(version, "LoopGen.dll"));

    [Theory]
    [InlineData("roslyn4.7", "4.7")]
    [InlineData("roslyn3.11", "3.11")]
    public void With_an_older_one_there_is_LG9005(string version, string said)
    {
        var warning = Assert.Single(Run(version, "System.Runtime.dll", "packages/LoopGen.dll"));

        Assert.Equal(("LG9005", "App.csproj"), (warning.Code, warning.File));
        Assert.Equal(
            $"This project is compiled by Roslyn {said}, which does not load LoopGen's generator: no loop is written. Build with the .NET 8 SDK, Visual Studio 2022 17.8 (Roslyn 4.8) or newer, and reference no older Microsoft.Net.Compilers.Toolset.",
            warning.Message);
        Assert.EndsWith("/docs/diagnostics/LG9005.md", warning.HelpLink);
    }

    [Fact]
    public void A_project_without_LoopGen_is_left_alone() => Assert.Empty(Run("roslyn4.0", "System.Runtime.dll"));

    private static List<BuildWarningEventArgs> Run(string version, params string[] references)
    {
        var engine = new RecordingBuildEngine();
        var task = new CheckCompiler
        {
            BuildEngine = engine,
            References = [.. references.Select(path => new TaskItem(path))],
            CompilerApiVersion = version,
            Project = "App.csproj",
        };

        Assert.True(task.Execute());
        Assert.Empty(engine.ErrorEvents);
        return engine.WarningEvents;
    }
}
