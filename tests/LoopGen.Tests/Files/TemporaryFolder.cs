namespace LoopGen.Tests;

/// <summary>A folder that is gone after the test.</summary>
/// <param name="isInMemory">Whether to make it in memory where that is possible: no file waits for a disk.</param>
internal sealed class TemporaryFolder(bool isInMemory = false) : IDisposable
{
    private const string Memory = "/dev/shm";
    private readonly DirectoryInfo folder = isInMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory($"{Memory}/loopgen-{System.IO.Path.GetRandomFileName()}")
        : Directory.CreateTempSubdirectory("loopgen-files-");

    public string Path => folder.FullName;

    public string this[string name] => System.IO.Path.Combine(folder.FullName, name);

    public IEnumerable<string> Names => folder.EnumerateFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal);

    public void Dispose() => folder.Delete(recursive: true);
}
