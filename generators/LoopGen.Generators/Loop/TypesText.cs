using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary><c>X.Types.g.cs</c>: the records that figures are reported in, and what features add.</summary>
internal static class TypesText
{
    public static LoopWriter WriteFile(LoopContext context)
    {
        var name = context.Spec.Type.Name;
        var header = new FileHeader(
            [
                $"{FileHeader.Wrote} these types from the attributes on {name}: the figures of an epoch and of an evaluation,",
                "and the hooks. A hook is called where the class implements it and costs nothing elsewhere.",
            ],
            null,
            []);

        return FileFrame.Write(context, header, Write);
    }

    private static void Write(Lines lines)
    {
        var context = lines.Context;
        var hides = context.Spec.Type.HidesBase ? "new " : string.Empty;
        string[] scores = [.. context.Figures.Select(figure => $"double {figure.Member}")];
        lines.Add($$"""
            /// <summary>The figures of an epoch's training, and, after it, of its validation (null without).</summary>
            {{Signature.Mark(context)}}
            public {{hides}}sealed record {{context.LogType}}(
                {{() => WriteMembers(lines)}}
            {
                /// <inheritdoc/>
                public @IReadOnlyList<(string Name, double? Value)> Figures =>
                [
                    {{() => WriteFigures(lines)}}
                ];
                {{Place.LogMembers}}
            }

            /// <summary>The figures of one evaluation, over all its samples.</summary>
            {{Signature.Mark(context)}}
            public {{hides}}sealed record {{context.ScoresType}}({{scores}});
            {{Place.TypeMembers}}
            """);
    }

    private static void WriteMembers(Lines lines)
    {
        lines.Add($"int Epoch,");
        foreach (var member in Trained(lines.Context))
        {
            lines.Add($"double {member},");
        }

        string[] validated = [.. Validated(lines.Context)];
        for (var i = 0; i < validated.Length; i++)
        {
            lines.Add($"double? {validated[i]}{(i < validated.Length - 1 ? "," : lines.Context.Text($") : @IEpochLog"))}");
        }
    }

    private static void WriteFigures(Lines lines)
    {
        foreach (var figure in Trained(lines.Context).Concat(Validated(lines.Context)))
        {
            lines.Add($"({Literal.Of(FigureName.FromMember(figure))}, this.{figure}),");
        }
    }

    private static IEnumerable<string> Trained(LoopContext context)
        => context.Figures.Select(figure => figure.Member).Concat(context.AddedFigures.Select(figure => figure.Member));

    private static IEnumerable<string> Validated(LoopContext context) => context.Figures.Select(figure => "Val" + figure.Member);
}
