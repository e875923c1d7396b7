using LoopGen.Generators.Emission.Blocks;

namespace LoopGen.Generators.Emission;

/// <summary><c>X.Types.g.cs</c>: the records that figures are reported in, and the hooks.</summary>
internal static class TypesEmitter
{
    private static readonly string[] UsedTypes = ["GeneratedCode", "IReadOnlyList", "torch"];

    public static LoopWriter Write(LoopContext context)
    {
        var name = context.Spec.Type.Name;
        var header = new FileHeader(
            [
                $"{FileHeader.Wrote} these types from the attributes on {name}: the figures of an epoch and of an evaluation,",
                "and the hooks. A hook is called where the class implements it and costs nothing elsewhere.",
            ],
            null,
            []);

        string[] read = context.Spec.Checkpoint is null ? [] : ["IReadOnlyDictionary"];
        return FileFrame.Write(context, header, [.. UsedTypes, .. read], writer =>
        {
            WriteEpochLog(writer, context);
            writer.Blank();
            WriteScores(writer, context);
            HooksEmitter.Write(writer, context);
        });
    }

    private static string[] Members(LoopContext context) => ["Loss", .. context.Spec.Metrics.Select(metric => metric.Member)];

    private static void WriteEpochLog(LoopWriter writer, LoopContext context)
    {
        var members = Members(context);
        writer.Doc("summary", "The figures of an epoch's training, and, after it, of its validation (null without).");
        var blockFigures = LoopBlocks.Figures(context);
        CommonLines.WriteMark(writer, context);
        writer.Line($"public {New(context)}sealed record {context.LogType}(");
        using (writer.Indented())
        {
            writer.Line("int Epoch,");
            foreach (var member in members.Concat(blockFigures.Select(figure => figure.Member)))
            {
                writer.Line($"double {member},");
            }

            for (var i = 0; i < members.Length; i++)
            {
                writer.Line($"double? Val{members[i]}{(i == members.Length - 1 ? $") : {context.Type("IEpochLog")}" : ",")}");
            }
        }

        using (writer.Block(string.Empty))
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public {context.Type("IReadOnlyList")}<(string Name, double? Value)> Figures =>");
            writer.Line("[");
            using (writer.Indented())
            {
                string[] figures = [.. members, .. blockFigures.Select(figure => figure.Member), .. members.Select(member => "Val" + member)];
                foreach (var figure in figures)
                {
                    writer.Line($"({Literal.Of(FigureName.FromMember(figure))}, this.{figure}),");
                }
            }

            writer.Line("];");
            if (context.Spec.Checkpoint is not null)
            {
                writer.Blank();
                WriteRead(writer, context, [.. members, .. blockFigures.Select(figure => figure.Member)], members);
            }
        }
    }

    // A person would let a serializer do it, which needs reflection.
    private static void WriteRead(LoopWriter writer, LoopContext context, string[] training, string[] validated)
    {
        writer.Doc("summary", "The figures of an epoch as a checkpoint has them.");
        writer.Line($"internal static {context.LogType} Read(int epoch, {context.Type("IReadOnlyDictionary")}<string, double?> figures) =>");
        using (writer.Indented())
        {
            string[] arguments =
            [
                "epoch",
                .. training.Select(member => $"{member}: figures[{Literal.Of(FigureName.FromMember(member))}]!.Value"),
                .. validated.Select(member => $"Val{member}: figures[{Literal.Of(FigureName.FromMember("Val" + member))}]"),
            ];
            writer.List("new(", arguments, ");");
        }
    }

    private static void WriteScores(LoopWriter writer, LoopContext context)
    {
        var members = Members(context);
        writer.Doc("summary", "The figures of one evaluation, over all its samples.");
        CommonLines.WriteMark(writer, context);
        writer.List($"public {New(context)}sealed record {context.ScoresType}(", members.Select(member => $"double {member}").ToArray(), ");");
    }

    private static string New(LoopContext context) => context.Spec.Type.HidesBase ? "new " : string.Empty;
}
