using LoopGen.Generators.Emission;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Explaining;

/// <summary>
/// What happens in a training, one thing after the other: the places of the loop in their order, as the emitters walk them,
/// with what the blocks say of each.
/// </summary>
internal sealed class OrderOfEvents
{
    private readonly List<(string Title, List<string> Sentences)> parts = [];
    private readonly LoopContext context;
    private readonly Explanation words;

    private OrderOfEvents(LoopContext context, Explanation words)
    {
        this.context = context;
        this.words = words;
    }

    private LoopSpec Spec => this.context.Spec;

    private string Update => this.context.HasWindows ? "window" : "batch";

    /// <summary>The parts of a training, from what is before its first epoch to its end, each with its events.</summary>
    public static IReadOnlyList<(string Title, List<string> Sentences)> Of(LoopContext context, Explanation words)
    {
        var order = new OrderOfEvents(context, words);
        order.Begin();
        order.Step();
        order.End();
        return order.parts;
    }

    private void Begin()
    {
        this.Part("Before the first epoch");
        if (this.Spec.NeedsValidation)
        {
            this.Event("Without validation data nothing begins: a figure over them is watched.");
        }

        this.Event("The arguments are checked. From here on, whatever is thrown, every module goes back to the mode it had.");
        this.Event($"The model moves to the device: the one that is passed, {Wording.DefaultDevice}. A seed, if one is passed, seeds torch's generator.");
        this.Events(Phase.SetUp, Phase.Totals, Phase.Resume, Phase.TrainBegin);

        this.Part("Each epoch begins");
        this.Event("Progress and callbacks are told of it.");
        this.Event(this.Spec.Checkpoint is null
            ? "The model is put into training mode, and the totals of the figures start anew."
            : "The model is put into training mode. The totals of the figures start anew, unless the epoch goes on where it was interrupted.");
        this.Events(Phase.TrainMode, Phase.EpochBegin, Phase.EpochBegun);
    }

    private void Step()
    {
        this.Part(this.context.HasWindows ? $"Each window of {Literal.Of(this.Spec.AccumulateSteps!.Value)} batches" : "Each batch");
        this.Event($"If a callback{(this.Spec.Checkpoint is null ? " or the cancellation token" : ", the cancellation token or a signal")} asked to stop, the epoch is left here, before the {this.Update}.");
        this.Events(Phase.StepBegin);
        if (this.context.HasWindows)
        {
            this.Event("The gradients of the window before are cleared. The last window of an epoch may be shorter.");
            this.Events(Phase.WindowBegin);
            this.Batch("For each batch of the window: it moves to the device.");
            this.Event("After the last batch of the window the sums of the gradients are divided by what the losses are averaged over.");
        }
        else
        {
            this.Batch("The batch moves to the device.");
        }

        this.Events(Phase.Gradients, Phase.Update);
        this.Event("The optimizer updates the weights.");
        this.Events(Phase.AfterUpdate, Phase.UpdateEnd);
        if (!this.context.HasWindows)
        {
            this.Record();
        }

        this.Events(Phase.StepEnd);
    }

    private void Batch(string first)
    {
        this.Event(first);
        this.Events(Phase.Batch);
        if (!this.context.HasWindows)
        {
            this.Event("The gradients of the step before are cleared.");
        }

        this.Event("Forward pass.");
        this.Events(Phase.Outputs, Phase.Loss, Phase.AfterLoss);
        this.Event(this.context.HasWindows ? "Backward pass: the gradients add up over the window." : "Backward pass: the gradient of the loss for every parameter that is trained.");
        this.Events(Phase.AfterBackward);
        if (this.context.HasWindows)
        {
            this.Record();
        }
    }

    private void Record()
    {
        this.Events(Phase.Record);
        this.Event("Progress and callbacks are told of the batch.");
    }

    private void End()
    {
        this.Part("Each epoch ends");
        this.Events(Phase.BatchesEnd);
        this.Event("An epoch that was left early is neither evaluated nor reported, and training ends.");
        this.Events(Phase.Interrupted, Phase.EpochComplete);
        this.Validation();
        this.Events(Phase.Decisions);
        this.Event(this.Spec.Checkpoint is null
            ? "The figures are added to the history, shown, and given to the callbacks."
            : "The figures are added to the history.");
        this.Events(Phase.Save);
        if (this.Spec.Checkpoint is not null)
        {
            this.Event("The figures are shown, and given to the callbacks.");
        }

        this.Events(Phase.EpochEnd);

        this.Part("At the end");
        this.Events(Phase.EpochsEnd, Phase.End);
        this.Event("The model is left in evaluation mode, on its device.");
        this.Events(Phase.TrainEnd);
        this.Event("Callbacks are told that training has ended, and the history is returned, with the reason if training stopped early.");
    }

    private void Validation()
    {
        var whose = this.Spec.Average is null ? string.Empty : " with the averaged weights in place of the model's";
        var condition = this.Spec.NeedsValidation ? string.Empty : "If there are validation data: ";
        var sentence = this.context.Owns(LoopMember.EvaluateBatches)
            ? $"the class's own Evaluate computes figures over the validation data{whose}."
            : $"Evaluate computes {Wording.Figures(this.context)} over the validation data{whose}, in evaluation mode and without gradients.";
        this.Event(condition.Length == 0 ? char.ToUpperInvariant(sentence[0]) + sentence.Substring(1) : condition + sentence);
    }

    private void Part(string title) => this.parts.Add((title, []));

    private void Event(string sentence) => this.parts[this.parts.Count - 1].Sentences.Add(sentence);

    private void Events(params Phase[] phases) => this.parts[this.parts.Count - 1].Sentences.AddRange(phases.SelectMany(this.words.Events));
}
