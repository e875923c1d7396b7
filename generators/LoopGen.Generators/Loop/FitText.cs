using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>
/// <c>X.Fit.g.cs</c>: the training loop, top to bottom as it is emitted. <c>@x</c> is a name of ours, a hole alone on its
/// line a place for features or a part of the method.
/// </summary>
internal static class FitText
{
    public static LoopWriter WriteFile(LoopContext context) => FileFrame.Write(context, HeaderOf(context), lines =>
    {
        if (!context.Owns(LoopMember.FitBatches))
        {
            Write(lines);
        }

        FitOverloadsText.Write(lines);
        lines.Add($$"""{{Place.FitMembers}}""");
    });

    private static void Write(Lines lines)
    {
        var fit = new FitParts(lines);
        lines.Add($$"""
            {{fit.Documentation}}
            {{fit.Signature}}
            {
                {{fit.NeedOfValidation}}
                // Progress, callbacks, stopping. On an exception, every module goes back to the mode it had.
                using var @run = @TrainingRun.Start({{fit.RunArguments}});

                @device ??= @torch.cuda.is_available() ? @torch.CUDA : @torch.CPU;
                this.to(@device);
                @Randomness.SeedIfGiven(@seed);
                {{fit.RateCheck}}

                {{Place.BeforeOptimizer}}
                {{fit.Optimizer}}
                {{fit.LossFunction}}
                {{Place.SetUp}}

                {{fit.Totals}}
                {{Place.Totals}}

                var @history = new @History<{{fit.LogType}}>();
                {{Place.Resume}}
                {{fit.CountsUpdates}}var @step = 0L;
                {{Place.TrainBegin}}

                {{Region.Epochs}}
                for (var @epoch = {{fit.FirstEpoch}}; @epoch <= @epochs && !@run.IsStopped; @epoch++)
                {
                    @run.BeginEpoch(@epoch{{fit.Position}});
                    this.train();
                    {{Place.TrainMode}}
                    {{fit.Resets}}
                    {{Place.EpochBegun}}
                    var @isComplete = true;

                    {{fit.Batches}}
                    {{Place.BatchesEnd}}

                    // An incomplete epoch is not reported{{fit.ButKept}}.
                    if (!@isComplete)
                    {
                        {{Place.Interrupted}}
                        break;
                    }

                    {{Place.EpochComplete}}
                    {{fit.Validation}}

                    var @log = new {{fit.LogType}}(
                        {{fit.TrainingFigures}},
                        {{fit.ValidationFigures}});
                    {{Place.Decisions}}

                    @history.Add(@log);
                    {{Place.Save}}
                    @run.EndEpoch(@log);
                    {{Place.EpochEnd}}
                }

                {{Region.EndOfEpochs}}
                {{Place.EpochsEnd}}

                {{Place.End}}
                this.eval();
                {{Place.TrainEnd}}
                return @run.End(@history);
            }
            """);
    }

    private static FileHeader HeaderOf(LoopContext context)
    {
        var name = context.Spec.Type.Name;
        return context.Owns(LoopMember.FitBatches)
            ? new FileHeader(
                [
                    $"{FileHeader.Wrote} these overloads of {name}.Fit. They make batches of other sources and call the Fit that",
                    $"{name} declares itself.",
                ],
                null,
                [])
            : new FileHeader(
                [FileHeader.WrittenFrom(FileHeader.TrainingLoop, name)],
                AskedFor.InTraining(context),
                [.. OwnOptimizer(context), .. FileHeader.OrdinaryCode(name)]);
    }

    // What the attribute says of the optimizer is said above all the same: by that one is told when it changes.
    private static string[] OwnOptimizer(LoopContext context)
        => context.Owns(LoopMember.CreateOptimizer) ? [$"The optimizer is not that one: {context.Spec.Type.Name} has a CreateOptimizer of its own."] : [];
}
