using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TorchSharp;

namespace LoopGen.Benchmarks.Generator;

/// <summary>A project of many models, one a file, as a large code base has them.</summary>
internal static class ModelCorpus
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12);

    public static CSharpCompilation Create(int models)
    {
        var trees = Enumerable.Range(0, models).Select(number => Parse(Source(number), $"Model{number}.cs"));
        IEnumerable<MetadataReference> references =
        [
            .. Net80.References.All,
            MetadataReference.CreateFromFile(typeof(torch).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(CompileAttribute).Assembly.Location),
        ];
        return CSharpCompilation.Create("Corpus", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    private static string Source(int number) => $$"""
        using LoopGen;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        namespace Corpus.Models;

        [Compile(Optimizer = Optimizer.AdamW, Loss = Loss.CrossEntropy, LearningRate = 1e-3, WeightDecay = 0.{{number + 1}})]
        [Metric(Metric.Accuracy)]
        public sealed partial class Model{{number}} : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(784, 128), ReLU(), Linear(128, 10));

            public Model{{number}}() : base(nameof(Model{{number}})) => RegisterComponents();

            public override Tensor forward(Tensor image) => layers.call(image);
        }
        """;
}
