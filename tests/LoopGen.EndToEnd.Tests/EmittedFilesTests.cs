using LoopGen.EndToEnd.Tests.Infrastructure;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>The loops stand on disk, the diagnostics in the build's output.</summary>
public sealed class EmittedFilesTests(Workspace workspace)
{
    [Fact]
    public void They_are_on_disk_after_a_build() => Assert.Equal(FilesOf("Net"), workspace.App.EmittedFiles);

    [Fact]
    public async Task Those_of_a_renamed_class_vanish_and_an_idle_build_keeps_all()
    {
        var project = Create("Renamed");
        (await project.Build()).Succeeded();
        Assert.Equal(FilesOf("Net"), project.EmittedFiles);

        project.Edit("Net.cs", @"\bNet\b", "Classifier");
        (await project.Build("--no-restore")).Succeeded();
        Assert.Equal(FilesOf("Classifier"), project.EmittedFiles);

        var written = File.GetLastWriteTimeUtc(Path.Combine(project.EmittedFolder, "Trial.Classifier.Fit.g.cs"));
        (await project.Build("--no-restore")).Succeeded();
        Assert.Equal(FilesOf("Classifier"), project.EmittedFiles);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(project.EmittedFolder, "Trial.Classifier.Fit.g.cs")));
    }

    [Fact]
    public async Task Among_the_sources_they_are_compiled_once_and_the_switch_turns_them_off()
    {
        var project = Create("Visible");
        (await project.Build("-p:CompilerGeneratedFilesOutputPath=Loops")).Succeeded();
        var loops = project.PathOf(Path.Combine("Loops", "LoopGen.Generators", "LoopGen.Generators.LoopGenerator"));
        Assert.Equal(FilesOf("Net"), Directory.GetFiles(loops).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // The second build finds them in the project's folder.
        project.Edit("Net.cs", @"Linear\(4, 8\)", "Linear(4, 8, hasBias: false)");
        (await project.Build("--no-restore", "-p:CompilerGeneratedFilesOutputPath=Loops")).Succeeded();
        Directory.Delete(project.PathOf("Loops"), recursive: true);

        (await project.Build("--no-restore", "--no-incremental", "-p:EmitCompilerGeneratedFiles=false")).Succeeded();
        Assert.Empty(project.EmittedFiles);
    }

    [Fact]
    public async Task A_mistake_fails_the_build_with_its_sentence()
    {
        var project = Create("Mistaken");
        project.Edit("Net.cs", "sealed partial class", "sealed class");
        var build = (await project.Build()).EndedWith(1);

        Assert.Contains("Net.cs(9,21): error LG0001: Make Net partial: LoopGen writes Fit, Evaluate and Predict into another part of", build.Output);
    }

    // The compiler has errors of its own here, and asks no analyzer after them.
    [Fact]
    public async Task Misspelt_names_and_wrong_hooks_are_told_beside_the_compilers_errors()
    {
        var project = Create("Misspelt");
        project.Edit("Net.cs", "Loss.CrossEntropy", "Loss.CategoricalCrossentropy");
        project.Edit("Net.cs", "public Net", "partial void OnGradient(long step) { } public Net");
        var build = (await project.Build()).EndedWith(1);

        Assert.Contains("error CS0117", build.Output);
        Assert.Contains("error CS0759", build.Output);
        Assert.Contains("error LG0016: Loss has no CategoricalCrossentropy: did you mean CrossEntropy?", build.Output);
        Assert.Contains("error LG0050: OnGradient is no hook, so nothing calls it: did you mean OnGradients?", build.Output);
    }

    private static string[] FilesOf(string model)
        => [.. new[] { "Batch", "Evaluate", "Fit", "Predict", "Types" }.Select(part => $"Trial.{model}.{part}.g.cs")];

    /// <summary>A library: it brings no libtorch and builds quickly.</summary>
    private TrialProject Create(string name)
        => TrialProject.Create(workspace.PathOf(name), "Models", "Models.csproj", "Net.cs");
}
