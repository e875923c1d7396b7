using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary>Declarations of the hooks. They are called in training only.</summary>
internal static class HooksEmitter
{
    public static void Write(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;

        Declare("OnTrainBegin", "Called once all is set up, before the first epoch.", []);
        Declare("OnEpochBegin", "Called at the start of each epoch, in training mode; epochs count from 1.", [("int", "epoch")]);
        Declare(
            "OnBatch",
            "Called with each batch on the device, after <c>step</c> updates; what is assigned is trained on.",
            [("long", names["step"]), .. names.Tensors.Select(name => ($"ref {context.Tensor}", name))]);
        Declare("OnLoss", "Called with the scalar loss before the backward pass; what is assigned is differentiated.", [("long", "step"), ($"ref {context.Tensor}", "loss")]);
        Declare("OnGradients", "Called after the backward pass, before the update.", [("long", "step")]);
        Declare("OnStep", "Called after the update; <c>step</c> counts the updates before it.", [("long", "step")]);
        Declare("OnEpochEnd", "Called after a complete epoch was evaluated and reported.", [(context.LogType, "log")]);
        Declare("OnTrainEnd", "Called at the end of training, in evaluation mode; not after an exception.", [($"{context.Type("History")}<{context.LogType}>", "history")]);

        void Declare(string name, string summary, IReadOnlyList<(string Type, string Name)> parameters)
        {
            if (Enum.TryParse<Hooks>(name, out var hook) && (context.Spec.ImpossibleHooks & hook) != 0)
            {
                return;
            }

            writer.Blank();
            writer.Doc("summary", summary);
            writer.Parenthesized($"partial void {name}({string.Join(", ", parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"))});");
        }
    }
}
