namespace LoopGen.Generators.Model;

/// <summary>The activations that a loss applies itself, so that a model must not end with one.</summary>
/// <param name="Loss">Name of the loss.</param>
/// <param name="Functions">TorchSharp's functions and methods of tensors.</param>
/// <param name="Modules">The factories of TorchSharp's modules.</param>
internal sealed record ActivationRule(string Loss, string[] Functions, string[] Modules)
{
    private static readonly ActivationRule[] Rules =
    [
        new(LossCatalog.CrossEntropy, ["softmax", "log_softmax"], ["Softmax", "Softmax2d", "LogSoftmax"]),
        new(LossCatalog.BCEWithLogits, ["sigmoid", "sigmoid_", "expit"], ["Sigmoid"]),
    ];

    /// <summary>The rule of a loss, or null if it takes what a model gives.</summary>
    public static ActivationRule? For(string loss) => Array.Find(Rules, rule => rule.Loss == loss);

    /// <summary>Whether a name is that of one of them.</summary>
    public bool Names(string name) => Array.IndexOf(this.Functions, name) >= 0 || Array.IndexOf(this.Modules, name) >= 0;
}
