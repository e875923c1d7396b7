using System.Text;
using Microsoft.Build.Framework;
using Xunit;

namespace LoopGen.Build.Tests;

public sealed class SyncSnapshotsTests : IDisposable
{
    private const string Loop = "App.Net.Fit.g.cs";
    private const string Types = "App.Net.Types.g.cs";

    private readonly string directory = Directory.CreateTempSubdirectory("loopgen-").FullName;
    private readonly RecordingBuildEngine engine = new();

    private string Emitted => Path.Combine(this.directory, "obj");

    private string Snapshots => Path.Combine(this.directory, "Loops");

    private IEnumerable<string> SnapshotFiles => Directory.GetFiles(this.Snapshots).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(this.directory, recursive: true);

    [Fact]
    public void Update_writes_what_is_missing_with_LF_and_without_a_mark()
    {
        this.Emit(Loop, "one\ntwo\n", encoding: new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.True(this.Run("Update"));

        Assert.Equal("one\ntwo\n"u8.ToArray(), File.ReadAllBytes(Path.Combine(this.Snapshots, Loop)));
        Assert.Equal($"LoopGen: wrote to '{this.Snapshots}': {Loop}", Assert.Single(this.engine.Messages).Message);
    }

    [Fact]
    public void Update_replaces_what_differs_removes_what_is_gone_and_leaves_the_rest()
    {
        this.Emit(Loop, "new\n");
        this.Emit(Types, "same\n");
        this.Commit(Loop, "old\n");
        this.Commit(Types, "same\n");
        this.Commit("App.Old.Fit.g.cs", "gone\n");
        this.Commit("README.md", "ours\n");
        var untouched = File.GetLastWriteTimeUtc(Path.Combine(this.Snapshots, Types));

        Assert.True(this.Run("update"));

        Assert.Equal([Loop, Types, "README.md"], this.SnapshotFiles);
        Assert.Equal("new\n", File.ReadAllText(Path.Combine(this.Snapshots, Loop)));
        Assert.Equal(untouched, File.GetLastWriteTimeUtc(Path.Combine(this.Snapshots, Types)));
        Assert.Equal(
            [$"LoopGen: removed from '{this.Snapshots}': App.Old.Fit.g.cs", $"LoopGen: wrote to '{this.Snapshots}': {Loop}"],
            this.engine.Messages.Select(message => message.Message));
    }

    [Theory]
    [InlineData("Update")]
    [InlineData("Verify")]
    public void A_checkout_with_other_line_ends_or_a_mark_is_the_same(string mode)
    {
        this.Emit(Loop, "one\ntwo\n");
        this.Commit(Loop, "\uFEFFone\r\ntwo\r\n");
        var bytes = File.ReadAllBytes(Path.Combine(this.Snapshots, Loop));

        Assert.True(this.Run(mode));

        Assert.Empty(this.engine.Messages);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(this.Snapshots, Loop)));
    }

    [Fact]
    public void Verify_points_at_the_first_line_that_differs_and_says_how_to_accept()
    {
        this.Emit(Loop, "one\ntwo {0}\nthree\n");
        this.Commit(Loop, "one\ntwo\nthree\n");

        Assert.False(this.Run("Verify"));

        var error = Assert.Single(this.engine.ErrorEvents);
        Assert.Equal(("LG9001", Path.Combine(this.Snapshots, Loop), 2), (error.Code, error.File, error.LineNumber));
        Assert.Equal(
            "What LoopGen writes differs from this snapshot, from this line on. To accept it, run 'dotnet build App.csproj -p:LoopGenSnapshots=Update' and commit the folder.",
            error.Message);
        Assert.EndsWith("/docs/diagnostics/LG9001.md", error.HelpLink);

        // The difference, at the lowest verbosity that shows anything but errors.
        Assert.All(this.engine.Messages, message => Assert.Equal(MessageImportance.High, message.Importance));
        Assert.Equal(
            [$"{Loop}: the snapshot (-) and what LoopGen writes now (+)", "      one", "    - two", "    + two {0}", "      three", "    "],
            this.engine.Messages.Select(message => message.Message));
        Assert.Equal("one\ntwo\nthree\n", File.ReadAllText(Path.Combine(this.Snapshots, Loop)));
    }

    [Fact]
    public void Verify_names_files_that_are_new_and_files_that_are_gone()
    {
        this.Emit(Loop, "same\n");
        this.Emit(Types, "new\n");
        this.Commit(Loop, "same\n");
        this.Commit("App.Old.Fit.g.cs", "gone\n");
        this.Commit("App.Old.Types.g.cs", "gone\n");

        Assert.False(this.Run("Verify"));

        Assert.All(this.engine.ErrorEvents, error => Assert.Equal(("LG9001", "/src/App.csproj"), (error.Code, error.File)));
        Assert.Equal(
            [
                $"LoopGen writes files that have no snapshot in '{this.Snapshots}': {Types}. To accept them, run 'dotnet build App.csproj -p:LoopGenSnapshots=Update' and commit the folder.",
                $"There are snapshots in '{this.Snapshots}' of files that LoopGen no longer writes, because their model was renamed or removed or its loop taken over: App.Old.Fit.g.cs, App.Old.Types.g.cs. To remove them, run 'dotnet build App.csproj -p:LoopGenSnapshots=Update' and commit the folder.",
            ],
            this.engine.Errors);
        Assert.Equal([Loop, "App.Old.Fit.g.cs", "App.Old.Types.g.cs"], this.SnapshotFiles);
    }

    [Theory]
    [InlineData("Update")]
    [InlineData("Verify")]
    public void A_project_without_models_has_no_snapshots(string mode)
    {
        Assert.True(this.Run(mode));

        Assert.False(Directory.Exists(this.Snapshots));
        Assert.Empty(this.engine.Messages);
    }

    [Fact]
    public void Off_does_nothing()
    {
        this.Emit(Loop, "new\n");
        this.Commit(Types, "gone\n");

        Assert.True(this.Run("Off", isEmitting: false));

        Assert.Equal([Types], this.SnapshotFiles);
    }

    [Theory]
    [InlineData("Accept")]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("Update,Verify")]
    public void A_value_that_there_is_not_is_LG9002(string mode)
    {
        this.Emit(Loop, "new\n");

        Assert.False(this.Run(mode));

        var error = Assert.Single(this.engine.ErrorEvents);
        Assert.Equal(("LG9002", "/src/App.csproj"), (error.Code, error.File));
        Assert.Equal(
            $"LoopGenSnapshots is '{mode}': set it to Update, Verify or Off, or leave it out, which means Verify in continuous integration and Update elsewhere.",
            error.Message);
        Assert.False(Directory.Exists(this.Snapshots));
    }

    [Theory]
    [InlineData("Update")]
    [InlineData("Verify")]
    public void A_compiler_that_writes_no_files_is_LG9002_and_no_reason_to_remove_any(string mode)
    {
        this.Commit(Loop, "kept\n");

        Assert.False(this.Run(mode, isEmitting: false));

        var error = Assert.Single(this.engine.ErrorEvents);
        Assert.Equal("LG9002", error.Code);
        Assert.Contains("EmitCompilerGeneratedFiles is set to false", error.Message);
        Assert.Equal([Loop], this.SnapshotFiles);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_error_that_names_it()
    {
        this.Emit(Loop, "new\n");
        File.WriteAllText(this.Snapshots, "a file where the folder should be");

        Assert.False(this.Run("Update"));

        Assert.StartsWith($"LoopGen could not read or write the snapshots in '{this.Snapshots}': ", Assert.Single(this.engine.Errors));
    }

    private bool Run(string mode, bool isEmitting = true) => new SyncSnapshots
    {
        BuildEngine = this.engine,
        EmittedDirectory = this.Emitted,
        SnapshotDirectory = this.Snapshots,
        Mode = mode,
        Project = "/src/App.csproj",
        IsEmitting = isEmitting,
    }.Execute();

    private void Emit(string name, string text, Encoding? encoding = null) => Write(this.Emitted, name, text, encoding);

    private void Commit(string name, string text) => Write(this.Snapshots, name, text, encoding: null);

    private static void Write(string folder, string name, string text, Encoding? encoding)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
