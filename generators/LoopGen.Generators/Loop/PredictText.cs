using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary><c>X.Predict.g.cs</c>: forward passes only, joined in order.</summary>
internal static class PredictText
{
    public static LoopWriter WriteFile(LoopContext context)
    {
        var name = context.Spec.Type.Name;
        var header = new FileHeader([$"{FileHeader.Wrote} this prediction loop for {name}."], null, FileHeader.OnceDeclared(name, "a Predict"));

        return FileFrame.Write(context, header, lines =>
        {
            if (!context.Owns(LoopMember.PredictBatches))
            {
                WriteBatches(lines);
            }

            if (!context.Owns(LoopMember.PredictTensors))
            {
                WriteTensor(lines);
            }

            if (!context.Owns(LoopMember.PredictEach))
            {
                WriteEach(lines);
            }
        });
    }

    private static void WriteBatches(Lines lines)
    {
        var context = lines.Context;
        var tensor = context.Tensor;
        string[] parameters = [context.Text($"@IEnumerable<{tensor}> @batches"), .. EvaluateText.CommonParameters(context, LoopMember.PredictBatches)];
        lines.Add($$"""
            /// <summary>Computes the outputs in evaluation mode, without gradients.</summary>
            /// <param name="@batches">Batches of <c>{{new DocName(context.Names.TupleInputs[0])}}</c>.</param>
            /// <param name="@device">Where to compute; {{Wording.DefaultDevice}}.</param>
            /// <param name="@cancellationToken">Ends the prediction with an <c>OperationCanceledException</c>.</param>
            /// <returns>The outputs of all samples in order, on the CPU, in the caller's dispose scope.</returns>
            {{() => Signature.Write(lines, tensor, "Predict", parameters)}}
            {
                @device ??= @torch.cuda.is_available() ? @torch.CUDA : @torch.CPU;
                this.to(@device);

                var @outputs = new @List<{{tensor}}>();

                {{() => ModeText.WriteEvaluation(lines, () => WriteForward(lines), () => WriteCleanUp(lines))}}
            }
            """);
    }

    private static void WriteForward(Lines lines)
    {
        var input = lines.Context.Names.Inputs[0];
        var host = lines.Context.Names.HostInputs[0];
        lines.Add($$"""
            foreach (var {{host}} in @Batches.Checked(@batches))
            {
                @cancellationToken.ThrowIfCancellationRequested();

                // Frees every tensor made below when the batch ends.
                using var @batchScope = @torch.NewDisposeScope();

                var {{input}} = {{MoveText.Of(host, lines.Context)}};
                var @output = this.call({{input}});

                // Keep the output beyond its batch, on the CPU.
                @outputs.Add(@output.cpu().DetachFromDisposeScope());
            }

            return @torch.cat(@outputs);
            """);
    }

    private static void WriteCleanUp(Lines lines) => lines.Add($$"""
        foreach (var @output in @outputs)
        {
            @output.Dispose();
        }

        """);

    private static void WriteTensor(Lines lines)
    {
        var context = lines.Context;
        var input = context.Names.Inputs[0];
        string[] parameters = [$"{context.Tensor} {input}", context.Text($"int @batchSize = 32"), .. EvaluateText.CommonParameters(context, LoopMember.PredictBatches)];
        var arguments = context.ArgumentsFor(
            LoopMember.PredictBatches,
            context.Text($"@batches"),
            context.Text($"@device"),
            context.Text($"@cancellationToken"));
        lines.Add($$"""

            /// <summary>Computes the outputs for a whole tensor.</summary>
            {{() => WriteInheritance(lines)}}
            {{() => Signature.WriteOverload(lines, context.Tensor, "Predict", parameters)}}
            {
                var @batches = @Batches.FromTensor({{input}}, @batchSize);
                return this.Predict({{string.Join(", ", arguments)}});
            }
            """);
    }

    // The modes are put back before each yield: what happens between two batches is the caller's.
    private static void WriteEach(Lines lines)
    {
        var context = lines.Context;
        string[] parameters = [context.Text($"@IEnumerable<{context.Tensor}> @batches"), .. EvaluateText.CommonParameters(context, LoopMember.PredictEach)];
        lines.Add($$"""

            /// <summary>Computes the outputs batch by batch, on the device, as they are asked for.</summary>
            {{() => WriteInheritance(lines)}}
            {{() => Signature.WriteOverload(lines, context.Text($"@IEnumerable<{context.Tensor}>"), "PredictEach", parameters)}}
            {
                @device ??= @torch.cuda.is_available() ? @torch.CUDA : @torch.CPU;
                this.to(@device);

                foreach (var {{context.Names.HostInputs[0]}} in @Batches.Checked(@batches))
                {
                    @cancellationToken.ThrowIfCancellationRequested();
                    {{context.Tensor}} @output;

                    {{() => ModeText.WriteEvaluation(lines, () => WriteForwardOfOne(lines))}}

                    yield return @output;
                }
            }
            """);
    }

    private static void WriteForwardOfOne(Lines lines)
    {
        var input = lines.Context.Names.Inputs[0];
        lines.Add($$"""
            // Frees every tensor made below when the batch ends, but for the output.
            using var @batchScope = @torch.NewDisposeScope();
            var {{input}} = {{MoveText.Of(lines.Context.Names.HostInputs[0], lines.Context)}};
            @output = this.call({{input}}).MoveToOuterDisposeScope();
            """);
    }

    private static void WriteInheritance(Lines lines)
        => FitSignature.WriteInheritance(
            lines,
            LoopMember.PredictBatches,
            context => context.Text($"@IEnumerable{{{context.Tensor}}}, {context.Device}, @CancellationToken"));
}
