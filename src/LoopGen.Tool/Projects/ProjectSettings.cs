namespace LoopGen.Tool.Projects;

/// <summary>Which build of which project is meant.</summary>
/// <param name="Path">The full path of the project file.</param>
/// <param name="Configuration"><c>Debug</c>, <c>Release</c>, or null for the project's default.</param>
/// <param name="Framework">One of its target frameworks, or null where it has one.</param>
internal sealed record ProjectSettings(string Path, string? Configuration, string? Framework)
{
    /// <summary>For messages: <c>App.csproj</c>.</summary>
    public string Name => System.IO.Path.GetFileName(this.Path);

    public string Folder => System.IO.Path.GetDirectoryName(this.Path)!;
}
