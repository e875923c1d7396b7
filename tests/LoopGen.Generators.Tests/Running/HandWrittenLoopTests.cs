using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// Layer 4: the emitted loop, compiled and run, ends with the very bits of a loop written by hand with nothing but
/// TorchSharp, for every optimizer with every loss.
/// </summary>
[Collection<TorchTests>]
public sealed class HandWrittenLoopTests
{
    private const int Epochs = 3;

    public static TheoryData<string, string> OptimizersAndLosses
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var optimizer in new[] { "AdamW", "Adam", "Adam amsgrad", "SGD", "SGD nesterov", "RMSprop", "RMSprop centered" })
            {
                foreach (var loss in new[] { "CrossEntropy", "BCEWithLogits", "MSE", "L1", "Huber", "SmoothL1", "NLL", "BCE" })
                {
                    all.Add(optimizer, loss);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(OptimizersAndLosses))]
    public void Emitted_and_hand_written_loops_end_with_the_same_bits(string optimizer, string loss)
    {
        var batches = SyntheticData.Batches(loss);
        manual_seed(11);
        using var model = LoadedModel.Of(Source(optimizer, loss), "Samples.Compared");
        manual_seed(11);
        using var twin = new Twin(OutputsOf(loss), LastOf(loss));

        Assert.Equal(twin.Weights(), model.Weights());

        manual_seed(5);
        var figures = LoadedModel.Figures(model.Call("Fit", batches, Epochs, batches, CPU, Rate, 5)!);
        manual_seed(5);
        var expected = HandWritten(twin, optimizer, loss, batches);

        Assert.Equal(twin.Weights(), model.Weights());
        Assert.Equal(expected, figures.Select(epoch => (epoch["loss"]!.Value, epoch["val_loss"]!.Value)));
    }

    private const double Rate = 0.01;

    private static string Source(string optimizer, string loss)
    {
        var arguments = optimizer switch
        {
            "AdamW" => "Optimizer = Optimizer.AdamW",
            "Adam" => "Optimizer = Optimizer.Adam, WeightDecay = 0.1",
            "Adam amsgrad" => "Optimizer = Optimizer.Adam, AmsGrad = true, Beta2 = 0.9",
            "SGD" => "Optimizer = Optimizer.SGD",
            "SGD nesterov" => "Optimizer = Optimizer.SGD, Momentum = 0.9, Nesterov = true, WeightDecay = 0.1",
            "RMSprop" => "Optimizer = Optimizer.RMSprop",
            _ => "Optimizer = Optimizer.RMSprop, Alpha = 0.9, Epsilon = 1e-6, Momentum = 0.5, WeightDecay = 0.1, Centered = true",
        };
        var number = loss switch
        {
            "Huber" => ", Delta = 0.25",
            "SmoothL1" => ", Beta = 0.25",
            _ => "",
        };
        return Models.Usings + $$"""
            namespace Samples;

            [Compile(Loss = Loss.{{loss}}{{number}}, {{arguments}})]
            public partial class Compared : Module<Tensor, Tensor>
            {
                private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 6), ReLU(), Dropout(0.25), Linear(6, {{OutputsOf(loss)}}), {{LastOf(loss)}});

                public Compared() : base(nameof(Compared)) => RegisterComponents();

                public override Tensor forward(Tensor x) => layers.call(x);
            }
            """;
    }

    private static int OutputsOf(string loss) => loss is "CrossEntropy" or "NLL" ? 3 : 1;

    // What makes the outputs of the last layer what the loss takes.
    private static string LastOf(string loss) => loss switch
    {
        "NLL" => "LogSoftmax(1)",
        "BCE" => "Sigmoid()",
        _ => "Identity()",
    };

    // What a careful person writes without LoopGen.
    private static List<(double Loss, double ValLoss)> HandWritten(
        Twin model, string optimizerName, string lossName, IReadOnlyList<(Tensor Input, Tensor Target)> batches)
    {
        using optim.Optimizer optimizer = optimizerName switch
        {
            "AdamW" => optim.AdamW(model.parameters(), Rate, weight_decay: 0.01),
            "Adam" => optim.Adam(model.parameters(), Rate, weight_decay: 0.1),
            "Adam amsgrad" => optim.Adam(model.parameters(), Rate, beta2: 0.9, amsgrad: true),
            "SGD" => optim.SGD(model.parameters(), Rate),
            "SGD nesterov" => optim.SGD(model.parameters(), Rate, momentum: 0.9, weight_decay: 0.1, nesterov: true),
            "RMSprop" => optim.RMSProp(model.parameters(), Rate),
            _ => optim.RMSProp(model.parameters(), Rate, alpha: 0.9, eps: 1e-6, weight_decay: 0.1, momentum: 0.5, centered: true),
        };
        using nn.Module<Tensor, Tensor, Tensor> lossFunction = lossName switch
        {
            "CrossEntropy" => nn.CrossEntropyLoss(),
            "BCEWithLogits" => nn.BCEWithLogitsLoss(),
            "MSE" => nn.MSELoss(),
            "L1" => nn.L1Loss(),
            "Huber" => nn.HuberLoss(0.25),
            "SmoothL1" => nn.SmoothL1Loss(beta: 0.25),
            "NLL" => nn.NLLLoss(),
            _ => nn.BCELoss(),
        };

        var figures = new List<(double, double)>();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            model.train();
            double lossSum = 0, count = 0;
            foreach (var (input, target) in batches)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var loss = lossFunction.call(model.call(input), target);
                loss.backward();
                optimizer.step();
                lossSum += loss.item<float>() * (double)target.numel();
                count += target.numel();
            }

            model.eval();
            double valSum = 0;
            using (no_grad())
            {
                foreach (var (input, target) in batches)
                {
                    using var scope = NewDisposeScope();
                    valSum += lossFunction.call(model.call(input), target).item<float>() * (double)target.numel();
                }
            }

            figures.Add((lossSum / count, valSum / count));
        }

        return figures;
    }

    private sealed class Twin : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> layers;

        public Twin(long outputs, string last)
            : base(nameof(Twin))
        {
            this.layers = nn.Sequential(nn.Linear(2, 6), nn.ReLU(), nn.Dropout(0.25), nn.Linear(6, outputs), Last(last));
            this.RegisterComponents();
        }

        public override Tensor forward(Tensor input) => this.layers.call(input);

        private static nn.Module<Tensor, Tensor> Last(string name) => name switch
        {
            "LogSoftmax(1)" => nn.LogSoftmax(1),
            "Sigmoid()" => nn.Sigmoid(),
            _ => nn.Identity(),
        };

        public float[] Weights() => [.. this.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
    }
}
