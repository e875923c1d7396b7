using LoopGen.Generators.Emission.Blocks;

namespace LoopGen.Generators.Emission;

/// <summary>A body that runs in another mode and puts every module back in its own.</summary>
internal static class ModeLines
{
    /// <summary>Evaluation mode and no gradients.</summary>
    public static void WriteEvaluation(LoopWriter writer, LoopContext context, Action writeBody, Action? writeCleanUp = null)
        => Write(
            writer,
            context,
            () =>
            {
                writer.Line("this.eval();");
                writer.Line($"using var {context.Names["noGrad"]} = {context.Torch}.no_grad();");
                writer.Blank();
                writeBody();
            },
            writeCleanUp);

    /// <summary>Training mode.</summary>
    public static void WriteTraining(LoopWriter writer, LoopContext context, Action writeBody)
        => Write(
            writer,
            context,
            () =>
            {
                writer.Line("this.train();");
                LoopBlocks.Write(Phase.TrainMode, LoopKind.SingleStep, writer, context);
                writeBody();
            },
            writeCleanUp: null);

    private static void Write(LoopWriter writer, LoopContext context, Action writeBody, Action? writeCleanUp)
    {
        var modes = context.Names["modes"];
        writer.Comment("Remember the mode of every module, to put it back whatever happens.");
        writer.Line($"var {modes} = {context.Type("ModuleModes")}.Capture(this);");
        using (writer.Block("try"))
        {
            writeBody();
        }

        using (writer.Block("finally"))
        {
            writeCleanUp?.Invoke();
            writer.Line($"{modes}.Restore();");
        }
    }
}
