using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Explaining;

/// <summary>
/// What happens in a training, one thing after the other: the places of the loop in their order, as the skeleton has them,
/// with what its parts say of each.
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
        if (this.context.NeedsValidation)
        {
            this.Event("Without validation data nothing begins: a figure over them is watched.");
        }

        this.Event("The arguments are checked. From here on, whatever is thrown, every module goes back to the mode it had.");
        this.Event($"The model moves to the device: the one that is passed, {Wording.DefaultDevice}. A seed, if one is passed, seeds torch's generator.");
        this.Events(Place.BeforeOptimizer, Place.SetUp, Place.Totals, Place.Resume);
        if (this.context.Progress.IsKept)
        {
            this.Events(Place.Resumed);
        }

        if (this.context.Progress.HasCounter)
        {
            this.Event("The count of updates begins at 0, with each call of Fit.");
        }

        this.Events(Place.TrainBegin);

        this.Part("Each epoch begins");
        this.Event("Progress and callbacks are told of it.");
        this.Event(!this.context.Progress.IsKept
            ? "The model is put into training mode, and the totals of the figures start anew."
            : "The model is put into training mode. The totals of the figures start anew, unless the epoch goes on where it was interrupted.");
        this.Events(Place.TrainMode, Place.EpochBegin, Place.EpochBegun);
    }

    private void Step()
    {
        this.Part(this.context.HasWindows ? $"Each window of {Literal.Of(this.context.BatchesPerUpdate!.Value)} batches" : "Each batch");
        this.Event($"If a callback{BatchesText.Askers(this.context)} asked to stop, the epoch is left here, before the {this.Update}.");
        this.Events(Place.StepBegin);
        if (this.context.HasWindows)
        {
            this.Event("The gradients of the window before are cleared. The last window of an epoch may be shorter.");
            this.Events(Place.WindowBegin);
            this.Batch("For each batch of the window: it moves to the device.");
            this.Event("After the last batch of the window the sums of the gradients are divided by what the losses are averaged over.");
        }
        else
        {
            this.Batch("The batch moves to the device.");
        }

        this.Events(Place.Gradients, Place.Update);
        this.Event("The optimizer updates the weights.");
        this.Events(Place.AfterUpdate);
        if (this.context.Progress.HasCounter)
        {
            this.Event("One more update is counted.");
        }

        this.Events(Place.UpdateEnd);
        if (!this.context.HasWindows)
        {
            this.Record();
        }

        this.Events(Place.StepEnd);
    }

    private void Batch(string first)
    {
        this.Event(first);
        this.Events(Place.Batch);
        if (!this.context.HasWindows)
        {
            this.Event("The gradients of the step before are cleared.");
        }

        this.Event("Forward pass.");
        this.Events(Place.Outputs, Place.Loss, Place.AfterLoss);
        this.Event(this.context.HasWindows ? "Backward pass: the gradients add up over the window." : "Backward pass: the gradient of the loss for every parameter that is trained.");
        this.Events(Place.AfterBackward);
        if (this.context.HasWindows)
        {
            this.Record();
        }
    }

    private void Record()
    {
        this.Events(Place.Record);
        this.Event("Progress and callbacks are told of the batch.");
    }

    private void End()
    {
        this.Part("Each epoch ends");
        this.Events(Place.BatchesEnd);
        this.Event("An epoch that was left early is neither evaluated nor reported, and training ends.");
        this.Events(Place.Interrupted, Place.EpochComplete);
        this.Validation();
        this.Events(Place.Decisions);
        this.Event(!this.context.Progress.IsKept
            ? "The figures are added to the history, shown, and given to the callbacks."
            : "The figures are added to the history.");
        this.Events(Place.Save);
        if (this.context.Progress.IsKept)
        {
            this.Event("The figures are shown, and given to the callbacks.");
        }

        this.Events(Place.EpochEnd);

        this.Part("At the end");
        this.Events(Place.EpochsEnd, Place.End);
        this.Event("The model is left in evaluation mode, on its device.");
        this.Events(Place.TrainEnd);
        this.Event("Callbacks are told that training has ended, and the history is returned, with the reason if training stopped early.");
    }

    private void Validation()
    {
        var whose = this.context.Evaluated is null ? string.Empty : $" with the {this.context.Evaluated} in place of the model's";
        var condition = this.context.NeedsValidation ? string.Empty : "If there are validation data: ";
        var sentence = this.context.Owns(LoopMember.EvaluateBatches)
            ? $"the class's own Evaluate computes figures over the validation data{whose}."
            : $"Evaluate computes {Wording.Figures(this.context)} over the validation data{whose}, in evaluation mode and without gradients.";
        this.Event(condition.Length == 0 ? char.ToUpperInvariant(sentence[0]) + sentence.Substring(1) : condition + sentence);
    }

    private void Part(string title) => this.parts.Add((title, []));

    private void Event(string sentence) => this.parts[this.parts.Count - 1].Sentences.Add(sentence);

    private void Events(params Place[] places) => this.parts[this.parts.Count - 1].Sentences.AddRange(places.SelectMany(this.words.Events));
}
