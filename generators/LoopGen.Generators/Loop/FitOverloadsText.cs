using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>The overloads of <c>Fit</c> for other sources of data. They make batches and call the one loop there is.</summary>
internal static class FitOverloadsText
{
    public static void Write(Lines lines)
    {
        var context = lines.Context;
        var members = Wording.BatchMembers(context);
        var weights = context.HasSampleWeights ? ", for weights also <c>sample_weight</c>" : string.Empty;
        if (!context.Owns(LoopMember.FitTensors))
        {
            WriteTensors(lines);
        }

        if (!context.Owns(LoopMember.FitDataLoader))
        {
            WriteLoader(lines, "DataLoader", $"Its keys: {members}, or <c>data</c> and <c>label</c>{weights}.");
        }

        if (!context.Owns(LoopMember.FitIterableDataLoader))
        {
            WriteLoader(lines, "IterableDataLoader", $"Its lists: {members}.");
        }
    }

    private static void WriteTensors(Lines lines)
    {
        var context = lines.Context;
        var names = context.Names;
        string[] parameters =
        [
            .. names.Tensors.Select(tensor => $"{context.Tensor} {tensor}"),
            context.Text($"int @epochs = 1"),
            context.Text($"int @batchSize = 32"),
            context.Text($"{context.BatchType}? @validation = null"),
            context.Text($"double @validationSplit = 0.0"),
            context.Text($"bool @shuffle = true"),
            .. FitSignature.Common(context),
        ];
        string[] samples = [.. names.Tensors, context.Text($"@batchSize"), context.Text($"@shuffle"), context.Text($"@seed")];
        var held = new Choice(
            context.Text($"@validation is ({string.Join(", ", names.ValidationTensors.Select(tensor => "var " + tensor))})"),
            context.Text($"@Batches.FromTensors({string.Join(", ", names.ValidationTensors)}, @batchSize, shuffle: false)"),
            context.Text($"@heldOutBatches"));
        lines.Add($$"""

            /// <summary>Trains on whole tensors, gathered into batches on their device. Without <paramref name="@validation"/> the last <paramref name="@validationSplit"/> of the samples is held out, as in Keras.</summary>
            {{() => FitSignature.WriteInheritance(lines, LoopMember.FitBatches, FitSignature.Types)}}
            {{() => WriteSignature(lines, parameters)}}
            {
                // Without validation data the last samples are held out, before any shuffling.
                var @samples = @Batches.FromTensors({{samples}});
                var (@trainBatches, @heldOutBatches) = @samples.Split(@validation is null ? @validationSplit : 0.0);
                var @validationBatches = {{held}};

                return this.Fit({{FitSignature.Arguments(context)}});
            }
            """);
    }

    private static void WriteLoader(Lines lines, string loaderType, string members)
    {
        var context = lines.Context;
        var type = context.Type(loaderType);
        string[] parameters =
        [
            context.Text($"{type} @trainLoader"),
            context.Text($"int @epochs = 1"),
            context.Text($"{type}? @validationLoader = null"),
            .. FitSignature.Common(context),
        ];
        var validation = new Choice(
            context.Text($"@validationLoader is null"),
            "null",
            LoaderLines.Convert(context, loaderType, context.Text($"@validationLoader")));
        lines.Add($$"""

            /// <summary>Trains on a TorchSharp <c>{{loaderType}}</c>. {{members}}</summary>
            {{() => WriteSignature(lines, parameters)}}
            {
                var @trainBatches = {{LoaderLines.Convert(context, loaderType, context.Text($"@trainLoader"))}};
                var @validationBatches = {{validation}};

                return this.Fit({{FitSignature.Arguments(context)}});
            }
            """);
    }

    private static void WriteSignature(Lines lines, IReadOnlyList<string> parameters)
        => Signature.WriteOverload(lines, lines.Context.Text($"@History<{lines.Context.LogType}>"), "Fit", parameters);
}
