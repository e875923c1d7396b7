using System.Text;
using LoopGen.Generators.Loop;
using LoopGen.Generators.TakingOver;
using LoopGen.Tool.Projects;

namespace LoopGen.Tool.Commands;

/// <summary><c>loopgen eject Model [Fit …]</c>: the one command that writes something.</summary>
internal static class EjectCommand
{
    public static int Run(LoopProject project, ProjectModel model, LoopFile[] files, bool overwrites, TextWriter output)
    {
        // All of them or none: what cannot be is found before anything is written.
        var planned = Array.ConvertAll(files, file => Plan(project, model, file, overwrites));
        foreach (var (path, text) in planned)
        {
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            output.WriteLine($"wrote {project.Relative(path)}");
        }

        output.WriteLine($"{model.FullName} has its own {string.Join(", ", files.Select(file => file.Title))} now: change what you like.");
        return ExitCodes.Success;
    }

    private static (string Path, string Text) Plan(LoopProject project, ProjectModel model, LoopFile file, bool overwrites)
    {
        var path = Path.Combine(Path.GetDirectoryName(model.Path)!, $"{model.Name}.{file.Name}.cs");
        if (File.Exists(path) && !overwrites)
        {
            throw new ToolException($"{project.Relative(path)} is there already: --force overwrites it, and what was changed in it is lost.");
        }

        // What stands in the file to be overwritten is written anew; what the class declares elsewhere stays its own.
        var replaced = model.Owned.Where(pair => pair.Method.SyntaxTree.FilePath == path).Select(pair => pair.Member).ToHashSet();
        var text = model.Emitted.WithoutOwned(owned => replaced.Contains(owned.Member)).TextOf(file)
            ?? throw new ToolException(
                $"{model.FullName} has its own {file.Title} already: {string.Join(", ", model.Owned.Where(pair => file.Members.Contains(pair.Member)).Select(pair => model.PlaceOf(pair.Method)))}.");
        return (path, OwnedText.From(text, OwnedText.NewLineOf(File.ReadAllText(model.Path))));
    }
}
