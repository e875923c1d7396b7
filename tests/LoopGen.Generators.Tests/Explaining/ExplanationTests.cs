using System.Runtime.CompilerServices;
using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.TakingOver;
using LoopGen.Generators.Tests.Documentation;
using LoopGen.Generators.Tests.Infrastructure;
using LoopGen.Generators.Text;
using Xunit;

namespace LoopGen.Generators.Tests.Explaining;

/// <summary>The page says of the loop what the loop does, and nothing else.</summary>
public sealed class ExplanationTests
{
    // Lines that keep the books, which the page sums up; files beside the loop; and what others ask for in passing.
    private static readonly Place[] Unsaid =
    [
        Place.Totals,
        Place.EpochBegin,
        Place.BeforeSave,
        Place.SingleSetUp,
        Place.SingleTrainMode,
        Place.SingleGradients,
        Place.FitMembers,
        Place.LogMembers,
        Place.TypeMembers,
    ];

    public static TheoryData<string> ModelNames => [.. Models.All.Keys];

    public static TheoryData<string> Shown =>
    [
        nameof(Models.DigitClassifier),
        nameof(Models.AllBlocks),
        nameof(Models.CustomMetrics),
        nameof(Models.EpochAverage),
        nameof(Models.Groups),
        nameof(Models.OwnedFit),
        nameof(Models.OwnedOptimizer),
        nameof(Models.OwnSchedule),
        nameof(Models.WeightedWindows),
        nameof(Models.Checkpointed),
        nameof(Models.SavedOften),
        nameof(Models.StopOnNaN),
    ];

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void A_feature_says_something_of_a_place_exactly_where_it_writes_lines(string name)
    {
        foreach (var context in Contexts(name))
        {
            foreach (var feature in context.Features)
            {
                var page = new Explanation();
                feature.Explain(page, context);
                foreach (var place in Enum.GetValues<Place>().Except(Unsaid))
                {
                    var writer = new LoopWriter();
                    feature.Write(place, new Lines(writer, context));
                    Assert.True(
                        (writer.ToString().Length > 0) == page.Events(place).Any(),
                        $"{feature.GetType().Name} at {place} of {name} writes:\n{writer}and says: {string.Join(' ', page.Events(place))}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void Every_figure_of_the_log_says_what_it_is_an_average_of(string name)
    {
        foreach (var context in Contexts(name))
        {
            var page = Explanation.Of(context);

            string[] members = [.. context.Figures.Select(figure => figure.Member), .. context.AddedFigures.Select(figure => figure.Member)];
            Assert.Equal(members.Select(FigureName.FromMember).Order(), page.Averages.Select(pair => pair.Subject).Order());
        }
    }

    [Fact]
    public void Every_attribute_of_the_library_says_what_it_contributes()
    {
        var said = new HashSet<string>();
        foreach (var context in Models.All.Keys.SelectMany(Contexts))
        {
            said.UnionWith(Explanation.Of(context).Attributes.Select(pair => pair.Subject));
        }

        var attributes = typeof(CompileAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Attribute))).Select(type => $"[{type.Name[..^"Attribute".Length]}]");
        Assert.Equal(attributes.Append("[Compile(DecayExclude = true)]").Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_block_saves_stands_on_the_page()
    {
        var page = ExplanationPage.Of(Contexts(nameof(Models.Minimal)).Single());

        Assert.Contains("What is saved\n   - Nothing: no attribute asks for a checkpoint.", page);
    }

    [Fact]
    public void What_the_guide_to_the_tool_shows_is_part_of_the_page()
    {
        var shown = Assert.Single(MarkdownPage.Read("docs/tool.md").Blocks, block => block.Language == "text").Text;
        var pages = Contexts(nameof(Models.DigitClassifier)).Select(ExplanationPage.Of);

        Assert.Contains($"\n{shown}\n", pages.Single());
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void The_page_reads_well(string name)
    {
        var text = string.Join('\n', Contexts(name).Select(ExplanationPage.Of));
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, $"ExplanationTests.{name}.verified.txt");
        if (Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{path} is not there: SNAPSHOT_ACCEPT=1 writes it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 100 && line == line.TrimEnd(), line));
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void The_docs_of_Fit_name_the_page(string name)
    {
        foreach (var context in Contexts(name).Where(context => !context.Owns(LoopMember.FitBatches)))
        {
            Assert.All(
                OrderOfEvents.Of(context, Explanation.Of(context)),
                part => Assert.Contains($"\n{part.Title}\n   1. ", ExplanationPage.Of(context)));
            Assert.Contains($"<c>loopgen explain {context.Spec.Type.Name}</c>", LoopFile.Of(LoopMember.FitBatches).Write(context).ToString());
        }
    }

    private static IEnumerable<LoopContext> Contexts(string name)
        => EmittedModels.In(TestCompilation.Create(Models.All[name]), CancellationToken.None).Select(model => model.Context);

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
