using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>
/// What the attributes of a model ask for, in one sentence that leaves nothing out: it stands in the header of what was
/// written from it, and tells later whether the attributes have changed since. Defaults go without saying.
/// </summary>
internal static class AskedFor
{
    /// <summary>"AdamW (learning rate 0.001, weight decay 0.01), cross-entropy, accuracy; hooks (OnStep)."</summary>
    public static string InTraining(LoopContext context)
        => $"{Sentence(context, [.. Arithmetic(context.Spec), .. Surroundings(context.Spec)])}.";

    /// <summary>The same without what may change before a training is resumed: hooks, checks, where and when the state is saved.</summary>
    public static string Settings(LoopContext context) => Sentence(context, [.. Arithmetic(context.Spec)]);

    /// <summary>"cross-entropy, accuracy."</summary>
    public static string InEvaluation(LoopContext context) => $"{string.Join(", ", Figures(context))}.";

    private static string Sentence(LoopContext context, string[] blocks)
    {
        var optimizer = context.Spec.Optimizer;
        var words = WithDetails(optimizer.Title, [optimizer.LearningRate.Words, .. Given(optimizer.Numbers), .. optimizer.Flags]);
        return $"{words}, {string.Join(", ", Figures(context))}{(blocks.Length == 0 ? string.Empty : "; ")}{string.Join(", ", blocks)}";
    }

    private static IEnumerable<string> Figures(LoopContext context)
        => context.Spec.Metrics
            .Select(metric => WithDetails(metric.Title, MetricDetails(metric)))
            .Prepend(WithDetails(context.Loss.Title, LossDetails(context.Spec.Losses[0], context.HasSampleWeights)));

    private static string[] LossDetails(LossSpec loss, bool hasSampleWeights)
    {
        List<string> details = [.. Given(loss.Numbers), .. Given(loss.ConstructorNumbers)];
        if (loss.IgnoreIndex is { } index)
        {
            details.Add($"ignored index {Literal.Of(index)}");
        }

        if (loss.ClassWeights.Count > 0)
        {
            details.Add($"class weights {ClassWeights(loss.ClassWeights)}");
        }

        if (hasSampleWeights)
        {
            details.Add("weights of samples");
        }

        if (loss.DividesByWeights)
        {
            details.Add("divided by the sum of the weights");
        }

        return [.. details];
    }

    // The weights of a thousand classes would drown the rest.
    private static string ClassWeights(EquatableArray<double> weights)
        => weights.Count <= 10
            ? string.Join("/", weights.Select(Literal.Plain))
            : $"of {Literal.Of(weights.Count)} classes that sum to {Literal.Plain(weights.Sum())}";

    // What the title does not say: of which kind a renamed metric is.
    private static string[] MetricDetails(MetricSpec metric) => metric.Source switch
    {
        MetricSource.Method => [$"method {metric.Call!.Replace("this.", string.Empty)}"],
        MetricSource.Type => [metric.TypeName.Replace("global::", string.Empty)],
        _ when metric.Arguments.Any(argument => argument.Name == "name")
            => [metric.TypeName, .. metric.Arguments.Where(argument => argument.Name == "k").Select(argument => $"k {argument.Literal}")],
        _ => [],
    };

    // What the loop has beside the five steps and decides what is learned.
    private static IEnumerable<string> Arithmetic(LoopSpec spec) => Words(spec, isArithmetic: true);

    // What it has around that.
    private static IEnumerable<string> Surroundings(LoopSpec spec) => Words(spec, isArithmetic: false);

    private static IEnumerable<string> Words(LoopSpec spec, bool isArithmetic)
        => spec.Features.Where(feature => feature.IsArithmetic == isArithmetic).SelectMany(feature => feature.Words(spec));

    private static string WithDetails(string title, string[] details)
        => details.Length == 0 ? title : $"{title} ({string.Join(", ", details)})";

    private static IEnumerable<string> Given(IEnumerable<NumberSpec> numbers)
        => numbers.Where(number => number.IsGiven).Select(number => number.Words);
}
