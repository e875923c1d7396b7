using Xunit;

namespace LoopGen.Build.Tests;

/// <summary>Which distributions have all that the file insists on, by the newest versions that their libraries have.</summary>
public class FloorTests
{
    /// <summary>glibc, and libstdc++'s two series: 3.4.29 is GCC 11's, 3.4.30 GCC 12's, 3.4.32 GCC 13's.</summary>
    public static TheoryData<string, string, string, string> Distributions => new()
    {
        { "Debian 12", "2.36", "3.4.30", "1.3.13" },
        { "Ubuntu 22.04", "2.35", "3.4.30", "1.3.13" },
        { "RHEL 9", "2.34", "3.4.29", "1.3.13" },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void The_relaxed_file_loads(string distribution, string glibc, string glibcxx, string cxxabi)
    {
        var missing = Missing(TorchSharpNative.ReadRelaxed(), glibc, glibcxx, cxxabi);

        Assert.True(missing.Count == 0, $"{distribution} lacks {string.Join(", ", missing)}.");
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void The_original_does_not(string distribution, string glibc, string glibcxx, string cxxabi)
    {
        var missing = Missing(TorchSharpNative.ReadAllBytes(), glibc, glibcxx, cxxabi);

        Assert.True(missing.Contains("GLIBCXX_3.4.32"), $"{distribution} lacks only {string.Join(", ", missing)}.");
    }

    [Fact]
    public void Ubuntu_24_04_has_all_that_the_original_needs() =>
        Assert.Empty(Missing(TorchSharpNative.ReadAllBytes(), "2.39", "3.4.33", "1.3.15"));

    private static List<string> Missing(byte[] bytes, string glibc, string glibcxx, string cxxabi)
    {
        var newest = new Dictionary<string, Version>
        {
            ["GLIBC"] = new(glibc),
            ["GLIBCXX"] = new(glibcxx),
            ["CXXABI"] = new(cxxabi),
            ["GCC"] = new("11.0"), // libgcc_s: GCC 11's has everything up to there
        };

        return new LoaderView(bytes).ReadNeededVersions()
            .Where(version => !version.IsWeak)
            .Select(version => version.Name)
            .Where(name => name.Split('_') is [var series, var number] && Version.Parse(number) > newest[series])
            .ToList();
    }
}
