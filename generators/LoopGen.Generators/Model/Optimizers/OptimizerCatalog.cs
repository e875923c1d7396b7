using static LoopGen.Generators.Model.NumberRange;

namespace LoopGen.Generators.Model;

/// <summary>
/// The optimizers. Names are TorchSharp's (a test reads them from its metadata), defaults PyTorch's: TorchSharp's own
/// AdamW, for one, decays by 0 where PyTorch's decays by 0.01, so every number is written into the loop.
/// </summary>
internal static class OptimizerCatalog
{
    private static readonly ParameterRow Beta1 = new("Beta1", "beta1", 0.9, BelowOne);
    private static readonly ParameterRow Beta2 = new("Beta2", "beta2", 0.999, BelowOne);
    private static readonly ParameterRow Epsilon = new("Epsilon", "eps", 1e-8, NotNegative);
    private static readonly ParameterRow WeightDecay = new("WeightDecay", "weight_decay", 0, NotNegative);
    private static readonly ParameterRow Momentum = new("Momentum", "momentum", 0, NotNegative);
    private static readonly FlagRow AmsGrad = new("AmsGrad", "amsgrad");
    private static readonly FlagRow Maximize = new("Maximize", "maximize");

    public static readonly OptimizerRow[] Rows =
    [
        new(
            0,
            "AdamW",
            "AdamW",
            "\"adamw\"",
            new("LearningRate", "lr", 1e-3, Positive),
            [Beta1, Beta2, Epsilon, new(WeightDecay.Property, WeightDecay.TorchName, 0.01, WeightDecay.Range)],
            [AmsGrad, Maximize]),
        new(
            1,
            "Adam",
            "Adam",
            "\"adam\"",
            new("LearningRate", "lr", 1e-3, Positive),
            [Beta1, Beta2, Epsilon, WeightDecay],
            [AmsGrad, Maximize]),
        new(
            2,
            "SGD",
            "SGD",
            "\"sgd\"",
            new("LearningRate", "learningRate", 1e-3, Positive),
            [Momentum, new("Dampening", "dampening", 0, BelowOne), WeightDecay],
            [new("Nesterov", "nesterov"), Maximize]),
        new(
            3,
            "RMSprop",
            "RMSProp",
            "\"rmsprop\"",
            new("LearningRate", "lr", 1e-2, Positive),
            [new("Alpha", "alpha", 0.99, BelowOne), Epsilon, WeightDecay, Momentum],
            [new("Centered", "centered"), Maximize]),
    ];

    public static OptimizerRow Default => Rows[0];

    // A loop, because a lambda over the value is an object, and this is asked at every key press.
    public static OptimizerRow? Find(int value)
    {
        foreach (var row in Rows)
        {
            if (row.Value == value)
            {
                return row;
            }
        }

        return null;
    }
}
