using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>Sentences about a model, for headers and documentation.</summary>
internal static class Wording
{
    /// <summary>"AdamW", or whose optimizer it is.</summary>
    public static string Optimizer(LoopContext context)
        => context.Owns(LoopMember.CreateOptimizer) ? "the optimizer of <c>CreateOptimizer</c>" : context.Spec.Optimizer.Title;

    /// <summary>"loss and accuracy", "loss, accuracy and mean squared error".</summary>
    public static string Figures(LoopContext context) => Join(["loss", .. context.Spec.Metrics.Select(metric => metric.Title)]);

    /// <summary>The same with what features report of the training: "loss, accuracy and learning rate".</summary>
    public static string TrainingFigures(LoopContext context)
        => Join(
        [
            "loss",
            .. context.Spec.Metrics.Select(metric => metric.Title),
            .. context.AddedFigures.Select(figure => FigureName.FromMember(figure.Member).Replace('_', ' ')),
        ]);

    private static string Join(string[] names)
        => names.Length == 1
            ? names[0]
            : string.Join(", ", names.Take(names.Length - 1)) + " and " + names[names.Length - 1];

    /// <summary>"image and target", as documentation: each name in <c>&lt;c&gt;</c>.</summary>
    public static string BatchMembers(LoopContext context)
    {
        var names = context.Names.TupleTensors.Select(name => $"<c>{name.TrimStart('@')}</c>").ToArray();
        return string.Join(", ", names.Take(names.Length - 1)) + " and " + names[names.Length - 1];
    }

    /// <summary>The same with what they are, but for the inputs.</summary>
    public static string Batch(LoopContext context)
        => $"{BatchMembers(context)} ({context.Loss.Target}{(context.HasSampleWeights ? $"; weights: {Weights}" : string.Empty)})";

    /// <summary>What weights of samples are.</summary>
    public const string Weights = "one per sample or per target, in the dtype of the output, none below 0";

    /// <summary>"a CUDA GPU if there is one, else the CPU", the default of every <c>device</c>.</summary>
    public const string DefaultDevice = "by default a CUDA GPU if there is one, else the CPU";
}
