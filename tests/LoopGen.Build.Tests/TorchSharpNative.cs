using System.Reflection;

namespace LoopGen.Build.Tests;

/// <summary>TorchSharp's native library for Linux, as the package has it.</summary>
internal static class TorchSharpNative
{
    /// <summary>Where it stands in the NuGet cache.</summary>
    public static string Path { get; } = typeof(TorchSharpNative).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "TorchSharpNative").Value!;

    /// <summary>Its bytes.</summary>
    public static byte[] ReadAllBytes() => File.ReadAllBytes(Path);

    /// <summary>Its bytes, relaxed.</summary>
    public static byte[] ReadRelaxed()
    {
        var bytes = ReadAllBytes();
        ElfVersionRelaxer.Relax(bytes);
        return bytes;
    }
}
