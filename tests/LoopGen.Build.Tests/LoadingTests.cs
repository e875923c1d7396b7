using TorchSharp;
using Xunit;

namespace LoopGen.Build.Tests;

/// <summary>This project's own build swaps the file; the process that runs these tests loads what it left in the output.</summary>
public class LoadingTests
{
    [Fact]
    public void TorchSharp_loads_and_computes()
    {
        using var sum = torch.ones(2, 3).sum();

        Assert.Equal(6f, sum.item<float>());
    }

    [Fact]
    public void The_output_folder_holds_the_relaxed_file()
    {
        var output = Directory.GetFiles(AppContext.BaseDirectory, ElfVersionRelaxer.FileName, SearchOption.AllDirectories);

        Assert.Equal(TorchSharpNative.ReadRelaxed(), File.ReadAllBytes(Assert.Single(output)));
    }

    [Fact]
    public void The_file_that_is_loaded_is_the_one_in_the_output_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lists the files of a process under /proc.");
        using var tensor = torch.ones(1);

        var loaded = File.ReadLines("/proc/self/maps")
            .Where(line => line.EndsWith(ElfVersionRelaxer.FileName, StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('/')..])
            .Distinct();

        Assert.StartsWith(AppContext.BaseDirectory, Assert.Single(loaded));
    }
}
