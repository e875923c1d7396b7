using System.Globalization;
using System.Text.RegularExpressions;
using LoopGen.EndToEnd.Tests.Infrastructure;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>The ways in which projects take packages: each builds without a warning and trains to the bits of the plain one.</summary>
public sealed class ConsumptionTests(Workspace workspace)
{
    [Fact]
    public async Task A_project_for_two_frameworks()
    {
        var project = TrialProject.Create(workspace.PathOf("Multi"), "App", "MultiTargeted.csproj", "Program.cs", "Net.cs");
        Assert.Contains(" 0 Warning(s)", (await project.Build()).Succeeded().Output);

        foreach (var framework in new[] { "net8.0", "net10.0" })
        {
            Assert.NotEmpty(Directory.GetFiles(project.PathOf($"obj/Debug/{framework}/generated"), "Trial.Net.Fit.g.cs", SearchOption.AllDirectories));
            var assembly = project.PathOf($"bin/Debug/{framework}/App.dll");

            // The runtime of the older one need not be on this machine.
            this.AssertTrainsAlike(await DotNet.Run(project.Folder, "exec", "--roll-forward", "Major", assembly));
        }
    }

    [Fact]
    public async Task Versions_managed_centrally()
    {
        var project = TrialProject.Create(workspace.PathOf("Central"), "App", "CentrallyManaged.csproj", "Program.cs", "Net.cs");
        await File.WriteAllTextAsync(project.PathOf("Directory.Packages.props"), $"""
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>
              </PropertyGroup>
              <ItemGroup>
                <PackageVersion Include="LoopGen" Version="$(LoopGenVersion)" />
                <PackageVersion Include="TorchSharp" Version="{Repository.VersionOf("TorchSharp")}" />
                <PackageVersion Include="$(LibTorchPackage)" Version="$(LibTorchVersion)" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);

        Assert.Contains(" 0 Warning(s)", (await project.Build()).Succeeded().Output);
        this.AssertTrainsAlike(await project.Run());
    }

    // Analyzers stop at the border of a package, so the models' loops are in it; the build step for the native library
    // must reach the app all the same.
    [Fact]
    public async Task A_library_in_between_that_is_a_package_itself()
    {
        var models = TrialProject.Create(workspace.PathOf("Packed", "Models"), "Models", "Models.csproj", "Net.cs");
        await workspace.PackIntoFeed(models, $"-p:PackageId={Workspace.ModelsPackage}", $"-p:PackageVersion={workspace.Version}");
        var app = TrialProject.Create(workspace.PathOf("Packed", "App"), "App", "AppOfPackedModels.csproj", "Program.cs");

        Assert.Contains(" 0 Warning(s)", (await app.Build()).Succeeded().Output);
        this.AssertTrainsAlike(await app.Run());
    }

    [Fact]
    public async Task A_program_of_one_file()
    {
        var folder = Directory.CreateDirectory(workspace.PathOf("File")).FullName;
        var program = await File.ReadAllTextAsync(Repository.ProjectPart("train.cs"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "train.cs"),
            program.Replace("LOOPGEN_VERSION", workspace.Version, StringComparison.Ordinal)
                .Replace("LIBTORCH_PACKAGE", Workspace.LibTorch, StringComparison.Ordinal)
                .Replace("LIBTORCH_VERSION", Repository.VersionOf(Workspace.LibTorch), StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var run = (await DotNet.Run(folder, "run", "train.cs")).Succeeded();

        // It is built in a folder of the user's, from which nobody else would remove it: <folder>/bin/debug/.
        Directory.Delete(Path.GetFullPath(Path.Combine(run.Value("folder"), "..", "..")), recursive: true);
        Assert.Contains("Epoch 3/3", run.Output);
        Assert.InRange(Number(run, "last loss"), 0, 0.9 * Number(run, "first loss"));
        Assert.DoesNotContain("warning", run.Output);
    }

    // Every rule of the SDK at the severity of a warning, in a project that does not use nullable references. What they
    // have to say of the model is its author's; of the emitted files they have nothing to say.
    [Fact]
    public async Task A_project_with_every_rule_on_and_nullable_off()
    {
        var project = TrialProject.Create(workspace.PathOf("Strict"), "Models", "Models.csproj", "Net.cs");
        await File.WriteAllTextAsync(
            project.PathOf(".editorconfig"), "root = true\n[*.cs]\ndotnet_analyzer_diagnostic.severity = warning\n", TestContext.Current.CancellationToken);
        var build = (await project.Build(
            "-p:AnalysisMode=All", "-p:EnforceCodeStyleInBuild=true", "-p:GenerateDocumentationFile=true", "-p:Nullable=disable")).Succeeded();

        var warnings = Regex.Matches(build.Output, @"(\S+\(\d+,\d+\)): warning (\w+):");
        Assert.Contains(warnings, warning => warning.Groups[2].Value.StartsWith("CA", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Groups[2].Value.StartsWith("IDE", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Groups[2].Value == "CS1591");
        Assert.All(warnings, warning => Assert.StartsWith(project.PathOf("Net.cs"), warning.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_project_without_TorchSharp_is_told_so_before_the_compiler_speaks()
    {
        var project = TrialProject.Create(workspace.PathOf("NoTorchSharp"), "Models", "Models.csproj", "Net.cs");
        project.Edit("Models.csproj", "</ItemGroup>", $"""<PackageReference Include="TorchSharp" Version="{Repository.VersionOf("TorchSharp")}" ExcludeAssets="all" /></ItemGroup>""");
        var build = (await project.Build()).EndedWith(1);

        Assert.Contains("Models.csproj : warning LG9003: This project references LoopGen and not TorchSharp", build.Output);
        Assert.DoesNotContain("CS8785", build.Output);
    }

    // The property is what an older compiler sets; the one that runs here is new.
    [Fact]
    public async Task A_project_with_an_old_compiler_is_told_so()
    {
        var project = TrialProject.Create(workspace.PathOf("OldCompiler"), "Models", "Models.csproj", "Net.cs");
        var build = (await project.Build("-p:CompilerApiVersion=roslyn4.4")).Succeeded();

        Assert.Contains("Models.csproj : warning LG9005: This project is compiled by Roslyn 4.4, which does not load LoopGen's generator", build.Output);
    }

    private void AssertTrainsAlike(CommandResult run) => Assert.Equal(workspace.Weights, run.Succeeded().Value("weights"));

    private static double Number(CommandResult run, string label) => double.Parse(run.Value(label), CultureInfo.InvariantCulture);
}
