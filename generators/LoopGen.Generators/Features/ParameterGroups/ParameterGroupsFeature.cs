using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.ParameterGroups;

/// <summary>
/// <c>[LearningRate]</c> and <c>[Frozen]</c> on fields, and <c>[Compile(DecayExclude = true)]</c>: weights that are trained
/// in their own way, or not at all. The groups are part of the optimizer, which writes them.
/// </summary>
/// <param name="Fields">Fields with a learning rate of their own, then frozen ones.</param>
/// <param name="ExcludesVectors">Whether parameters of fewer than two dimensions have no weight decay.</param>
internal sealed record ParameterGroupsFeature(EquatableArray<FieldGroup> Fields, bool ExcludesVectors) : Feature
{
    public static readonly FeatureKind OfGroups = new(Read)
    {
        Locals = [("parameter", "frozenParameter"), ("rest", "restOfParameters")],
        Types = [("Parameters", KnownNames.Namespace)],
    };

    public override FeatureKind Kind => OfGroups;

    public override EquatableArray<FieldGroup> FieldGroups => this.Fields;

    public override bool ExcludesVectorsFromDecay => this.ExcludesVectors;

    private IEnumerable<FieldGroup> Frozen => this.Fields.Where(group => group.Factor is null);

    public override IReadOnlyList<string> Words(LoopSpec spec) =>
    [
        .. this.ExcludesVectors ? ["no decay of vectors"] : (string[])[],
        .. this.Fields.Select(group => group.Factor is { } factor ? $"{group.Title} at {Literal.Plain(factor.Value)} of the learning rate" : $"{group.Title} frozen"),
    ];

    public override void Write(Place place, Lines lines)
    {
        switch (place)
        {
            case Place.BeforeOptimizer or Place.SingleSetUp when this.Frozen.Any():
                lines.Add($"// Frozen: these weights get no gradient, now and after Fit.");
                foreach (var group in this.Frozen)
                {
                    WriteFreeze(group, lines);
                }

                lines.Writer.Blank();
                break;

            case Place.TrainMode or Place.SingleTrainMode when this.Frozen.Any(group => group.IsModule):
                lines.Add($"// What is frozen stays in evaluation mode: no dropout, statistics that stand still.");
                foreach (var group in this.Frozen.Where(group => group.IsModule))
                {
                    lines.Add($"{group.Field}.eval();");
                }

                break;
        }
    }

    public override void Explain(Explanation page, LoopContext context)
    {
        if (this.ExcludesVectors && !context.Owns(LoopMember.CreateOptimizer))
        {
            page.Attribute($"{KnownNames.Compile}({KnownNames.DecayExcludeProperty} = true)", "parameters of fewer than two dimensions have no weight decay.");
        }

        foreach (var group in this.Fields.Where(group => group.Factor is not null && !context.Owns(LoopMember.CreateOptimizer)))
        {
            page.Attribute(KnownNames.LearningRateProperty, $"{group.Title} learns at {Literal.Plain(group.Factor!.Value)} of the learning rate, as a parameter group of its own.");
        }

        string[] frozen = [.. this.Frozen.Select(group => group.Title)];
        string[] modules = [.. this.Frozen.Where(group => group.IsModule).Select(group => group.Title)];
        if (frozen.Length == 0)
        {
            return;
        }

        page.At(Place.BeforeOptimizer, $"The weights in {Phrase.All(frozen)} are frozen: they get no gradient, now and after Fit.");
        if (modules.Length > 0)
        {
            page.At(Place.TrainMode, $"But {Phrase.All(modules)} stays in evaluation mode: no dropout, statistics that stand still.");
        }

        page.Attribute(KnownNames.Frozen, $"the weights in {Phrase.All(frozen)} stay as they are.");
    }

    private static void WriteFreeze(FieldGroup group, Lines lines)
    {
        if (!group.IsModule)
        {
            lines.Add($"{group.Field}.requires_grad = false;");
            return;
        }

        lines.Add($$"""
            foreach (var @parameter in {{group.Field}}.parameters())
            {
                @parameter.requires_grad = false;
            }
            """);
    }

    private static ParameterGroupsFeature? Read(FeatureReading reading)
    {
        var fields = FieldGroupParser.Parse(reading.Type, reading.Cancellation);
        var excludesVectors = CompileParser.Argument(reading.Compile, KnownNames.DecayExcludeProperty)?.Value is true;
        return fields.Count > 0 || excludesVectors ? new ParameterGroupsFeature(fields, excludesVectors) : null;
    }
}
