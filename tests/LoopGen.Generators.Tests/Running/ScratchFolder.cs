namespace LoopGen.Generators.Tests.Running;

/// <summary>Folders for the attributes of models that are compiled by a test; all are gone when the tests are over.</summary>
internal static class ScratchFolder
{
    private static readonly string Root = MakeRoot();
    private static int count;

    /// <summary>A path that nobody else has. Nothing is there yet.</summary>
    public static string New() => Path.Combine(Root, $"{Interlocked.Increment(ref count)}");

    private static string MakeRoot()
    {
        var root = Directory.CreateTempSubdirectory("loopgen-generated-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        return root;
    }
}
