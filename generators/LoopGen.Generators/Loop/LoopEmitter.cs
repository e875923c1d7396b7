using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Loop;

/// <summary>Adds the files of one model.</summary>
internal static class LoopEmitter
{
    public static void Emit(SourceProductionContext output, LoopSpec? spec, EquatableArray<string> clashes, EquatableArray<NeighbourSpec> neighbours)
    {
        if (spec is null)
        {
            return;
        }

        var model = HintNames.Resolve(spec.Type.HintName, clashes);
        var context = new LoopContext(spec, neighbours);
        foreach (var file in LoopFile.All)
        {
            if (file.IsNeeded(spec))
            {
                output.AddSource(file.HintFor(model), file.Write(context).ToSourceText());
            }
        }
    }
}
