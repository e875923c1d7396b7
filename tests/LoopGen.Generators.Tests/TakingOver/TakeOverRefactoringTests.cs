using LoopGen.CodeFixes;
using LoopGen.Generators.TakingOver;
using LoopGen.Generators.Tests.Analyzers;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.TakingOver;

/// <summary>The offer on a class makes an emitted file the user's own, whichever file it is.</summary>
public sealed class TakeOverRefactoringTests
{
    private static readonly TakeOverRefactoring Refactoring = new();

    private static readonly string[] All =
        ["Take over Fit", "Take over Evaluate", "Take over Predict", "Take over TrainOnBatch, TestOnBatch and CreateOptimizer"];

    [Theory]
    [InlineData("Take over Fit", "Fit")]
    [InlineData("Take over Evaluate", "Evaluate")]
    [InlineData("Take over Predict", "Predict")]
    [InlineData("Take over TrainOnBatch, TestOnBatch and CreateOptimizer", "Batch")]
    public async Task It_adds_the_emitted_file_beside_the_class(string title, string file)
    {
        var test = await RefactoringTest.AtAsync(Refactoring, Models.DigitClassifier.Replace("class Digit", "class $$Digit", StringComparison.Ordinal));

        var project = await test.ApplyAsync(title);

        var added = Assert.Single(project.Documents, document => document.Name == $"DigitClassifier.{file}.cs");
        Assert.Equal($"/models/DigitClassifier.{file}.cs", added.FilePath?.Replace('\\', '/'));
        var text = (await added.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Assert.Equal(OwnedText.From(GeneratorRun.Of(Models.DigitClassifier).Files[$"DigitSample.DigitClassifier.{file}.g.cs"], "\n"), text);
        Assert.DoesNotContain("auto-generated", text);

        var run = await RefactoringTest.RunAsync(project);
        Assert.Empty(RefactoringTest.Problems(run));
        Assert.Equal(4, run.Files.Count);
        Assert.DoesNotContain($"DigitSample.DigitClassifier.{file}.g.cs", run.Files.Keys);
        Assert.DoesNotContain(await AnalyzerTest.RunAsync(run.Output), diagnostic => diagnostic.Id != "LG0080");
    }

    [Theory]
    [InlineData("[Com$$pile(")]
    [InlineData("public sealed par$$tial")]
    [InlineData("DigitClassifier : Mod$$ule<Tensor")]
    public async Task It_is_offered_on_attributes_name_and_bases(string place)
        => Assert.Equal(All, (await RefactoringTest.AtAsync(Refactoring, Models.DigitClassifier.Replace(place.Replace("$$", string.Empty, StringComparison.Ordinal), place, StringComparison.Ordinal))).Titles);

    [Theory]
    [InlineData("private readonly Mod$$ule")]
    [InlineData("forward(Tensor im$$age)")]
    [InlineData("names$$pace")]
    public async Task It_is_not_offered_elsewhere(string place)
        => Assert.Empty((await RefactoringTest.AtAsync(Refactoring, Models.DigitClassifier.Replace(place.Replace("$$", string.Empty, StringComparison.Ordinal), place, StringComparison.Ordinal))).Titles);

    [Theory]
    [InlineData("public class N$$et : Module<Tensor, Tensor>")]
    [InlineData("[Compile(Loss = Loss.MSE)] public class N$$et : Module<Tensor, Tensor>")]
    [InlineData("[Compile(Loss = Loss.MSE)] public partial class N$$et")]
    public async Task It_is_not_offered_where_there_is_no_loop(string declaration)
        => Assert.Empty((await RefactoringTest.AtAsync(Refactoring, Source.Usings + declaration + " { public Tensor forward(Tensor image) => image; }")).Titles);

    [Fact]
    public async Task What_is_owned_already_is_left_out()
    {
        var test = await RefactoringTest.AtAsync(Refactoring, Models.OwnedFit.Replace("class Owner", "class $$Owner", StringComparison.Ordinal));
        Assert.Equal(["Take over the rest of Fit", .. All[1..]], test.Titles);

        var run = await RefactoringTest.RunAsync(await test.ApplyAsync("Take over the rest of Fit"));

        Assert.Empty(RefactoringTest.Problems(run));
        Assert.DoesNotContain("Samples.Owned.Owner.Fit.g.cs", run.Files.Keys);
    }

    [Fact]
    public async Task One_after_the_other_all_files_become_the_users()
    {
        var source = Models.AllBlocks.Replace("class Everything", "class $$Everything", StringComparison.Ordinal);
        var owned = new List<string>();
        foreach (var title in All)
        {
            var test = await RefactoringTest.AtAsync(Refactoring, source, others: [.. owned]);
            var project = await test.ApplyAsync(title);
            owned.Add((await project.Documents.Last().GetTextAsync(TestContext.Current.CancellationToken)).ToString());
        }

        var last = await RefactoringTest.AtAsync(Refactoring, source, others: [.. owned]);
        var run = await RefactoringTest.RunAsync(last.Document.Project);

        Assert.Empty(last.Titles);
        Assert.Empty(RefactoringTest.Problems(run));
        Assert.Equal("Samples.Blocks.Everything.Types.g.cs", Assert.Single(run.Files).Key);
    }

    [Fact]
    public async Task The_file_has_the_line_ends_of_the_class_and_a_name_that_is_free()
    {
        var source = Models.Minimal.Replace("class Line", "class $$Line", StringComparison.Ordinal).ReplaceLineEndings("\r\n");
        var first = await RefactoringTest.AtAsync(Refactoring, source);
        var taken = first.Document.Project.AddDocument("Line.Fit.cs", "// Something else.").Project;

        var offers = new List<Microsoft.CodeAnalysis.CodeActions.CodeAction>();
        var place = new Microsoft.CodeAnalysis.Text.TextSpan(source.IndexOf("$$", StringComparison.Ordinal), 0);
        await Refactoring.ComputeRefactoringsAsync(new(taken.GetDocument(first.Document.Id)!, place, offers.Add, CancellationToken.None));
        var project = await (first with { Document = taken.GetDocument(first.Document.Id)!, Offers = offers.Single().NestedActions }).ApplyAsync("Take over Fit");

        var text = (await project.Documents.Single(document => document.Name == "Line.Fit2.cs").GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Assert.Equal(text.ReplaceLineEndings("\r\n"), text);
    }
}
