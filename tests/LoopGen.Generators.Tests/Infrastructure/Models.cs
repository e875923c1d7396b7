namespace LoopGen.Generators.Tests.Infrastructure;

/// <summary>Annotated classes that several tests use.</summary>
internal static class Models
{
    /// <summary>The class of the design's example loop.</summary>
    public const string DigitClassifier = """
        using LoopGen;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        namespace DigitSample;

        [Compile(Optimizer = Optimizer.AdamW, Loss = Loss.CrossEntropy, LearningRate = 1e-3, WeightDecay = 0.01)]
        [Metric(Metric.Accuracy)]
        public sealed partial class DigitClassifier : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(784, 128), ReLU(), Linear(128, 10));

            public DigitClassifier() : base(nameof(DigitClassifier)) => RegisterComponents();

            public override Tensor forward(Tensor image) => layers.call(image);
        }
        """;
}
