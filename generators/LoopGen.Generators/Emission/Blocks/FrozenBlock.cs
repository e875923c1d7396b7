using LoopGen.Generators.Explaining;
using LoopGen.Generators.Rules;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>Fields whose weights stay as they are.</summary>
internal sealed class FrozenBlock : IExplainedBlock
{
    public void Write(Phase phase, LoopKind kind, LoopWriter writer, LoopContext context)
    {
        var frozen = context.Spec.FieldGroups.Where(group => group.Factor is null).ToArray();
        if (frozen.Length == 0 || kind is not (LoopKind.Training or LoopKind.SingleStep))
        {
            return;
        }

        switch (phase)
        {
            case Phase.SetUp:
                writer.Comment("Frozen: these weights get no gradient, now and after Fit.");
                foreach (var group in frozen)
                {
                    WriteFreeze(group, writer, context.Names["parameter"]);
                }

                writer.Blank();
                break;

            case Phase.TrainMode when frozen.Any(group => group.IsModule):
                writer.Comment("What is frozen stays in evaluation mode: no dropout, statistics that stand still.");
                foreach (var group in frozen.Where(group => group.IsModule))
                {
                    writer.Line($"{group.Field}.eval();");
                }

                break;
        }
    }

    public void Explain(Explanation page, LoopContext context)
    {
        string[] frozen = [.. context.Spec.FieldGroups.Where(group => group.Factor is null).Select(Name)];
        string[] modules = [.. context.Spec.FieldGroups.Where(group => group.Factor is null && group.IsModule).Select(Name)];
        if (frozen.Length == 0)
        {
            return;
        }

        page.At(Phase.SetUp, $"The weights in {Phrase.All(frozen)} are frozen: they get no gradient, now and after Fit.");
        if (modules.Length > 0)
        {
            page.At(Phase.TrainMode, $"But {Phrase.All(modules)} stays in evaluation mode: no dropout, statistics that stand still.");
        }

        page.Attribute(KnownNames.Frozen, $"the weights in {Phrase.All(frozen)} stay as they are.");
    }

    private static string Name(FieldGroupSpec group) => group.Field.Replace("this.", string.Empty);

    private static void WriteFreeze(FieldGroupSpec group, LoopWriter writer, string parameter)
    {
        if (!group.IsModule)
        {
            writer.Line($"{group.Field}.requires_grad = false;");
            return;
        }

        using (writer.Block($"foreach (var {parameter} in {group.Field}.parameters())"))
        {
            writer.Line($"{parameter}.requires_grad = false;");
        }
    }
}
