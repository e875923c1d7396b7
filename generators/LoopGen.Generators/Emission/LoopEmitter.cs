using LoopGen.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Emission;

/// <summary>Adds the five files of one model.</summary>
internal static class LoopEmitter
{
    public static void Emit(SourceProductionContext output, LoopSpec? spec, EquatableArray<string> clashes, EquatableArray<NeighbourSpec> neighbours)
    {
        if (spec is null)
        {
            return;
        }

        var hint = HintNames.Resolve(spec.Type.HintName, clashes);
        var context = new LoopContext(spec, neighbours);

        Add("Fit", FitEmitter.Write(context), LoopMember.FitBatches, LoopMember.FitTensors, LoopMember.FitDataLoader, LoopMember.FitIterableDataLoader);
        Add(
            "Evaluate",
            EvaluateEmitter.Write(context),
            LoopMember.EvaluateBatches,
            LoopMember.EvaluateTensors,
            LoopMember.EvaluateDataLoader,
            LoopMember.EvaluateIterableDataLoader);
        Add("Predict", PredictEmitter.Write(context), LoopMember.PredictBatches, LoopMember.PredictTensors, LoopMember.PredictEach);
        Add("Batch", BatchEmitter.Write(context), LoopMember.CreateOptimizer, LoopMember.TrainOnBatch, LoopMember.TestOnBatch);
        output.AddSource($"{hint}.Types.g.cs", TypesEmitter.Write(context).ToSourceText());

        void Add(string file, LoopWriter writer, params LoopMember[] members)
        {
            // A file whose members all belong to the class would be empty.
            if (!members.All(context.Owns))
            {
                output.AddSource($"{hint}.{file}.g.cs", writer.ToSourceText());
            }
        }
    }
}
