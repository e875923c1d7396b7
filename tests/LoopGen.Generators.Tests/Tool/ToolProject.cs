using LoopGen.Generators.TakingOver;
using LoopGen.Generators.Tests.Infrastructure;
using LoopGen.Tool.Projects;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.Tests.Tool;

/// <summary>A project on disk, read as the tool reads it but for MSBuild's part.</summary>
internal sealed class ToolProject : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("loopgen-tool-").FullName;

    public ToolProject(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            this.Write(name, text);
        }
    }

    public string[] Files => [.. Directory.GetFiles(this.folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Reads the files as they are now.</summary>
    public LoopProject Read()
    {
        var empty = TestCompilation.Create();
        var options = (CSharpParseOptions)TestCompilation.Create(string.Empty).SyntaxTrees[0].Options;
        var compilation = empty.AddSyntaxTrees(Directory.GetFiles(this.folder, "*.cs").Order(StringComparer.Ordinal)
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path))
            .ToArray());
        var settings = new ProjectSettings(Path.Combine(this.folder, "App.csproj"), null, null);
        return new LoopProject(settings, compilation, EmittedModels.In(compilation, CancellationToken.None));
    }

    /// <summary>A model of the project as it is now.</summary>
    public Task<ProjectModel> FindAsync(string name) => this.Read().FindAsync(name, CancellationToken.None);

    public string Text(string name) => File.ReadAllText(Path.Combine(this.folder, name));

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(this.folder, name), text);

    public void Dispose() => Directory.Delete(this.folder, recursive: true);
}
