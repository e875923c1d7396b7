using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.TakingOver;
using LoopGen.Generators.Tests.Infrastructure;
using LoopGen.Tool;
using LoopGen.Tool.Commands;
using Xunit;

namespace LoopGen.Generators.Tests.Tool;

/// <summary>What the commands say and do, each on a small project.</summary>
public sealed class ToolCommandTests
{
    private static readonly LoopFile Fit = LoopFile.All[0];

    [Fact]
    public async Task List_names_models_what_they_own_and_what_is_no_model()
    {
        using var project = new ToolProject(
            ("Line.cs", Models.Minimal),
            ("Owner.cs", Models.OwnedFit),
            ("Whole.cs", Models.Usings + "[Compile(Loss = Loss.MSE)]\npublic class Whole : Module<Tensor, Tensor> { public Whole() : base(\"w\") { } public override Tensor forward(Tensor x) => x; }"));
        var output = new StringWriter { NewLine = "\n" };

        Assert.Equal(ExitCodes.Success, await ListCommand.RunAsync(project.Read(), output, TestContext.Current.CancellationToken));

        Assert.Equal(
            """
            Line  Line.cs:7
              AdamW (learning rate 0.001), mean squared error.
            Samples.Owned.Owner  Owner.cs:11
              AdamW (learning rate 0.001), mean squared error.
              has its own Fit: Owner.cs:21
            Whole.cs:7  no loop (LG0001)
              Make Whole partial: LoopGen writes Fit, Evaluate and Predict into another part of Whole.

            """,
            output.ToString());
    }

    [Fact]
    public async Task Show_prints_what_is_emitted()
    {
        using var project = new ToolProject(("Digits.cs", Models.DigitClassifier));
        var output = new StringWriter();

        ShowCommand.Run(await project.FindAsync("DigitClassifier"), [.. LoopFile.All], output);

        Assert.Equal(string.Join('\n', LoopFile.All.Select(file => GeneratorRun.Of(Models.DigitClassifier).Files[$"DigitSample.DigitClassifier.{file.Name}.g.cs"])), output.ToString());
    }

    [Fact]
    public async Task Show_says_where_the_file_is_that_is_not_written()
    {
        using var project = new ToolProject(("Line.cs", Models.Minimal));
        EjectCommand.Run(project.Read(), await project.FindAsync("Line"), [Fit], overwrites: false, TextWriter.Null);

        var exception = await Assert.ThrowsAsync<ToolException>(async () => ShowCommand.Run(await project.FindAsync("Line"), [Fit], TextWriter.Null));

        Assert.Matches(@"^LoopGen writes no Fit for Line, which has its own: Line\.Fit\.cs:\d+, .*See 'loopgen diff Line'\.$", exception.Message);
        Assert.Equal(ExitCodes.Refused, exception.ExitCode);
    }

    [Theory]
    [InlineData("Lin", "App.csproj has no model called Lin. Did you mean Line? It has Line, One.Twin and Two.Twin.")]
    [InlineData("Regressor", "App.csproj has no model called Regressor. It has Line, One.Twin and Two.Twin.")]
    [InlineData("Twin", "App.csproj has 2 models called Twin: write One.Twin or Two.Twin.")]
    [InlineData("Whole", "Whole is no model yet (LG0001): Make Whole partial: LoopGen writes Fit, Evaluate and Predict into another part of Whole.")]
    public async Task A_name_that_is_no_model_is_told(string name, string message)
    {
        const string twin = "[Compile(Loss = Loss.MSE)]\npublic partial class Twin : Module<Tensor, Tensor> { public Twin() : base(\"t\") { } public override Tensor forward(Tensor x) => x; }";
        using var project = new ToolProject(
            ("Line.cs", Models.Minimal),
            ("One.cs", $"{Models.Usings}namespace One;\n{twin}"),
            ("Two.cs", $"{Models.Usings}namespace Two;\n{twin}"),
            ("Whole.cs", Models.Usings + twin.Replace("partial ", string.Empty, StringComparison.Ordinal).Replace("Twin", "Whole", StringComparison.Ordinal)));

        Assert.Equal(message, (await Assert.ThrowsAsync<ToolException>(() => project.FindAsync(name))).Message);
        Assert.Equal("Two.Twin", (await project.FindAsync("Two.Twin")).FullName);
        Assert.Equal("Line", (await project.FindAsync("line")).FullName);
    }

    [Fact]
    public async Task Eject_writes_all_files_or_none_and_overwrites_only_by_force()
    {
        using var project = new ToolProject(("Line.cs", Models.Minimal), ("Line.Predict.cs", "// Mine."));
        LoopFile[] files = [.. LoopFile.All.Take(3)];

        var exception = await Assert.ThrowsAsync<ToolException>(async () => EjectCommand.Run(project.Read(), await project.FindAsync("Line"), files, overwrites: false, TextWriter.Null));
        Assert.Equal("Line.Predict.cs is there already: --force overwrites it, and what was changed in it is lost.", exception.Message);
        Assert.Equal(["Line.Predict.cs", "Line.cs"], project.Files);

        var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(ExitCodes.Success, EjectCommand.Run(project.Read(), await project.FindAsync("Line"), files, overwrites: true, output));
        Assert.Equal("wrote Line.Fit.cs\nwrote Line.Evaluate.cs\nwrote Line.Predict.cs\nLine has its own Fit, Evaluate, Predict now: change what you like.\n", output.ToString());
        foreach (var file in files)
        {
            Assert.Equal(OwnedText.From(GeneratorRun.Of(Models.Minimal).Files[$"Line.{file.Name}.g.cs"], "\n"), project.Text($"Line.{file.Name}.cs"));
        }
    }

    [Fact]
    public async Task Eject_by_force_writes_anew_what_stands_in_the_file_and_leaves_what_stands_elsewhere()
    {
        using var project = new ToolProject(("Line.cs", Models.Minimal));
        EjectCommand.Run(project.Read(), await project.FindAsync("Line"), [Fit], overwrites: false, TextWriter.Null);
        var first = project.Text("Line.Fit.cs");
        project.Write("Line.Fit.cs", first.Replace("var history", "var past", StringComparison.Ordinal));

        EjectCommand.Run(project.Read(), await project.FindAsync("Line"), [Fit], overwrites: true, TextWriter.Null);
        Assert.Equal(first, project.Text("Line.Fit.cs"));

        // Where another file has it all there is nothing to write.
        project.Write("Elsewhere.cs", first);
        project.Write("Line.Fit.cs", string.Empty);
        var exception = await Assert.ThrowsAsync<ToolException>(async () => EjectCommand.Run(project.Read(), await project.FindAsync("Line"), [Fit], overwrites: true, TextWriter.Null));
        Assert.StartsWith("Line has its own Fit already: Elsewhere.cs:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_of_what_was_just_ejected_finds_nothing()
    {
        using var project = new ToolProject(("Everything.cs", Models.AllBlocks));
        Assert.Equal((ExitCodes.Success, "Samples.Blocks.Everything has no loop of its own.\n"), await DiffAsync(project, "Everything"));

        EjectCommand.Run(project.Read(), await project.FindAsync("Everything"), [.. LoopFile.All.Take(4)], overwrites: false, TextWriter.Null);

        var (exitCode, output) = await DiffAsync(project, "Everything");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Equal(14, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains(" is what LoopGen would write: Everything.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Diff_shows_the_edited_line_and_what_the_attributes_would_change()
    {
        using var project = new ToolProject(("Line.cs", Models.Minimal));
        EjectCommand.Run(project.Read(), await project.FindAsync("Line"), [Fit], overwrites: false, TextWriter.Null);

        // Written with other line ends and further in, as a formatter might.
        project.Write("Line.Fit.cs", project.Text("Line.Fit.cs").Replace("this.zero_grad();", "optimizer.zero_grad();", StringComparison.Ordinal).Replace("\n", "\r\n  ", StringComparison.Ordinal));
        var (exitCode, edited) = await ChangesAsync(project);
        Assert.Equal(ExitCodes.Different, exitCode);
        Assert.Equal(["-            this.zero_grad();", "+            optimizer.zero_grad();"], edited);

        project.Write("Line.cs", Models.Minimal.Replace("Loss.MSE", "Loss.L1", StringComparison.Ordinal));
        var (_, changes) = await ChangesAsync(project);
        Assert.Contains(changes, line => line.StartsWith('-') && line.Contains("torch.nn.L1Loss", StringComparison.Ordinal));
        Assert.Contains(changes, line => line.StartsWith('+') && line.Contains("torch.nn.MSELoss", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_prints_the_page()
    {
        using var project = new ToolProject(("Line.cs", Models.Minimal));
        var output = new StringWriter();
        var model = await project.FindAsync("Line");

        Assert.Equal(ExitCodes.Success, ExplainCommand.Run(model, output));
        Assert.Equal(ExplanationPage.Of(model.Emitted.Context), output.ToString());
    }

    [Theory]
    [InlineData("a\nb\nc\n", "a\nb\nc\n", "")]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\n6\n7\n", "@@ -4,3 +4,4 @@\n 4\n 5\n 6\n+7\n")]
    [InlineData("a\n1\n2\n3\n4\n5\n6\n7\n8\nb\n", "x\n1\n2\n3\n4\n5\n6\n7\n8\ny\n", "@@ -1,4 +1,4 @@\n-a\n+x\n 1\n 2\n 3\n@@ -7,4 +7,4 @@\n 6\n 7\n 8\n-b\n+y\n")]
    [InlineData("a\n1\n2\n3\n4\n5\n6\nb\n", "x\n1\n2\n3\n4\n5\n6\ny\n", "@@ -1,8 +1,8 @@\n-a\n+x\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+y\n")]
    public void A_difference_is_unified(string before, string after, string expected) => Assert.Equal(expected, UnifiedDiff.Between(before, after));

    [Theory]
    [InlineData("shw Line", ExitCodes.Refused)]
    [InlineData("show", ExitCodes.Refused)]
    [InlineData("eject Line Types", ExitCodes.Refused)]
    [InlineData("list --project nowhere", ExitCodes.NoProject)]
    [InlineData("list", ExitCodes.NoProject)]
    public async Task A_command_line_that_cannot_be_followed_has_its_exit_code(string line, int expected)
    {
        using var empty = new ToolProject();
        var error = new StringWriter();

        var exitCode = await LoopGenCommand.RunAsync(line.Split(' '), TextWriter.Null, error, empty.Read().Settings.Folder);

        Assert.Equal(expected, exitCode);
        Assert.NotEmpty(error.ToString());
    }

    private static async Task<(int ExitCode, string Output)> DiffAsync(ToolProject project, string name)
    {
        var output = new StringWriter { NewLine = "\n" };
        return (DiffCommand.Run(await project.FindAsync(name), output), output.ToString());
    }

    private static async Task<(int ExitCode, string[] Changes)> ChangesAsync(ToolProject project)
    {
        var (exitCode, output) = await DiffAsync(project, "Line");
        return (exitCode, [.. output.Split('\n').Where(line => line.Length > 1 && line[0] is ('+' or '-') && line[1] == ' ')]);
    }
}
