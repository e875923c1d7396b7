using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Emission;

/// <summary>Declarations of the hooks. They are called in training only.</summary>
internal static class HooksEmitter
{
    private const string StepDocumentation = "Updates made by this call of <c>Fit</c> so far.";

    public static void Write(LoopWriter writer, LoopContext context)
    {
        var names = context.Names;

        Declare("OnTrainBegin", "Called once all is set up, before the first epoch.", []);
        Declare("OnEpochBegin", "Called at the start of each epoch, in training mode.", [("int", "epoch", "The epoch's number, from 1.")]);

        var tensors = names.Tensors
            .Select(name => ($"ref {context.Tensor}", name, "On the device; may be replaced, by an augmented one for instance."));
        Declare(
            "OnBatch",
            "Called with each batch after its move to the device.",
            [("long", names["step"], StepDocumentation), .. tensors]);
        Declare(
            "OnLoss",
            "Called with the loss before the backward pass.",
            [("long", "step", StepDocumentation), ($"ref {context.Tensor}", "loss", "A scalar; may be replaced, to add a penalty for instance.")]);
        Declare("OnGradients", "Called after the backward pass, before the update.", [("long", "step", StepDocumentation)]);
        Declare("OnStep", "Called after the update.", [("long", "step", "Updates made before this one.")]);
        Declare("OnEpochEnd", "Called after a complete epoch was evaluated and reported.", [(context.LogType, "log", "The epoch's figures.")]);
        Declare(
            "OnTrainEnd",
            "Called at the end of training, in evaluation mode; not after an exception.",
            [($"{context.Type("History")}<{context.LogType}>", "history", "The figures of all complete epochs, and why training stopped.")]);

        void Declare(string name, string summary, IReadOnlyList<(string Type, string Name, string Text)> parameters)
        {
            if (Enum.TryParse<Hooks>(name, out var hook) && (context.Spec.ImpossibleHooks & hook) != 0)
            {
                return;
            }

            writer.Blank();
            writer.Doc("summary", summary);
            foreach (var parameter in parameters)
            {
                FitSignature.Param(writer, parameter.Name, parameter.Text);
            }

            writer.Parenthesized($"partial void {name}({string.Join(", ", parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"))});");
        }
    }
}
