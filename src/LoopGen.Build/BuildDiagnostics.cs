using Microsoft.Build.Utilities;

namespace LoopGen.Build;

/// <summary>What the build steps say with an id of their own, a page for each under docs/diagnostics.</summary>
internal static class BuildDiagnostics
{
    /// <summary>An emitted file is not its snapshot.</summary>
    public const string SnapshotDiffers = "LG9001";

    /// <summary>The properties for snapshots cannot be followed.</summary>
    public const string SnapshotSettings = "LG9002";

    /// <summary>LoopGen is referenced without TorchSharp.</summary>
    public const string NoTorchSharp = "LG9003";

    /// <summary>TorchSharp is older or newer than the release that LoopGen was made for.</summary>
    public const string OtherTorchSharp = "LG9004";

    /// <summary>The compiler is older than the generator.</summary>
    public const string OldCompiler = "LG9005";

    /// <summary>An error with an id and a link to its page.</summary>
    public static void Fail(this TaskLoggingHelper log, string id, string file, int line, string message, params object[] arguments)
        => log.LogError(null, id, null, PageOf(id), file, line, 0, 0, 0, message, arguments);

    /// <summary>A warning with an id and a link to its page, which NoWarn silences.</summary>
    public static void Warn(this TaskLoggingHelper log, string id, string file, string message, params object[] arguments)
        => log.LogWarning(null, id, null, PageOf(id), file, 0, 0, 0, 0, message, arguments);

    private static string PageOf(string id) => $"https://github.com/loopgen/loopgen/blob/main/docs/diagnostics/{id}.md";
}
