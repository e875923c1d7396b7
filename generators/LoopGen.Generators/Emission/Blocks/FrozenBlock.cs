using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission.Blocks;

/// <summary>Fields whose weights stay as they are.</summary>
internal sealed class FrozenBlock : ILoopBlock
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
