using LoopGen.Generators.Loop;
using LoopGen.Tool.Projects;

namespace LoopGen.Tool.Commands;

/// <summary><c>loopgen show Model [Fit …]</c>.</summary>
internal static class ShowCommand
{
    public static int Run(ProjectModel model, LoopFile[] files, TextWriter output)
    {
        var texts = Array.ConvertAll(files, file => model.Emitted.TextOf(file) ?? throw Owned(model, file));
        output.Write(string.Join('\n', texts));
        return ExitCodes.Success;
    }

    private static ToolException Owned(ProjectModel model, LoopFile file)
    {
        var places = model.Owned.Where(pair => file.Members.Contains(pair.Member)).Select(pair => model.PlaceOf(pair.Method)).Distinct();
        return new ToolException(
            $"LoopGen writes no {file.Title} for {model.FullName}, which has its own: {string.Join(", ", places)}. See 'loopgen diff {model.Name}'.");
    }
}
