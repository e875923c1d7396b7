using LoopGen.Generators.Explaining;
using LoopGen.Tool.Projects;

namespace LoopGen.Tool.Commands;

/// <summary><c>loopgen explain Model</c>.</summary>
internal static class ExplainCommand
{
    public static int Run(ProjectModel model, TextWriter output)
    {
        output.Write(ExplanationPage.Of(model.Emitted.Context));
        return ExitCodes.Success;
    }
}
