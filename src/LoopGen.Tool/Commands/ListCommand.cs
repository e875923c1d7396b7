using LoopGen.Generators.Loop;
using LoopGen.Tool.Projects;

namespace LoopGen.Tool.Commands;

/// <summary><c>loopgen list</c>.</summary>
internal static class ListCommand
{
    public static async Task<int> RunAsync(LoopProject project, TextWriter output, CancellationToken cancellation)
    {
        foreach (var model in project.Models)
        {
            output.WriteLine($"{model.FullName}  {model.Place}");
            output.WriteLine($"  {AskedFor.InTraining(model.Emitted.Context)}");
            foreach (var (_, method) in model.Owned)
            {
                output.WriteLine($"  has its own {method.Identifier.ValueText}: {model.PlaceOf(method)}");
            }
        }

        foreach (var problem in await project.ProblemsAsync(cancellation))
        {
            var place = problem.Location.GetLineSpan();
            output.WriteLine($"{project.Relative(place.Path)}:{place.StartLinePosition.Line + 1}  no loop ({problem.Id})");
            output.WriteLine($"  {problem.GetMessage()}.");
        }

        if (project.Models.Count == 0)
        {
            output.WriteLine($"{project.Settings.Name} has no model: no class in it has a loop written by LoopGen.");
        }

        return ExitCodes.Success;
    }
}
