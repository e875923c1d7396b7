using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Xunit;

namespace LoopGen.Build.Tests;

public sealed class RelaxElfVersionsTests : IDisposable
{
    private static readonly DateTime SourceTime = new(2026, 5, 7, 10, 3, 28, DateTimeKind.Utc);

    private readonly string directory = Directory.CreateTempSubdirectory("loopgen-").FullName;

    private string Output => Path.Combine(this.directory, "obj");

    private string Copy => Path.Combine(this.Output, "linux-x64", ElfVersionRelaxer.FileName);

    public void Dispose() => Directory.Delete(this.directory, recursive: true);

    [Fact]
    public void A_relaxed_copy_takes_the_place_of_the_original()
    {
        var source = this.WriteSource(ElfVersionRelaxer.FileName, TorchSharpNative.ReadAllBytes());
        source.SetMetadata("DestinationSubPath", "runtimes/linux-x64/native/libLibTorchSharp.so");
        source.SetMetadata("NuGetPackageId", "TorchSharp");

        var task = this.Run(source);

        Assert.Same(source, Assert.Single(task.Replaced));
        var copy = Assert.Single(task.Replacements);
        Assert.Equal(this.Copy, copy.ItemSpec);
        Assert.Equal(source.GetMetadata("DestinationSubPath"), copy.GetMetadata("DestinationSubPath"));
        Assert.Equal("TorchSharp", copy.GetMetadata("NuGetPackageId"));
        Assert.Equal(TorchSharpNative.ReadRelaxed(), File.ReadAllBytes(this.Copy));
        Assert.Equal([this.Copy], Directory.GetFiles(this.Output, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_original_stays_as_it_is()
    {
        var source = this.WriteSource(ElfVersionRelaxer.FileName, TorchSharpNative.ReadAllBytes());

        this.Run(source);

        Assert.Equal(TorchSharpNative.ReadAllBytes(), File.ReadAllBytes(source.ItemSpec));
        Assert.Equal(SourceTime, File.GetLastWriteTimeUtc(source.ItemSpec));
    }

    [Fact]
    public void The_copy_has_a_time_of_its_own_the_same_in_every_build()
    {
        // MSBuild does not copy over a file of the same size and time: an output folder would keep the original.
        this.Run(this.WriteSource(ElfVersionRelaxer.FileName, TorchSharpNative.ReadAllBytes()));

        Assert.Equal(SourceTime.AddSeconds(2), File.GetLastWriteTimeUtc(this.Copy));
    }

    [Fact]
    public void One_line_says_what_was_done_and_how_to_switch_it_off()
    {
        var task = this.Run(this.WriteSource(ElfVersionRelaxer.FileName, TorchSharpNative.ReadAllBytes()));

        var message = Assert.Single(((RecordingBuildEngine)task.BuildEngine).Messages);
        Assert.Equal(MessageImportance.High, message.Importance);
        Assert.Contains("GLIBCXX_3.4.32 and GLIBCXX_3.4.30", message.Message);
        Assert.Contains("LoopGenRelaxTorchSharpNative=false", message.Message);
    }

    [Fact]
    public void A_second_build_writes_nothing_and_says_nothing()
    {
        var source = this.WriteSource(ElfVersionRelaxer.FileName, TorchSharpNative.ReadAllBytes());
        this.Run(source);

        var task = this.Run(source);

        Assert.Empty(((RecordingBuildEngine)task.BuildEngine).Messages);
        Assert.Equal(this.Copy, Assert.Single(task.Replacements).ItemSpec);
    }

    [Fact]
    public void An_outdated_copy_is_replaced_and_files_linked_to_it_are_not_written_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not replace a file that is open.");
        var source = this.WriteSource(ElfVersionRelaxer.FileName, TorchSharpNative.ReadAllBytes());
        Directory.CreateDirectory(Path.GetDirectoryName(this.Copy)!);
        File.WriteAllText(this.Copy, "of an older LoopGen");
        using var linked = File.OpenRead(this.Copy);

        this.Run(source);

        Assert.Equal(TorchSharpNative.ReadRelaxed(), File.ReadAllBytes(this.Copy));
        Assert.Equal("of an older LoopGen", new StreamReader(linked).ReadToEnd());
    }

    [Fact]
    public void A_file_of_another_name_is_none_of_ours()
    {
        var task = this.Run(this.WriteSource("libSomethingElse.so", TorchSharpNative.ReadAllBytes()));

        Assert.Empty(task.Replaced);
        Assert.Empty(task.Replacements);
        Assert.False(Directory.Exists(this.Output));
    }

    [Fact]
    public void A_file_that_is_fine_is_used_as_it_is()
    {
        var task = this.Run(this.WriteSource(ElfVersionRelaxer.FileName, TorchSharpNative.ReadRelaxed()));

        Assert.Empty(task.Replaced);
        Assert.Empty(task.Replacements);
        Assert.False(Directory.Exists(this.Output));
    }

    [Fact]
    public void A_copy_that_cannot_be_written_is_an_error_that_names_the_switch()
    {
        var source = this.WriteSource(ElfVersionRelaxer.FileName, TorchSharpNative.ReadAllBytes());
        File.WriteAllText(this.Output, "a file where the folder should be");

        var engine = new RecordingBuildEngine();
        var task = new RelaxElfVersions { BuildEngine = engine, Sources = [source], OutputDirectory = this.Output };

        Assert.False(task.Execute());
        Assert.Contains("LoopGenRelaxTorchSharpNative to false", Assert.Single(engine.Errors));
    }

    private RelaxElfVersions Run(ITaskItem source)
    {
        var task = new RelaxElfVersions { BuildEngine = new RecordingBuildEngine(), Sources = [source], OutputDirectory = this.Output };

        Assert.True(task.Execute());
        Assert.Empty(((RecordingBuildEngine)task.BuildEngine).Errors);
        return task;
    }

    private TaskItem WriteSource(string name, byte[] bytes)
    {
        var folder = Path.Combine(this.directory, "package", "runtimes", "linux-x64", "native");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, SourceTime);
        return new TaskItem(path);
    }
}
