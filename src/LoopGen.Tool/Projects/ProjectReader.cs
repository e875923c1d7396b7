using System.Reflection;
using LoopGen.Generators;
using LoopGen.Generators.TakingOver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LoopGen.Tool.Projects;

/// <summary>Reads a project as the compiler would, and runs the generator over it in this process.</summary>
internal static class ProjectReader
{
    public static async Task<LoopProject> ReadAsync(ProjectSettings settings, TextWriter warnings, CancellationToken cancellation)
    {
        var arguments = await MSBuild.GetCompilerArgumentsAsync(settings, cancellation);
        var parsed = CSharpCommandLineParser.Default.Parse(arguments, settings.Folder, sdkDirectory: null);
        var generator = parsed.AnalyzerReferences.Select(reference => reference.FilePath).FirstOrDefault(IsGenerator)
            ?? throw new ToolException(
                $"{settings.Name} does not use LoopGen: add <PackageReference Include=\"LoopGen\" Version=\"{Version(typeof(LoopGenerator).Assembly.GetName())}\" /> to it.", ExitCodes.NoProject);
        WarnOfOtherVersion(settings, generator, warnings);

        var compilation = CSharpCompilation.Create(
            parsed.CompilationName,
            parsed.SourceFiles.Select(file => Parse(file.Path, parsed, cancellation)).OfType<SyntaxTree>(),
            References(parsed, settings),
            parsed.CompilationOptions);
        return new LoopProject(settings, compilation, EmittedModels.In(compilation, cancellation));
    }

    private static SyntaxTree? Parse(string path, CSharpCommandLineArguments arguments, CancellationToken cancellation)
    {
        // What is not there is an error of the next build; the models are read without it.
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        var text = SourceText.From(file, arguments.Encoding, arguments.ChecksumAlgorithm);
        return CSharpSyntaxTree.ParseText(text, arguments.ParseOptions, path, cancellation);
    }

    private static IEnumerable<MetadataReference> References(CSharpCommandLineArguments arguments, ProjectSettings settings)
    {
        foreach (var reference in arguments.MetadataReferences)
        {
            var path = Path.GetFullPath(reference.Reference, settings.Folder);
            if (File.Exists(path))
            {
                yield return MetadataReference.CreateFromFile(path, reference.Properties);
            }
            else
            {
                // It comes from another project, which is built with this one.
                throw new ToolException($"{settings.Name} needs {path}, which is not there: build the project first.", ExitCodes.NoProject);
            }
        }
    }

    private static bool IsGenerator(string path)
        => Path.GetFileNameWithoutExtension(path).Equals(typeof(LoopGenerator).Assembly.GetName().Name, StringComparison.OrdinalIgnoreCase);

    private static void WarnOfOtherVersion(ProjectSettings settings, string generator, TextWriter warnings)
    {
        var own = Version(typeof(LoopGenerator).Assembly.GetName());
        var path = Path.GetFullPath(generator, settings.Folder);
        if (File.Exists(path) && Version(AssemblyName.GetAssemblyName(path)) is var used && used != own)
        {
            warnings.WriteLine($"{settings.Name} uses LoopGen {used}, and this tool is {own}: what it writes may differ from what the build writes.");
        }
    }

    private static string Version(AssemblyName assembly) => assembly.Version?.ToString(3) ?? "?";
}
