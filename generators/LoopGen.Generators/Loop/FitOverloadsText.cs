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
        var isValidated = FitSignature.Validates(context);
        string[] validation = isValidated ? [context.Text($"{context.BatchType}? @validation = null"), context.Text($"double @validationSplit = 0.0")] : [];
        string[] parameters =
        [
            .. names.Tensors.Select(tensor => $"{context.Tensor} {tensor}"),
            .. FitSignature.Epochs(context),
            context.Text($"int @batchSize = 32"),
            .. validation,
            context.Text($"bool @shuffle = true"),
            .. FitSignature.Common(context, context.Text($"bool @dropLast = false")),
        ];
        var heldOut = context.Text($"Without <paramref name=\"@validation\"/> the last <paramref name=\"@validationSplit\"/> of the samples is held out, as in Keras.");
        lines.Add($$"""

            /// <summary>Trains on whole tensors, gathered into batches on their device.{{(isValidated ? $" {heldOut}" : string.Empty)}}</summary>
            {{() => FitSignature.WriteInheritance(lines, LoopMember.FitBatches, FitSignature.Types)}}
            {{() => WriteSignature(lines, parameters)}}
            {
                {{() => WriteSources(lines, isValidated)}}

                return this.Fit({{FitSignature.Arguments(context)}});
            }
            """);
    }

    private static void WriteSources(Lines lines, bool isValidated)
    {
        var context = lines.Context;
        string[] seed = context.Has(LoopMember.FitBatches, context.Text($"@seed")) ? [context.Text($"@seed")] : [];
        string[] samples = [.. context.Names.Tensors, context.Text($"@batchSize"), context.Text($"@shuffle"), .. seed, seed.Length > 0 ? context.Text($"@dropLast") : context.Text($"dropLast: @dropLast")];
        if (!isValidated)
        {
            lines.Add($$"""var @trainBatches = @Batches.FromTensors({{samples}});""");
            return;
        }

        var validation = new Choice(
            context.Text($"@validation is ({string.Join(", ", context.Names.ValidationTensors.Select(tensor => "var " + tensor))})"),
            context.Text($"@Batches.FromTensors({string.Join(", ", context.Names.ValidationTensors)}, @batchSize, shuffle: false)"),
            context.Text($"@heldOutBatches"));
        lines.Add($$"""
            // Without validation data the last samples are held out, before any shuffling.
            var @samples = @Batches.FromTensors({{samples}});
            var (@trainBatches, @heldOutBatches) = @samples.Split(@validation is null ? @validationSplit : 0.0);
            var @validationBatches = {{validation}};
            """);
    }

    private static void WriteLoader(Lines lines, string loaderType, string members)
    {
        var context = lines.Context;
        var type = context.Type(loaderType);
        var isValidated = FitSignature.Validates(context);
        string[] validation = isValidated ? [context.Text($"{type}? @validationLoader = null")] : [];
        string[] parameters = [context.Text($"{type} @trainLoader"), .. FitSignature.Epochs(context), .. validation, .. FitSignature.Common(context)];
        var validated = new Choice(
            context.Text($"@validationLoader is null"),
            "null",
            LoaderLines.Convert(context, loaderType, context.Text($"@validationLoader")));
        lines.Add($$"""

            /// <summary>Trains on a TorchSharp <c>{{loaderType}}</c>. {{members}}</summary>
            {{() => WriteSignature(lines, parameters)}}
            {
                var @trainBatches = {{LoaderLines.Convert(context, loaderType, context.Text($"@trainLoader"))}};
                {{isValidated}}var @validationBatches = {{validated}};

                return this.Fit({{FitSignature.Arguments(context)}});
            }
            """);
    }

    private static void WriteSignature(Lines lines, IReadOnlyList<string> parameters)
        => Signature.WriteOverload(lines, lines.Context.Text($"@History<{lines.Context.LogType}>"), "Fit", parameters);
}
