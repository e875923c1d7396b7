namespace LoopGen.Tool.Projects;

/// <summary>Finds the project file that is meant.</summary>
internal static class ProjectFile
{
    /// <summary>The full path of the project file: <paramref name="given"/>, or the only one of its folder.</summary>
    public static string Find(string? given, string currentFolder)
    {
        var path = Path.GetFullPath(given ?? ".", currentFolder);
        if (File.Exists(path))
        {
            return path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)
                ? path
                : throw new ToolException($"{path} is no C# project: --project takes a .csproj file or its folder.", ExitCodes.NoProject);
        }

        if (!Directory.Exists(path))
        {
            throw new ToolException($"There is no {path}: --project takes a .csproj file or its folder.", ExitCodes.NoProject);
        }

        var projects = Directory.GetFiles(path, "*.csproj").Order(StringComparer.Ordinal).ToArray();
        return projects.Length switch
        {
            1 => projects[0],
            0 => throw new ToolException($"There is no .csproj file in {path}: go to the project's folder, or name it with --project.", ExitCodes.NoProject),
            _ => throw new ToolException(
                $"There are {projects.Length} projects in {path}: choose one with --project {string.Join(" or --project ", projects.Select(Path.GetFileName))}.", ExitCodes.NoProject),
        };
    }
}
