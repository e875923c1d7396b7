using System.Text;
using LoopGen.Generators.Tests.CodeFixes;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LoopGen.Generators.Tests.Analyzers;

/// <summary>Whatever someone is in the middle of typing: no analyzer, code fix or generator throws.</summary>
public sealed class MutationTests
{
    private static readonly string[] Originals =
    [
        Models.DigitClassifier,
        Source.Compile("Optimizer = Optimizer.SGD, Loss = Loss.CrossEntropy, LearningRate = 0.1, Momentum = 0.9, Nesterov = true, IgnoreIndex = -1"),
        Source.Model("[Compile(Loss = (Loss)3)]\n[Metric(Metric.MeanSquaredError, Name = \"Mse\")]\n[Metric((Metric)2)]"),
        Source.Usings + """
        public abstract class Backbone<T> : Module<Tensor, Tensor> where T : Module<Tensor, Tensor>
        {
            protected T body;
            protected Backbone(T body) : base("net") { this.body = body; RegisterComponents(); }
        }

        public partial class Outer<TKey>
        {
            [Metric(Metric.Accuracy)]
            [Compile(Loss = Loss.BCEWithLogits)]
            public partial class Net(Module<Tensor, Tensor> head) : Backbone<Linear>(Linear(4, 3))
            {
                private readonly Parameter scale = new(torch.ones(1)), shift = null!;
                public Net() : this(Linear(1, 1)) { }
                public override Tensor forward(Tensor image) => head.call(body.call(image));
            }

            partial class Net { partial void OnStep(long step); partial void OnStep(long step) { } }
        }
        """,
    ];

    private static readonly string[] Scraps =
    [
        "partial ", "record ", "file ", "static ", "struct", "abstract ", "<T>", "[", "]", "(", ")", "{", "}", "\"", "=", "=>", ";", ",", ":", ".", "?",
        "[Compile]", "[Metric]", "[Metric()]", "[Compile(Loss = )]", "Loss = null", "Optimizer = default", "Name = null", "Name = \"\"", "default", "null!",
        ": this()", "this", "nameof(this)", "\uD800", "\u2212", "/*", "//", "#if", "1e999", "double.NaN", "Net", "Module<>", "Module<Tensor>", "class", "\r\n",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_throws(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 120; i++)
        {
            var source = Mutate(Originals[i % Originals.Length], random);
            var compilation = TestCompilation.Create(source, "partial class Net { private void Prepare() { } }");
            try
            {
                await AnalyzerTest.RunAsync(GeneratorRun.Of(compilation).Output);
                await FixTest.AppliesAllAsync(source);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Thrown for:\n{source}", exception);
            }
        }
    }

    // The words of a source, some of them left out, doubled, swapped or replaced.
    private static string Mutate(string source, Random random)
    {
        var words = SyntaxFactory.ParseTokens(source).Select(token => token.ToFullString()).ToList();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var place = random.Next(words.Count);
            switch (random.Next(5))
            {
                case 0:
                    words.RemoveAt(place);
                    break;
                case 1:
                    words.Insert(place, words[random.Next(words.Count)]);
                    break;
                case 2:
                    words[place] = Scraps[random.Next(Scraps.Length)];
                    break;
                case 3:
                    words.Insert(place, Scraps[random.Next(Scraps.Length)]);
                    break;
                default:
                    words.RemoveRange(place, Math.Min(random.Next(1, 6), words.Count - place));
                    break;
            }

            if (words.Count == 0)
            {
                break;
            }
        }

        return words.Aggregate(new StringBuilder(), (text, word) => text.Append(word)).ToString();
    }
}
