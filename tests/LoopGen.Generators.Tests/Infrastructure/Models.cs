namespace LoopGen.Generators.Tests.Infrastructure;

/// <summary>
/// Annotated classes, each a shape of its own. Every one is a snapshot, must compile without a warning, and trains.
/// All take two features and can be trained by <see cref="Training"/>.
/// </summary>
internal static class Models
{
    /// <summary>What the files of models begin with.</summary>
    public const string Usings = """
        using LoopGen;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        """;

    /// <summary>The class of the design's example loop.</summary>
    public const string DigitClassifier = Usings + """
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

    /// <summary><c>[Compile]</c> with nothing but a loss, in the global namespace.</summary>
    public const string Minimal = Usings + """
        [Compile(Loss = Loss.MSE)]
        public partial class Line : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Line() : base(nameof(Line)) => RegisterComponents();

            public override Tensor forward(Tensor x) => linear.call(x);
        }
        """;

    /// <summary>Flags and all numbers of SGD; accuracy of logits.</summary>
    public const string BinaryClassifier = Usings + """
        namespace Samples.Binary
        {
            [Compile(
                Optimizer = Optimizer.SGD,
                Loss = Loss.BCEWithLogits,
                LearningRate = 0.05,
                Momentum = 0.9,
                WeightDecay = 1e-4,
                Nesterov = true)]
            [Metric(Metric.Accuracy)]
            internal sealed partial class SpamFilter : Module<Tensor, Tensor>
            {
                private readonly Linear linear = Linear(2, 1);

                public SpamFilter() : base(nameof(SpamFilter)) => RegisterComponents();

                public override Tensor forward(Tensor mail) => linear.call(mail);
            }
        }
        """;

    /// <summary>Several metrics, one renamed, in parts of several files.</summary>
    public const string Regressor = Usings + """
        namespace Samples.Regression;

        [Compile(Optimizer = Optimizer.Adam, Loss = Loss.MSE, LearningRate = 0.01, Beta1 = 0.8, AmsGrad = true)]
        [Metric(Metric.MeanAbsoluteError)]
        [Metric(Metric.MeanSquaredError, Name = "SquaredError")]
        public partial class HousePrices : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 8), ReLU(), Linear(8, 1));

            public HousePrices() : base(nameof(HousePrices)) => RegisterComponents();

            public override Tensor forward(Tensor features) => layers.call(features);
        }
        """;

    /// <summary>Targets that are left out of every average.</summary>
    public const string IgnoredTargets = Usings + """
        namespace Samples.Text;

        [Compile(Loss = Loss.CrossEntropy, IgnoreIndex = -1)]
        [Metric(Metric.Accuracy)]
        public partial class Tagger : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 3);

            public Tagger() : base(nameof(Tagger)) => RegisterComponents();

            public override Tensor forward(Tensor tokens) => linear.call(tokens);
        }
        """;

    /// <summary>Nested in generic types, itself generic.</summary>
    public const string NestedGeneric = Usings + """
        namespace Samples.Nested;

        public partial class Outer<TKey>
            where TKey : notnull
        {
            internal partial struct Middle
            {
                [Compile(Loss = Loss.MSE)]
                public partial class Inner<TValue> : Module<Tensor, Tensor>
                    where TValue : class
                {
                    private readonly Linear linear = Linear(2, 1);

                    public Inner() : base("inner") => RegisterComponents();

                    public override Tensor forward(Tensor input) => linear.call(input);
                }
            }
        }
        """;

    /// <summary>A namespace and a class that use our names and TorchSharp's for things of their own.</summary>
    public const string HostileNames = """
        #pragma warning disable CS8981 // A lower-case type name: that is what this is about.
        namespace MyApp.System
        {
            public class Tensor;

            public class torch;

            public class History;

            public class List;

            public class DataLoader;

            public static class Batches;

            [global::LoopGen.Compile(Loss = global::LoopGen.Loss.CrossEntropy)]
            [global::LoopGen.Metric(global::LoopGen.Metric.Accuracy)]
            public partial class Hostile : global::TorchSharp.torch.nn.Module<global::TorchSharp.torch.Tensor, global::TorchSharp.torch.Tensor>
            {
                private readonly global::TorchSharp.Modules.Linear linear = global::TorchSharp.torch.nn.Linear(2, 3);

                public Hostile() : base("hostile") => RegisterComponents();

                public int TrainingRun { get; set; }

                public string Mean => "mine";

                public override global::TorchSharp.torch.Tensor forward(global::TorchSharp.torch.Tensor device) => linear.call(device);
            }
        }
        """;

    /// <summary>A parameter that is a keyword, in a namespace that is one.</summary>
    public const string Keywords = Usings + """
        namespace Samples.@event;

        [Compile(Loss = Loss.MSE)]
        public partial class @class : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public @class() : base("class") => RegisterComponents();

            public override Tensor forward(Tensor @params) => linear.call(@params);
        }
        """;

    /// <summary>A parameter with a name of ours.</summary>
    public const string TargetInput = Usings + """
        namespace Samples.Names;

        [Compile(Loss = Loss.MSE)]
        public partial class Echo : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Echo() : base(nameof(Echo)) => RegisterComponents();

            public override Tensor forward(Tensor target) => linear.call(target);
        }
        """;

    /// <summary>Every hook.</summary>
    public const string Hooked = Usings + """
        namespace Samples.Hooks;

        [Compile(Loss = Loss.MSE)]
        public partial class Watched : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Watched() : base(nameof(Watched)) => RegisterComponents();

            public global::System.Collections.Generic.List<string> Calls { get; } = [];

            public override Tensor forward(Tensor x) => linear.call(x);

            partial void OnTrainBegin() => Calls.Add("train begin");

            partial void OnEpochBegin(int epoch) => Calls.Add($"epoch {epoch} begin");

            partial void OnBatch(long step, ref Tensor x, ref Tensor target) => Calls.Add($"batch {step}");

            partial void OnLoss(long step, ref Tensor loss) => Calls.Add($"loss {step}");

            partial void OnGradients(long step) => Calls.Add($"gradients {step}");

            partial void OnStep(long step) => Calls.Add($"step {step}");

            partial void OnEpochEnd(EpochLog log) => Calls.Add($"epoch {log.Epoch} end");

            partial void OnTrainEnd(History<EpochLog> history) => Calls.Add($"train end after {history.Count}");
        }
        """;

    /// <summary>A class with a loop of its own, which has fewer parameters than ours.</summary>
    public const string OwnedFit = Usings + """
        namespace Samples.Owned;

        using global::System.Collections.Generic;

        [Compile(Loss = Loss.MSE)]
        public partial class Owner : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Owner() : base(nameof(Owner)) => RegisterComponents();

            public int Fits { get; private set; }

            public override Tensor forward(Tensor x) => linear.call(x);

            public History<EpochLog> Fit(
                IEnumerable<(Tensor x, Tensor target)> trainBatches,
                int epochs = 1,
                double learningRate = 0.1)
            {
                Fits += epochs;
                var history = new History<EpochLog>();
                history.Add(new EpochLog(1, learningRate, null));
                return history;
            }
        }
        """;

    /// <summary>A class with an optimizer of its own, which the loop is to use.</summary>
    public const string OwnedOptimizer = Usings + """
        namespace Samples.Owned;

        [Compile(Optimizer = Optimizer.Adam, Loss = Loss.MSE)]
        public partial class Adaptive : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Adaptive() : base(nameof(Adaptive)) => RegisterComponents();

            public override Tensor forward(Tensor x) => linear.call(x);

            public torch.optim.Optimizer CreateOptimizer(Device? device = null)
            {
                this.to(device ?? CPU);
                return torch.optim.Adagrad(parameters());
            }
        }
        """;

    /// <summary>A compiled class whose base is compiled too.</summary>
    public const string CompiledBase = Usings + """
        namespace Samples.Bases;

        [Compile(Loss = Loss.MSE)]
        public partial class Base : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Base(string name) : base(name) => RegisterComponents();

            public Base() : this(nameof(Base))
            {
            }

            public override Tensor forward(Tensor x) => linear.call(x);
        }

        [Compile(Optimizer = Optimizer.SGD, Loss = Loss.MSE)]
        public sealed partial class Derived : Base
        {
            private readonly Linear head = Linear(1, 1);

            public Derived() : base(nameof(Derived)) => RegisterComponents();

            public override Tensor forward(Tensor x) => head.call(base.forward(x));
        }
        """;

    /// <summary>An optimizer that TorchSharp spells otherwise, a loss with a number of its own, and R².</summary>
    public const string RobustRegressor = Usings + """
        namespace Samples.Robust;

        [Compile(
            Optimizer = Optimizer.RMSprop,
            Loss = Loss.Huber,
            LearningRate = 0.005,
            Alpha = 0.9,
            Momentum = 0.5,
            Centered = true,
            Delta = 0.5)]
        [Metric(Metric.R2Score)]
        [Metric(Metric.MeanAbsoluteError)]
        public partial class Demand : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 8), ReLU(), Linear(8, 1));

            public Demand() : base(nameof(Demand)) => RegisterComponents();

            public override Tensor forward(Tensor week) => layers.call(week);
        }
        """;

    /// <summary>Log-probabilities of classes, and the metrics of several classes.</summary>
    public const string LogProbabilities = Usings + """
        namespace Samples.Topics;

        [Compile(Loss = Loss.NLL)]
        [Metric(Metric.TopKAccuracy, K = 2)]
        [Metric(Metric.F1Score)]
        public partial class TopicModel : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 3), LogSoftmax(1));

            public TopicModel() : base(nameof(TopicModel)) => RegisterComponents();

            public override Tensor forward(Tensor document) => layers.call(document);
        }
        """;

    /// <summary>Probabilities of yes or no, and all metrics of those.</summary>
    public const string Probabilities = Usings + """
        namespace Samples.Churn;

        [Compile(Loss = Loss.BCE)]
        [Metric(Metric.Precision)]
        [Metric(Metric.Recall)]
        [Metric(Metric.F1Score)]
        [Metric(Metric.RocAuc, Name = "Auc")]
        public partial class ChurnModel : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 1), Sigmoid());

            public ChurnModel() : base(nameof(ChurnModel)) => RegisterComponents();

            public override Tensor forward(Tensor customer) => layers.call(customer);
        }
        """;

    /// <summary>Metrics of the class's own: a value per sample, a mean, a type.</summary>
    public const string CustomMetrics = Usings + """
        namespace Samples.Custom;

        [Compile(Loss = Loss.CrossEntropy)]
        [Metric(typeof(MarginMetric))]
        [Metric(Metric.Accuracy)]
        public partial class Judged : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 3);

            public Judged() : base(nameof(Judged)) => RegisterComponents();

            public override Tensor forward(Tensor x) => linear.call(x);

            [Metric]
            private static Tensor Hits(Tensor output, Tensor target) => output.argmax(1).eq(target).to(ScalarType.Float32);

            [Metric(Name = "MeanLogit")]
            private Tensor average(Tensor output, Tensor target) => output.mean();

            [Metric]
            private static Tensor lowest(Tensor output, Tensor target) => output.min(1).values;
        }

        /// <summary>Mean distance of the highest logit from 0.</summary>
        public sealed class MarginMetric(Device device, string name = "margin") : StreamingMetric(name)
        {
            private readonly Mean mean = new(device);

            public override void Update(Tensor output, Tensor target)
            {
                using var highest = output.amax([1L]);
                mean.UpdateSamples(highest, output.shape[0]);
            }

            public override void Reset() => mean.Reset();

            public override double Compute() => mean.Compute();

            protected override void Dispose(bool disposing) => mean.Dispose();
        }
        """;

    /// <summary>A cosine schedule behind a warm-up, that ends with the run, and gradients of a limited norm that is reported.</summary>
    public const string Scheduled = Usings + """
        namespace Samples.Blocks;

        [Compile(Loss = Loss.MSE, LearningRate = 0.05)]
        [Schedule(Schedule.Cosine, WarmupSteps = 5, FinalFactor = 0.1)]
        [ClipGradients(Norm = 1, LogNorm = true)]
        public partial class Tides : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 8), Tanh(), Linear(8, 1));

            public Tides() : base(nameof(Tides)) => RegisterComponents();

            public override Tensor forward(Tensor hours) => layers.call(hours);
        }
        """;

    /// <summary>A rate that is reduced when the validation accuracy stands still: validation data must be given.</summary>
    public const string Plateau = Usings + """
        namespace Samples.Blocks;

        [Compile(Loss = Loss.CrossEntropy)]
        [Metric(Metric.Accuracy)]
        [Schedule(Schedule.Plateau, Monitor = "val_accuracy", Patience = 2)]
        public partial class Patient : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 3);

            public Patient() : base(nameof(Patient)) => RegisterComponents();

            public override Tensor forward(Tensor x) => linear.call(x);
        }
        """;

    /// <summary>A rule for stopping with all it can have, and the weights of the best epoch.</summary>
    public const string EarlyStopping = Usings + """
        namespace Samples.Blocks;

        [Compile(Loss = Loss.CrossEntropy)]
        [Metric(Metric.Accuracy)]
        [EarlyStopping(Monitor = "val_accuracy", Patience = 2, MinDelta = 0.001, WarmupEpochs = 1, Baseline = 0.2, StoppingThreshold = 0.99, RestoreBest = true)]
        public partial class Watchful : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 3);

            public Watchful() : base(nameof(Watchful)) => RegisterComponents();

            public override Tensor forward(Tensor x) => linear.call(x);
        }
        """;

    /// <summary>The end at the first value that is not finite.</summary>
    public const string StopOnNaN = Usings + """
        namespace Samples.Blocks;

        [Compile(Loss = Loss.MSE)]
        [StopOnNaN]
        public partial class Careful : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Careful() : base(nameof(Careful)) => RegisterComponents();

            public override Tensor forward(Tensor features) => linear.call(features);
        }
        """;

    /// <summary>The search for where a NaN comes from, in windows, with targets that are left out.</summary>
    public const string DetectAnomaly = Usings + """
        namespace Samples.Blocks;

        [Compile(Loss = Loss.CrossEntropy, IgnoreIndex = -1)]
        [Accumulate(Steps = 2)]
        [StopOnNaN]
        [DetectAnomaly]
        public partial class Searched : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 3);

            public Searched() : base(nameof(Searched)) => RegisterComponents();

            public override Tensor forward(Tensor @event) => linear.call(@event);
        }
        """;

    /// <summary>A learning rate of the class's own, and every element of the gradients limited.</summary>
    public const string OwnSchedule = Usings + """
        namespace Samples.Blocks;

        [Compile(Loss = Loss.MSE)]
        [ClipGradients(Value = 0.5)]
        public partial class Inverse : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Inverse() : base(nameof(Inverse)) => RegisterComponents();

            public override Tensor forward(Tensor x) => linear.call(x);

            [Schedule]
            private static double InverseRoot(long step) => 1 / global::System.Math.Sqrt(step + 1);
        }
        """;

    /// <summary>Windows of batches.</summary>
    public const string Windows = Usings + """
        namespace Samples.Blocks;

        [Compile(Loss = Loss.MSE)]
        [Accumulate(Steps = 2)]
        public partial class Patchwork : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Patchwork() : base(nameof(Patchwork)) => RegisterComponents();

            public override Tensor forward(Tensor x) => linear.call(x);
        }
        """;

    /// <summary>Windows, targets that are left out, a schedule, a clip, a moving average and hooks: most blocks at once.</summary>
    public const string AllBlocks = Usings + """
        namespace Samples.Blocks;

        [Compile(Optimizer = Optimizer.SGD, Loss = Loss.CrossEntropy, LearningRate = 0.1, Momentum = 0.9, IgnoreIndex = -1)]
        [Metric(Metric.Accuracy)]
        [Schedule(Schedule.OneCycle)]
        [Accumulate(Steps = 2)]
        [ClipGradients(EachNorm = 1)]
        [Ema(Decay = 0.9)]
        [EarlyStopping(Patience = 20, RestoreBest = true)]
        public partial class Everything : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 8), BatchNorm1d(8), ReLU(), Linear(8, 3));

            public Everything() : base(nameof(Everything)) => RegisterComponents();

            public override Tensor forward(Tensor tokens) => layers.call(tokens);

            partial void OnGradients(long step) { }

            partial void OnStep(long step) { }
        }
        """;

    /// <summary>The average of the weights after each epoch, evaluated in their place, watched by a schedule.</summary>
    public const string EpochAverage = Usings + """
        namespace Samples.Blocks;

        [Compile(Optimizer = Optimizer.SGD, Loss = Loss.MSE, LearningRate = 0.1)]
        [Schedule(Schedule.Plateau)]
        [Swa(StartEpoch = 3)]
        public partial class Averaged : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Averaged() : base(nameof(Averaged)) => RegisterComponents();

            public override Tensor forward(Tensor x) => linear.call(x);
        }
        """;

    /// <summary>A frozen field, one that learns slowly, no decay of biases, and a schedule over all of it.</summary>
    public const string Groups = Usings + """
        namespace Samples.Blocks;

        [Compile(Optimizer = Optimizer.AdamW, Loss = Loss.MSE, LearningRate = 0.05, WeightDecay = 0.1, DecayExclude = true)]
        [Schedule(Schedule.Exponential, Gamma = 0.99)]
        public partial class Transfer : Module<Tensor, Tensor>
        {
            [Frozen] private readonly Module<Tensor, Tensor> features = Sequential(Linear(2, 8), BatchNorm1d(8), Tanh());

            [LearningRate(0.5)] private readonly Linear middle = Linear(8, 8);

            [LearningRate(0.25)] private readonly Parameter scale = new(torch.ones(8));

            private readonly Linear head = Linear(8, 1);

            public Transfer() : base(nameof(Transfer)) => RegisterComponents();

            public override Tensor forward(Tensor x) => head.call(middle.call(features.call(x)) * scale);
        }
        """;

    /// <summary>A frozen field and nothing else.</summary>
    public const string FrozenField = Usings + """
        namespace Samples.Blocks;

        [Compile(Optimizer = Optimizer.SGD, Loss = Loss.MSE, LearningRate = 0.05)]
        public partial class HeadOnly : Module<Tensor, Tensor>
        {
            [Frozen] private readonly Linear features = Linear(2, 8);

            private readonly Linear head = Linear(8, 1);

            public HeadOnly() : base(nameof(HeadOnly)) => RegisterComponents();

            public override Tensor forward(Tensor x) => head.call(features.call(x));
        }
        """;

    /// <summary>Weights of the classes, and smoothed labels.</summary>
    public const string ClassWeights = Usings + """
        namespace Samples.Weighted;

        [Compile(Loss = Loss.CrossEntropy, LabelSmoothing = 0.1, ClassWeights = new[] { 1, 2.5, 0.25 })]
        [Metric(Metric.Accuracy)]
        public partial class RareEvents : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 3);

            public RareEvents() : base(nameof(RareEvents)) => RegisterComponents();

            public override Tensor forward(Tensor signal) => linear.call(signal);
        }
        """;

    /// <summary>Losses divided by the weights of the targets, over windows, some targets ignored, and names that are taken.</summary>
    public const string DividedByWeights = Usings + """
        namespace Samples.Weighted;

        [Compile(Loss = Loss.CrossEntropy, LabelSmoothing = 0, ClassWeights = new[] { 1, 2.5, 0.25 }, Divisor = LossDivisor.Weights, IgnoreIndex = -1)]
        [Accumulate(Steps = 2)]
        public partial class Segments : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 3);

            public Segments() : base(nameof(Segments)) => RegisterComponents();

            public static string ClassWeights => "mine";

            public override Tensor forward(Tensor classWeights) => linear.call(classWeights);

            public class CrossEntropyLoss;
        }
        """;

    /// <summary>A weight for each sample, and a hook that sees it.</summary>
    public const string SampleWeights = Usings + """
        namespace Samples.Weighted;

        [Compile(Loss = Loss.CrossEntropy)]
        [SampleWeights]
        [Metric(Metric.Accuracy)]
        public partial class Survey : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 3);

            public Survey() : base(nameof(Survey)) => RegisterComponents();

            public override Tensor forward(Tensor answers) => linear.call(answers);

            partial void OnBatch(long step, ref Tensor answers, ref Tensor target, ref Tensor weight) => weight = weight.clamp(max: 2);
        }
        """;

    /// <summary>Numbers with a weight for each sample, divided by the weights, and names that are taken.</summary>
    public const string DividedBySampleWeights = Usings + """
        namespace Samples.Weighted;

        [SampleWeights]
        [Compile(Loss = Loss.MSE, Divisor = LossDivisor.Weights)]
        [Metric(Metric.MeanAbsoluteError, Name = "SampleWeight")]
        public partial class Meter : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 1);

            public Meter() : base(nameof(Meter)) => RegisterComponents();

            public static string SampleWeights => "mine";

            public override Tensor forward(Tensor weight) => linear.call(weight);
        }
        """;

    /// <summary>Weights of classes and of samples, over windows, some targets ignored.</summary>
    public const string WeightedWindows = Usings + """
        namespace Samples.Weighted;

        [Compile(Loss = Loss.CrossEntropy, ClassWeights = new[] { 1, 2.5, 0.25 }, Divisor = LossDivisor.Weights, IgnoreIndex = -1)]
        [SampleWeights]
        [Accumulate(Steps = 2)]
        public partial class Words : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 3);

            public Words() : base(nameof(Words)) => RegisterComponents();

            public override Tensor forward(Tensor x) => linear.call(x);
        }
        """;

    /// <summary>The state saved after every epoch, and the best weights beside it.</summary>
    public const string Checkpointed = Usings + """
        namespace Samples.Saved;

        [Compile(Loss = Loss.CrossEntropy)]
        [Metric(Metric.Accuracy)]
        [Checkpoint("checkpoints", Monitor = "val_accuracy")]
        public partial class Digits : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 8), BatchNorm1d(8), Dropout(0.2), Linear(8, 3));

            public Digits() : base(nameof(Digits)) => RegisterComponents();

            public override Tensor forward(Tensor image) => layers.call(image);
        }
        """;

    /// <summary>Everything that a checkpoint can hold, saved whenever it can be, and names that are taken.</summary>
    public const string SavedOften = Usings + """
        namespace Samples.Saved;

        [Compile(Optimizer = LoopGen.Optimizer.SGD, Loss = Loss.CrossEntropy, LearningRate = 0.05, Momentum = 0.9)]
        [Metric(Metric.Accuracy)]
        [Schedule(Schedule.Plateau, Patience = 2)]
        [Accumulate(Steps = 2)]
        [ClipGradients(Norm = 1, LogNorm = true)]
        [Ema(Decay = 0.9)]
        [EarlyStopping(Patience = 20, RestoreBest = true)]
        [Checkpoint("runs/\"a\" & <b>", Monitor = "val_loss", KeepBest = 3, FileName = "{epoch:000}-{step}-{val_loss:0.0000}-{accuracy:0.00}", KeepLast = 3, EveryEpochs = 2, EverySteps = 5, EveryMinutes = 10, SaveOnException = true)]
        public partial class Signals : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Linear(2, 8), Dropout(0.2), Linear(8, 3));

            public Signals() : base(nameof(Signals)) => RegisterComponents();

            public static string TimeSpan => "mine";

            public override Tensor forward(Tensor progress) => layers.call(progress);

            partial void OnEpochBegin(int epoch) => this.train();

            partial void OnStep(long step) => this.train();
        }
        """;

    /// <summary>All of them by name.</summary>
    public const string GradientNoise = Usings + """
        namespace Samples.Blocks;

        [Compile(Optimizer = Optimizer.SGD, Loss = Loss.CrossEntropy)]
        [ClipGradients(Norm = 1)]
        [GradientNoise(Variance = 0.3)]
        public partial class Noisy : Module<Tensor, Tensor>
        {
            private readonly Linear linear = Linear(2, 3);

            public Noisy() : base(nameof(Noisy)) => RegisterComponents();

            public override Tensor forward(Tensor image) => linear.call(image);
        }
        """;

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [nameof(DigitClassifier)] = DigitClassifier,
        [nameof(Minimal)] = Minimal,
        [nameof(BinaryClassifier)] = BinaryClassifier,
        [nameof(Regressor)] = Regressor,
        [nameof(IgnoredTargets)] = IgnoredTargets,
        [nameof(NestedGeneric)] = NestedGeneric,
        [nameof(HostileNames)] = HostileNames,
        [nameof(Keywords)] = Keywords,
        [nameof(TargetInput)] = TargetInput,
        [nameof(GradientNoise)] = GradientNoise,
        [nameof(Hooked)] = Hooked,
        [nameof(OwnedFit)] = OwnedFit,
        [nameof(OwnedOptimizer)] = OwnedOptimizer,
        [nameof(CompiledBase)] = CompiledBase,
        [nameof(CustomMetrics)] = CustomMetrics,
        [nameof(RobustRegressor)] = RobustRegressor,
        [nameof(LogProbabilities)] = LogProbabilities,
        [nameof(Probabilities)] = Probabilities,
        [nameof(Scheduled)] = Scheduled,
        [nameof(Plateau)] = Plateau,
        [nameof(EarlyStopping)] = EarlyStopping,
        [nameof(StopOnNaN)] = StopOnNaN,
        [nameof(DetectAnomaly)] = DetectAnomaly,
        [nameof(OwnSchedule)] = OwnSchedule,
        [nameof(Windows)] = Windows,
        [nameof(AllBlocks)] = AllBlocks,
        [nameof(EpochAverage)] = EpochAverage,
        [nameof(Groups)] = Groups,
        [nameof(FrozenField)] = FrozenField,
        [nameof(ClassWeights)] = ClassWeights,
        [nameof(DividedByWeights)] = DividedByWeights,
        [nameof(SampleWeights)] = SampleWeights,
        [nameof(DividedBySampleWeights)] = DividedBySampleWeights,
        [nameof(WeightedWindows)] = WeightedWindows,
        [nameof(Checkpointed)] = Checkpointed,
        [nameof(SavedOften)] = SavedOften,
    };
}
