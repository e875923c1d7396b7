using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>A body that runs in another mode and puts every module back in its own.</summary>
internal static class ModeText
{
    /// <summary>Evaluation mode and no gradients.</summary>
    public static void WriteEvaluation(Lines lines, Action body, Action? cleanUp = null) => lines.Add($$"""
        // Remember the mode of every module, to put it back whatever happens.
        var @modes = @ModuleModes.Capture(this);
        try
        {
            this.eval();
            using var @noGrad = @torch.no_grad();

            {{body}}
        }
        finally
        {
            {{() => cleanUp?.Invoke()}}
            @modes.Restore();
        }
        """);

    /// <summary>Training mode.</summary>
    public static void WriteTraining(Lines lines, Action body) => lines.Add($$"""
        // Remember the mode of every module, to put it back whatever happens.
        var @modes = @ModuleModes.Capture(this);
        try
        {
            this.train();
            {{Place.SingleTrainMode}}
            {{body}}
        }
        finally
        {
            @modes.Restore();
        }
        """);
}
