using System.Text.RegularExpressions;

namespace LoopGen.EndToEnd.Tests.Infrastructure;

/// <summary>A project outside the repository that takes LoopGen from the package.</summary>
internal sealed class TrialProject
{
    private TrialProject(string folder, string name)
    {
        this.Folder = folder;
        this.Name = name;
    }

    /// <summary>Its folder.</summary>
    public string Folder { get; }

    /// <summary>Its name, and its assembly's.</summary>
    public string Name { get; }

    /// <summary>The assembly that a build leaves.</summary>
    public string Assembly => Path.Combine(this.Folder, "bin", "Debug", Workspace.Framework, this.Name + ".dll");

    /// <summary>The folder of the emitted files.</summary>
    public string EmittedFolder => Path.Combine(
        this.Folder, "obj", "Debug", Workspace.Framework, "generated", "LoopGen.Generators", "LoopGen.Generators.LoopGenerator");

    /// <summary>The names of the emitted files, in order.</summary>
    public IEnumerable<string> EmittedFiles => Directory.Exists(this.EmittedFolder)
        ? Directory.GetFiles(this.EmittedFolder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Makes a project from files of <c>Projects</c>, the first of which is the project file.</summary>
    public static TrialProject Create(string folder, string name, string projectFile, params string[] sources)
    {
        Directory.CreateDirectory(folder);
        File.Copy(Repository.ProjectPart(projectFile), Path.Combine(folder, name + ".csproj"));
        foreach (var source in sources)
        {
            File.Copy(Repository.ProjectPart(source), Path.Combine(folder, source));
        }

        return new TrialProject(folder, name);
    }

    /// <summary>The project of a folder, which has its name.</summary>
    public static TrialProject Open(string folder) => new(folder, Path.GetFileName(folder));

    /// <summary>The full path of a file of the project.</summary>
    public string PathOf(string name) => Path.Combine(this.Folder, name);

    /// <summary>Changes a source file.</summary>
    public void Edit(string source, string pattern, string replacement)
    {
        var path = this.PathOf(source);
        var text = File.ReadAllText(path);
        var edited = Regex.Replace(text, pattern, replacement);
        Xunit.Assert.NotEqual(text, edited);
        File.WriteAllText(path, edited);
    }

    /// <summary><c>dotnet build</c>.</summary>
    public Task<CommandResult> Build(params string[] arguments) => DotNet.Run(this.Folder, ["build", .. arguments]);

    /// <summary>Runs the program that the last build left.</summary>
    public Task<CommandResult> Run(params string[] arguments) => DotNet.Run(this.Folder, [this.Assembly, .. arguments]);
}
