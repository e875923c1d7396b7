using System.CommandLine;
using LoopGen.Generators.Loop;
using LoopGen.Tool.Commands;
using LoopGen.Tool.Projects;

namespace LoopGen.Tool;

/// <summary>The command line: what can be asked for, and what is done then.</summary>
internal static class LoopGenCommand
{
    private static readonly string[] AllFiles = [.. LoopFile.All.Select(file => file.Name)];

    /// <summary>Runs a command line; what goes wrong is said on <paramref name="error"/>.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, string? folder = null)
    {
        var parsed = Create(folder ?? Directory.GetCurrentDirectory()).Parse(arguments);
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });

        // System.CommandLine says 1 of a mistake on the command line, which is what diff says of a difference.
        return parsed.Errors.Count > 0 ? ExitCodes.Refused : exitCode;
    }

    private static RootCommand Create(string folder)
    {
        var project = new Option<string?>("--project")
        {
            Description = "The project file or its folder; without it, the project of the current folder",
            HelpName = "PATH",
            Recursive = true,
        };
        var configuration = new Option<string?>("--configuration", "-c")
        {
            Description = "The configuration to read the project in",
            HelpName = "NAME",
            Recursive = true,
        };
        var framework = new Option<string?>("--framework", "-f")
        {
            Description = "The target framework to read, where the project has several",
            HelpName = "NAME",
            Recursive = true,
        };

        return new RootCommand("Shows, explains, takes over and compares the training loops that LoopGen writes into a project.")
        {
            project,
            configuration,
            framework,
            CreateList(Read),
            CreateShow(Read),
            CreateExplain(Read),
            CreateEject(Read),
            CreateDiff(Read),
        };

        Task<LoopProject> Read(ParseResult arguments, CancellationToken cancellation)
            => ProjectReader.ReadAsync(
                new ProjectSettings(
                    ProjectFile.Find(arguments.GetValue(project), folder),
                    arguments.GetValue(configuration),
                    arguments.GetValue(framework)),
                arguments.InvocationConfiguration.Error,
                cancellation);
    }

    private static Command CreateList(Func<ParseResult, CancellationToken, Task<LoopProject>> read)
    {
        var command = new Command("list", "The models of the project, what they are trained with, and what they have taken over");
        Act(command, read, (_, loops, output, cancellation) => ListCommand.RunAsync(loops, output, cancellation));
        return command;
    }

    private static Command CreateShow(Func<ParseResult, CancellationToken, Task<LoopProject>> read)
    {
        var model = Model();
        var files = Files(AllFiles);
        var command = new Command("show", "What LoopGen writes for a model") { model, files };
        ActOnModel(command, model, read, (arguments, _, found, output) => ShowCommand.Run(found, FilesOf(arguments, files), output));
        return command;
    }

    private static Command CreateExplain(Func<ParseResult, CancellationToken, Task<LoopProject>> read)
    {
        var model = Model();
        var command = new Command("explain", "How a model is trained, in plain words") { model };
        ActOnModel(command, model, read, (_, _, found, output) => ExplainCommand.Run(found, output));
        return command;
    }

    private static Command CreateEject(Func<ParseResult, CancellationToken, Task<LoopProject>> read)
    {
        var model = Model();
        var files = Files([.. LoopFile.All.Where(file => file.Members.Length > 0).Select(file => file.Name)]);
        var force = new Option<bool>("--force") { Description = "Overwrite a file that is there, and with it what was changed in it" };
        var command = new Command("eject", "Makes an emitted file one of the project's own, beside the class") { model, files, force };
        ActOnModel(command, model, read, (arguments, loops, found, output) => EjectCommand.Run(loops, found, FilesOf(arguments, files), arguments.GetValue(force), output));
        return command;
    }

    private static Command CreateDiff(Func<ParseResult, CancellationToken, Task<LoopProject>> read)
    {
        var model = Model();
        var command = new Command("diff", "How methods of one's own differ from what LoopGen would write now; ends with 1 if they do") { model };
        ActOnModel(command, model, read, (_, _, found, output) => DiffCommand.Run(found, output));
        return command;
    }

    private static Argument<string> Model() => new("model") { Description = "The model's class, with its namespace or without" };

    private static Argument<string[]> Files(string[] names)
    {
        var files = new Argument<string[]>("files")
        {
            Description = $"{string.Join(", ", names)}; without any, Fit",
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "file",
        };
        files.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, names);
        return files;
    }

    private static LoopFile[] FilesOf(ParseResult arguments, Argument<string[]> files)
    {
        var names = arguments.GetValue(files) is { Length: > 0 } given ? given : ["Fit"];
        return [.. LoopFile.All.Where(file => names.Contains(file.Name, StringComparer.OrdinalIgnoreCase))];
    }

    private static void ActOnModel(
        Command command,
        Argument<string> model,
        Func<ParseResult, CancellationToken, Task<LoopProject>> read,
        Func<ParseResult, LoopProject, ProjectModel, TextWriter, int> run)
        => Act(command, read, async (arguments, loops, output, cancellation)
            => run(arguments, loops, await loops.FindAsync(arguments.GetValue(model)!, cancellation), output));

    private static void Act(
        Command command,
        Func<ParseResult, CancellationToken, Task<LoopProject>> read,
        Func<ParseResult, LoopProject, TextWriter, CancellationToken, Task<int>> run)
        => command.SetAction(async (arguments, cancellation) =>
        {
            try
            {
                var loops = await read(arguments, cancellation);
                return await run(arguments, loops, arguments.InvocationConfiguration.Output, cancellation);
            }
            catch (ToolException exception)
            {
                await arguments.InvocationConfiguration.Error.WriteLineAsync($"loopgen: {exception.Message}");
                return exception.ExitCode;
            }
        });
}
