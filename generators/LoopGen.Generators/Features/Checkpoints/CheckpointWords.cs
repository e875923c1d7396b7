using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features.Checkpoints;

/// <summary>What <see cref="CheckpointFeature"/> does, in words.</summary>
internal static class CheckpointWords
{
    /// <summary>What the header says of it; defaults go without saying.</summary>
    public static IEnumerable<string> Details(CheckpointFeature checkpoint, LoopSpec spec)
    {
        if (checkpoint.KeepLast != CheckpointRules.DefaultKeepLast)
        {
            yield return $"the last {Literal.Of(checkpoint.KeepLast)} kept";
        }

        if (checkpoint.EveryEpochs > 1)
        {
            yield return $"every {Literal.Of(checkpoint.EveryEpochs)} epochs";
        }

        if (checkpoint.EverySteps is { } steps)
        {
            yield return $"every {Literal.Of(steps)} updates";
        }

        if (checkpoint.EveryMinutes is { } minutes)
        {
            yield return $"every {Literal.Plain(minutes)} minutes";
        }

        if (checkpoint.Best is { } best)
        {
            yield return $"{(best.Count == 1 ? "the best" : $"the best {Literal.Of(best.Count)}")} by {best.Figure}";
            foreach (var direction in best.Monitor.Direction(spec))
            {
                yield return direction;
            }

            yield return $"named {string.Concat(best.FileName.Select(part => part.ToString()))}";
        }

        if (checkpoint.SavesOnException)
        {
            yield return "after an exception, too";
        }
    }

    /// <summary>The page.</summary>
    public static void Explain(CheckpointFeature checkpoint, Explanation page, LoopContext context)
    {
        page.At(Place.Resume, "The folder of the checkpoints is taken, and if asked the whole state comes back: from the newest whole file, or the one that is named. One of another training is refused with all that differs.");
        page.At(Place.Resumed, "Ctrl-C and SIGTERM from now on stop as a cancellation does; the handlers are gone when Fit returns.");
        page.At(Place.StepBegin, "torch's generator is seeded by the seed and the number of the step.");
        page.At(context.HasWindows ? Place.UpdateEnd : Place.Record, "The step is complete: a training that is resumed goes on after it.");
        if (checkpoint.EverySteps is not null || checkpoint.EveryMinutes is not null)
        {
            page.At(Place.StepEnd, $"The state is saved {WhenDue(checkpoint)}.");
        }

        page.At(Place.Interrupted, "Of such an epoch the state is saved, as it is at that place.");
        if (checkpoint.Best is { } best)
        {
            page.At(Place.Decisions, $"If {best.Figure} is {(best.Count == 1 ? "the best so far" : $"among the {Literal.Of(best.Count)} best so far")}, the {context.EvaluatedWeights} are saved as a file of their own.");
        }

        page.At(Place.Save, checkpoint.EveryEpochs == 1
            ? "The state is saved."
            : $"The state is saved, after every {Literal.Of(checkpoint.EveryEpochs)} epochs and after the last one.");
        if (checkpoint.EveryEpochs > 1)
        {
            page.At(Place.EpochsEnd, "The state is saved if something has happened since the last time.");
        }

        page.WaitsFor("Saving reads the whole state.");
        page.Saves($"The state, as last-*.safetensors in {Literal.Of(checkpoint.Folder)} or the folder that Fit is given; the last {Literal.Of(checkpoint.KeepLast)} are kept.");
        var state = context.Features.SelectMany(feature => feature.State(context)).Select(part => part.Name.Replace('_', ' '));
        page.Saves($"It holds {Phrase.All(["model", "optimizer", .. state, "the totals of the running epoch", "the history", "the order of the batches", "the place (epoch, step, batch)", "the seed"])}.");
        if (checkpoint.Best is { } files)
        {
            page.Saves($"The best weights by {files.Figure}, as {string.Concat(files.FileName.Select(part => part.ToString()))}.safetensors; the best {(files.Count == 1 ? "one is" : $"{Literal.Of(files.Count)} are")} kept.");
        }

        if (checkpoint.SavesOnException)
        {
            page.Saves("After an exception the state as it was left, as failed-*.safetensors.");
        }

        page.Attribute("Checkpoint", "saves the state of the training, puts it back on resume, and seeds each step.");
    }

    private static string WhenDue(CheckpointFeature checkpoint)
        => Phrase.Either(
        [
            .. checkpoint.EverySteps is { } steps ? new[] { steps == 1 ? "after each update" : $"after every {Literal.Of(steps)} updates" } : [],
            .. checkpoint.EveryMinutes is { } minutes ? new[] { $"{(minutes == 1 ? "a minute" : $"{Literal.Plain(minutes)} minutes")} after the last time" } : [],
        ]);
}
