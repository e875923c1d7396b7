using System.Text;
using LoopGen.Generators.Emission;
using LoopGen.Generators.Rules;
using LoopGen.Generators.Specs;

namespace LoopGen.Generators.Explaining;

/// <summary>
/// One page on how a model is trained: the places of the loop in their order, as the emitters walk them, with what the
/// blocks say of each.
/// </summary>
internal sealed class ExplanationPage
{
    private const int Width = 100;

    private readonly StringBuilder text = new();
    private readonly LoopContext context;
    private readonly Explanation words;
    private int number;

    private ExplanationPage(LoopContext context)
    {
        this.context = context;
        this.words = Explanation.Of(context);
    }

    private LoopSpec Spec => this.context.Spec;

    private string Update => this.context.HasWindows ? "window" : "batch";

    /// <summary>The page, in lines of 100 characters at most.</summary>
    public static string Of(LoopContext context)
    {
        var page = new ExplanationPage(context);
        page.WriteOrder();
        page.WriteRest();
        return page.text.ToString();
    }

    private void WriteOrder()
    {
        this.text.Append($"How {this.Spec.Type.Name} is trained\n");
        this.Paragraph(AskedFor.InTraining(this.context));

        this.Title("Before the first epoch");
        if (this.Spec.NeedsValidation)
        {
            this.Step("Without validation data nothing begins: a figure over them is watched.");
        }

        this.Step("The arguments are checked. From here on, whatever is thrown, every module goes back to the mode it had.");
        this.Step($"The model moves to the device: the one that is passed, {Wording.DefaultDevice}. A seed, if one is passed, seeds torch's generator.");
        this.Steps(Phase.SetUp, Phase.Totals, Phase.Resume, Phase.TrainBegin);

        this.Title("Each epoch begins");
        this.Step(this.Spec.Checkpoint is null
            ? "The model is put into training mode, and the totals of the figures start anew."
            : "The model is put into training mode. The totals of the figures start anew, unless the epoch goes on where it was interrupted.");
        this.Steps(Phase.TrainMode, Phase.EpochBegin, Phase.EpochBegun);

        this.Title(this.context.HasWindows ? $"Each window of {Literal.Of(this.Spec.AccumulateSteps!.Value)} batches" : "Each batch");
        this.Step($"If a callback or the cancellation token asked to stop, the epoch is left here, before the {this.Update}.");
        this.Steps(Phase.StepBegin);
        if (this.context.HasWindows)
        {
            this.Step("The gradients of the window before are cleared. The last window of an epoch may be shorter.");
            this.Steps(Phase.WindowBegin);
            this.WriteBatch("For each batch of the window: it moves to the device.");
            this.Step("After the last batch of the window the sums of the gradients are divided by what the losses are averaged over.");
        }
        else
        {
            this.WriteBatch("The batch moves to the device.");
        }

        this.Steps(Phase.Gradients, Phase.Update);
        this.Step("The optimizer updates the weights.");
        this.Steps(Phase.AfterUpdate, Phase.UpdateEnd);
        if (!this.context.HasWindows)
        {
            this.Steps(Phase.Record);
        }

        this.Steps(Phase.StepEnd);
        this.Title("Each epoch ends");
        this.Steps(Phase.BatchesEnd);
        this.Step("An epoch that was left early is neither evaluated nor reported, and training ends.");
        this.Steps(Phase.Interrupted, Phase.EpochComplete);
        this.WriteValidation();
        this.Steps(Phase.Decisions);
        this.Step(this.Spec.Checkpoint is null
            ? "The figures are added to the history, shown, and given to the callbacks."
            : "The figures are added to the history.");
        this.Steps(Phase.Save);
        if (this.Spec.Checkpoint is not null)
        {
            this.Step("The figures are shown, and given to the callbacks.");
        }

        this.Steps(Phase.EpochEnd);

        this.Title("At the end");
        this.Steps(Phase.EpochsEnd, Phase.End);
        this.Step("The model is left in evaluation mode, on its device.");
        this.Steps(Phase.TrainEnd);
        this.Step("The history is returned, with the reason if training stopped early.");
    }

    private void WriteBatch(string first)
    {
        this.Step(first);
        this.Steps(Phase.Batch);
        if (!this.context.HasWindows)
        {
            this.Step("The gradients of the step before are cleared.");
        }

        this.Step("Forward pass.");
        this.Steps(Phase.Outputs, Phase.Loss, Phase.AfterLoss);
        this.Step(this.context.HasWindows ? "Backward pass: the gradients add up over the window." : "Backward pass: the gradient of the loss for every parameter that is trained.");
        this.Steps(Phase.AfterBackward);
        if (this.context.HasWindows)
        {
            this.Steps(Phase.Record);
        }
    }

    private void WriteValidation()
    {
        var whose = this.Spec.Average is null ? string.Empty : " with the averaged weights in place of the model's";
        var condition = this.Spec.NeedsValidation ? string.Empty : "If there are validation data: ";
        var sentence = this.context.Owns(LoopMember.EvaluateBatches)
            ? $"the class's own Evaluate computes figures over the validation data{whose}."
            : $"Evaluate computes {Wording.Figures(this.context)} over the validation data{whose}, in evaluation mode and without gradients.";
        this.Step(condition.Length == 0 ? char.ToUpperInvariant(sentence[0]) + sentence.Substring(1) : condition + sentence);
    }

    private void WriteRest()
    {
        foreach (var (title, sentences) in this.words.Sections)
        {
            this.Title(title);
            foreach (var sentence in sentences)
            {
                this.Item(sentence);
            }
        }

        if (this.Spec.OwnedMembers.Count > 0)
        {
            this.Title("What the class has of its own");
            this.Item($"{Phrase.All([.. this.Spec.OwnedMembers.Select(owned => LoopFile.Of(owned.Member).Name).Distinct()])}: of what is declared there, this page tells what LoopGen would write.");
        }
    }

    private void Title(string title)
    {
        this.text.Append('\n').Append(title).Append('\n');
        this.number = 0;
    }

    private void Steps(params Phase[] phases)
    {
        foreach (var sentence in phases.SelectMany(this.words.Events))
        {
            this.Step(sentence);
        }
    }

    private void Step(string sentence) => this.Wrapped($"{++this.number,4}. ", sentence);

    private void Item(string sentence) => this.Wrapped("   - ", sentence);

    private void Paragraph(string sentence) => this.Wrapped("   ", sentence);

    private void Wrapped(string prefix, string sentence)
    {
        var line = prefix;
        foreach (var word in sentence.Split(' '))
        {
            if (line.Length > prefix.Length && line.Length + word.Length >= Width)
            {
                this.text.Append(line.TrimEnd()).Append('\n');
                line = new string(' ', prefix.Length);
            }

            line += word + " ";
        }

        this.text.Append(line.TrimEnd()).Append('\n');
    }
}
