namespace LoopGen.Samples.Tests.Mnist;

/// <summary>A folder that is gone when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("loopgen-samples-");

    public string FullPath => directory.FullName;

    public IReadOnlyList<string> FileNames => [.. directory.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(FullPath, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => directory.Delete(recursive: true);
}
