using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Hooks;

/// <summary>The hooks: declared in every model, called where the class implements them; a loop without has no trace of them.</summary>
/// <param name="Implemented">Those that the class implements.</param>
/// <param name="Impossible">Those that cannot be declared, because the class has something else of their name.</param>
internal sealed record HooksFeature(Hook Implemented, Hook Impossible) : Feature
{
    public static readonly FeatureKind OfHooks = new(HookReading.Read);

    // Where each is called, and what it may do there.
    private static readonly (Hook Hook, Place Place, string Sentence)[] Places =
    [
        (Hook.OnTrainBegin, Place.TrainBegin, "Your OnTrainBegin is called."),
        (Hook.OnEpochBegin, Place.EpochBegun, "Your OnEpochBegin is called."),
        (Hook.OnBatch, Place.Batch, "Your OnBatch is called: what it assigns is trained on."),
        (Hook.OnLoss, Place.AfterLoss, "Your OnLoss is called: what it assigns is differentiated."),
        (Hook.OnGradients, Place.Gradients, "Your OnGradients is called: what it does to the gradients counts."),
        (Hook.OnStep, Place.AfterUpdate, "Your OnStep is called."),
        (Hook.OnEpochEnd, Place.EpochEnd, "Your OnEpochEnd is called."),
        (Hook.OnTrainEnd, Place.TrainEnd, "Your OnTrainEnd is called."),
    ];

    public override FeatureKind Kind => OfHooks;

    public override bool IsArithmetic => false;

    // Some are told the number of updates made.
    public override bool CountsUpdates => this.Calls(Hook.OnBatch | Hook.OnLoss | Hook.OnGradients | Hook.OnStep);

    public override bool ChangesBatches => this.Calls(Hook.OnBatch);

    public override IReadOnlyList<string> Words(LoopSpec spec) => this.Implemented == Hook.None ? [] : [$"hooks ({this.Implemented})"];

    public override void Write(Place place, Lines lines)
    {
        switch (place)
        {
            case Place.TrainBegin:
                lines.Add($"{this.Calls(Hook.OnTrainBegin)}this.OnTrainBegin();");
                break;

            case Place.EpochBegun:
                lines.Add($"{this.Calls(Hook.OnEpochBegin)}this.OnEpochBegin(@epoch);");
                break;

            case Place.Batch:
                var members = string.Concat(lines.Context.Names.Tensors.Select(name => $", ref {name}"));
                lines.Add($"{this.Calls(Hook.OnBatch)}this.OnBatch(@step{members});");
                break;

            case Place.AfterLoss:
                lines.Add($"{this.Calls(Hook.OnLoss)}this.OnLoss(@step, ref @loss);");
                break;

            case Place.Gradients when this.Calls(Hook.OnGradients):
                lines.Add($$"""

                    this.OnGradients(@step);
                    """);
                break;

            case Place.AfterUpdate:
                lines.Add($"{this.Calls(Hook.OnStep)}this.OnStep(@step);");
                break;

            case Place.EpochEnd:
                lines.Add($"{this.Calls(Hook.OnEpochEnd)}this.OnEpochEnd(@log);");
                break;

            case Place.TrainEnd when this.Calls(Hook.OnTrainEnd):
                lines.Add($$"""

                    // A wish to stop that came when every epoch was made stopped nothing.
                    @history.StopReason = @history.Count < @epochs ? @run.StopReason : null;
                    this.OnTrainEnd(@history);
                    """);
                break;

            case Place.TypeMembers:
                HookDeclarations.Write(lines, this.Impossible);
                break;
        }
    }

    public override void Explain(Explanation page, LoopContext context)
    {
        foreach (var (hook, place, sentence) in Places)
        {
            if (this.Calls(hook))
            {
                page.At(place, sentence);
            }
        }
    }

    private bool Calls(Hook hook) => (this.Implemented & hook) != 0;
}
