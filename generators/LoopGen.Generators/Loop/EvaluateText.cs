using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary><c>X.Evaluate.g.cs</c>: the training loop's batch without backward pass and update.</summary>
internal static class EvaluateText
{
    public static LoopWriter WriteFile(LoopContext context)
    {
        var name = context.Spec.Type.Name;
        var header = new FileHeader(
            [FileHeader.WrittenFrom(FileHeader.EvaluationLoop, name)],
            AskedFor.InEvaluation(context),
            FileHeader.OnceDeclared(name, "an Evaluate"));

        return FileFrame.Write(context, header, lines =>
        {
            if (!context.Owns(LoopMember.EvaluateBatches))
            {
                Write(lines);
            }

            if (!context.Owns(LoopMember.EvaluateTensors))
            {
                WriteTensors(lines);
            }

            if (!context.Owns(LoopMember.EvaluateDataLoader))
            {
                WriteLoader(lines, "DataLoader");
            }

            if (!context.Owns(LoopMember.EvaluateIterableDataLoader))
            {
                WriteLoader(lines, "IterableDataLoader");
            }
        });
    }

    /// <summary>The parameters behind the data, without what a method of the class's own has dropped.</summary>
    public static string[] CommonParameters(LoopContext context, LoopMember member)
    {
        (string Name, string Parameter)[] all =
        [
            (context.Text($"@device"), context.Text($"{context.Device}? @device = null")),
            (context.Text($"@cancellationToken"), context.Text($"@CancellationToken @cancellationToken = default")),
        ];
        return [.. all.Where(pair => context.Has(member, pair.Name)).Select(pair => pair.Parameter)];
    }

    /// <summary><c>return new Scores(Loss: meanLoss.Compute(), …)</c>.</summary>
    public static void WriteScores(Lines lines)
    {
        string[] figures = [.. lines.Context.Figures.Select(figure => $"{figure.Member}: {figure.Total}.Compute()")];
        lines.Add($"return new {lines.Context.ScoresType}({figures});");
    }

    // The parameter is called as in Fit, so that an error about it is right for callers of either.
    private static void Write(Lines lines)
    {
        var context = lines.Context;
        string[] parameters = [context.Text($"@IEnumerable<{context.BatchType}> @validationBatches"), .. CommonParameters(context, LoopMember.EvaluateBatches)];
        lines.Add($$"""
            /// <summary>Computes {{Wording.Figures(context)}} in evaluation mode, without gradients.</summary>
            /// <param name="@validationBatches">Batches of {{Wording.BatchMembers(context)}}.</param>
            /// <param name="@device">Where to evaluate; {{Wording.DefaultDevice}}.</param>
            /// <param name="@cancellationToken">Ends the evaluation with an <c>OperationCanceledException</c>.</param>
            /// <returns>Averages over all samples.</returns>
            {{() => Signature.Write(lines, context.ScoresType, "Evaluate", parameters)}}
            {
                @device ??= @torch.cuda.is_available() ? @torch.CUDA : @torch.CPU;
                this.to(@device);

                {{() => LossSetUp.Write(LoopKind.Evaluation, lines)}}

                {{() => TotalsText.Write(lines)}}

                {{() => ModeText.WriteEvaluation(lines, () => WriteBatches(lines))}}
            }
            """);
    }

    private static void WriteBatches(Lines lines) => lines.Add($$"""
        foreach (var ({{string.Join(", ", lines.Context.Names.HostTensors)}}) in @Batches.Checked(@validationBatches))
        {
            @cancellationToken.ThrowIfCancellationRequested();

            // Frees every tensor made below when the batch ends.
            using var @batchScope = @torch.NewDisposeScope();

            {{() => BatchesText.WriteMove(lines)}}

            {{() => StepText.WriteForwardAndLoss(LoopKind.Evaluation, lines)}}

            // Add to the totals on the device, without waiting for it.
            {{() => TotalsText.WriteUpdate(LoopKind.Evaluation, lines)}}
        }

        {{() => WriteScores(lines)}}
        """);

    private static void WriteTensors(Lines lines)
    {
        var context = lines.Context;
        string[] parameters = [.. context.Names.Tensors.Select(tensor => $"{context.Tensor} {tensor}"), context.Text($"int @batchSize = 32"), .. CommonParameters(context, LoopMember.EvaluateBatches)];
        string[] samples = [.. context.Names.Tensors, context.Text($"@batchSize"), "shuffle: false"];
        lines.Add($$"""

            /// <summary>Computes {{Wording.Figures(context)}} over whole tensors.</summary>
            {{() => WriteInheritance(lines)}}
            {{() => Signature.WriteOverload(lines, context.ScoresType, "Evaluate", parameters)}}
            {
                var @validationBatches = @Batches.FromTensors({{samples}});
                {{() => WriteCall(lines)}}
            }
            """);
    }

    private static void WriteLoader(Lines lines, string loaderType)
    {
        var context = lines.Context;
        string[] parameters = [context.Text($"{context.Type(loaderType)} @loader"), .. CommonParameters(context, LoopMember.EvaluateBatches)];
        lines.Add($$"""

            /// <summary>Computes {{Wording.Figures(context)}} over a TorchSharp <c>{{loaderType}}</c>.</summary>
            {{() => Signature.WriteOverload(lines, context.ScoresType, "Evaluate", parameters)}}
            {
                var @validationBatches = {{LoaderLines.Convert(context, loaderType, context.Text($"@loader"))}};
                {{() => WriteCall(lines)}}
            }
            """);
    }

    private static void WriteCall(Lines lines)
    {
        var context = lines.Context;
        var arguments = context.ArgumentsFor(
            LoopMember.EvaluateBatches,
            context.Text($"@validationBatches"),
            context.Text($"@device"),
            context.Text($"@cancellationToken"));
        lines.Add($"return this.Evaluate({string.Join(", ", arguments)});");
    }

    private static void WriteInheritance(Lines lines)
        => FitSignature.WriteInheritance(
            lines,
            LoopMember.EvaluateBatches,
            context => context.Text($"{FitSignature.Batches(context)}, {context.Device}, @CancellationToken"));
}
