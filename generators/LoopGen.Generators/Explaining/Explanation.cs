using LoopGen.Generators.Loop;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Explaining;

/// <summary>What the parts of one model's loop say of its training, before it is made into a page and into the docs of its <c>Fit</c>.</summary>
internal sealed class Explanation
{
    private readonly List<(Place Place, string Sentence)> events = [];
    private readonly List<(string Subject, string Text)> averages = [];
    private readonly List<(string Subject, string Text)> attributes = [];
    private readonly List<string> waits = [];
    private readonly List<string> checkpoint = [];

    /// <summary>What the parts of a model's loop say, and what holds for every training.</summary>
    public static Explanation Of(LoopContext context)
    {
        var words = new Explanation();
        OptimizerText.Explain(words, context);
        LossWords.Explain(words, context);
        MetricsText.Explain(words, context);
        foreach (var feature in context.Features)
        {
            feature.Explain(words, context);
        }

        words.WaitsFor("Progress reads the totals at most ten times a second, and only while it is shown or asked for.");
        words.WaitsFor("The end of an epoch and the end of an evaluation read their figures.");
        words.WaitsFor("Nothing else waits, but for copies from memory that is not pinned, and what your own methods and callbacks read.");
        if (words.checkpoint.Count == 0)
        {
            words.Saves("Nothing: no attribute asks for a checkpoint. The weights are in the model when Fit returns.");
        }

        return words;
    }

    /// <summary>What each figure is an average of.</summary>
    public IReadOnlyList<(string Subject, string Text)> Averages => this.averages;

    /// <summary>What each attribute contributes.</summary>
    public IReadOnlyList<(string Subject, string Text)> Attributes => this.attributes;

    /// <summary>Where the host waits for the device.</summary>
    public IReadOnlyList<string> Waits => this.waits;

    /// <summary>What is written to disk.</summary>
    public IReadOnlyList<string> Checkpoint => this.checkpoint;

    /// <summary>What is not at one place of the loop, under titles.</summary>
    public IEnumerable<(string Title, IEnumerable<string> Sentences)> Sections =>
    [
        ("How the figures are averaged", this.averages.Select(pair => $"{pair.Subject}: {pair.Text}")),
        ("Where the host waits for the device", this.waits),
        ("What the attributes contribute", this.attributes.Select(pair => $"{pair.Subject}: {pair.Text}")),
        ("What is saved", this.checkpoint),
    ];

    /// <summary>Something happens at a place of the loop. What several parts say of one place keeps their order.</summary>
    public void At(Place place, string sentence) => this.events.Add((place, sentence));

    /// <summary>A figure is reported: <paramref name="text"/> says what it is over.</summary>
    public void Average(string figure, string text) => this.averages.Add((figure, text));

    /// <summary>An attribute, as it is written in short, is the reason for something.</summary>
    public void Attribute(string attribute, string text) => this.attributes.Add(($"[{attribute}]", text));

    /// <summary>The host reads something from the device.</summary>
    public void WaitsFor(string sentence) => this.waits.Add(sentence);

    /// <summary>A checkpoint holds something.</summary>
    public void Saves(string sentence) => this.checkpoint.Add(sentence);

    /// <summary>What happens at a place.</summary>
    public IEnumerable<string> Events(Place place) => this.events.Where(pair => pair.Place == place).Select(pair => pair.Sentence);
}
