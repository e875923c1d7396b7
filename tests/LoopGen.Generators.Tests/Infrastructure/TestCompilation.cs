using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TorchSharp;

namespace LoopGen.Generators.Tests.Infrastructure;

/// <summary>Real compilations, as a user's project would make them: .NET 8, TorchSharp, LoopGen.</summary>
internal static class TestCompilation
{
    /// <summary>What a project with implicit usings has in every file.</summary>
    public const string ImplicitUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    public static readonly IReadOnlyList<MetadataReference> References =
    [
        .. Net80.References.All,
        MetadataReference.CreateFromFile(typeof(torch).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(CompileAttribute).Assembly.Location),
    ];

    // A documentation mode that reports mistakes in comments, so that those of emitted files are found too.
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999,
        optimizationLevel: OptimizationLevel.Debug);

    // Compilations made from this one share the symbols of the references, which are bound once.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Models", [], References, Options);

    public static CSharpCompilation Create(params string[] sources) => Create(LanguageVersion.CSharp12, sources);

    public static CSharpCompilation Create(LanguageVersion language, params string[] sources)
        => Create(ParseOptions.WithLanguageVersion(language), sources);

    /// <summary>Where nothing but the code is of interest: the compiler does not look into comments.</summary>
    public static CSharpCompilation CreateWithoutComments(params string[] sources)
        => Create(ParseOptions.WithDocumentationMode(DocumentationMode.None), sources);

    private static CSharpCompilation Create(CSharpParseOptions options, string[] sources)
    {
        // An array: Roslyn may go through them twice, and they must be the same ones then.
        SyntaxTree[] trees = [.. sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, options, path: $"File{index}.cs"))];
        return Empty.AddSyntaxTrees(trees);
    }
}
