using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using LoopGen.Generators.TakingOver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Tool.Projects;

/// <summary>A project, and the models that the generator finds in it.</summary>
internal sealed class LoopProject
{
    public LoopProject(ProjectSettings settings, CSharpCompilation compilation, IReadOnlyList<EmittedModel> models)
    {
        this.Settings = settings;
        this.Compilation = compilation;
        var symbols = Types(compilation.Assembly.GlobalNamespace)
            .Where(type => LoopAttributes.FindCompile(type) is not null)
            .ToLookup(type => TypeParser.Parse(type, NameScan.Of(type)).HintName);
        this.Models = [.. models.Select(model => new ProjectModel(this, model, symbols[model.Spec.Type.HintName].First())).OrderBy(model => model.FullName, StringComparer.Ordinal)];
    }

    public ProjectSettings Settings { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>The models, by name.</summary>
    public IReadOnlyList<ProjectModel> Models { get; }

    /// <summary>The model of that name, with its namespace or without.</summary>
    public async Task<ProjectModel> FindAsync(string name, CancellationToken cancellation)
    {
        ProjectModel[] found = [.. this.Models.Where(model => model.FullName == name || model.Name == name)];
        if (found.Length == 0)
        {
            found = [.. this.Models.Where(model => model.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || model.FullName.Equals(name, StringComparison.OrdinalIgnoreCase))];
        }

        return found.Length switch
        {
            1 => found[0],
            0 => throw new ToolException(await this.WhyNotAsync(name, cancellation)),
            _ => throw new ToolException($"{this.Settings.Name} has {found.Length} models called {name}: write {string.Join(" or ", found.Select(model => model.FullName))}."),
        };
    }

    /// <summary>What keeps classes with <c>[Compile]</c> from being models.</summary>
    public async Task<IReadOnlyList<Diagnostic>> ProblemsAsync(CancellationToken cancellation)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var problems = await new CompilationWithAnalyzers(this.Compilation, [new ShapeAnalyzer()], options).GetAnalyzerDiagnosticsAsync(cancellation);
        return [.. problems.OrderBy(problem => problem.Location.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>A path as it is seen from where the project is.</summary>
    public string Relative(string path) => Path.GetRelativePath(this.Settings.Folder, path);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol place)
        => place.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(member).Prepend(type) : Types(member));

    private async Task<string> WhyNotAsync(string name, CancellationToken cancellation)
    {
        // There, but not as it must be.
        if ((await this.ProblemsAsync(cancellation)).FirstOrDefault(problem => problem.GetMessage().Split(' ', ':', ',').Contains(name)) is { } problem)
        {
            return $"{name} is no model yet ({problem.Id}): {problem.GetMessage()}.";
        }

        if (this.Models.Count == 0)
        {
            return $"{this.Settings.Name} has no model: no class in it has [Compile].";
        }

        var nearest = Spelling.Nearest(name, this.Models.Select(model => model.Name), new Dictionary<string, string>());
        var guess = nearest is null ? string.Empty : $" Did you mean {nearest}?";
        return $"{this.Settings.Name} has no model called {name}.{guess} It has {Phrase.All([.. this.Models.Select(model => model.FullName)])}.";
    }
}
