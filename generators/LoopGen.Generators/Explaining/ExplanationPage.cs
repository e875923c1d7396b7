using System.Text;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;

namespace LoopGen.Generators.Explaining;

/// <summary>One page on how a model is trained.</summary>
internal sealed class ExplanationPage
{
    private const int Width = 100;

    private readonly StringBuilder text = new();

    private ExplanationPage()
    {
    }

    /// <summary>The page, in lines of 100 characters at most.</summary>
    public static string Of(LoopContext context)
    {
        var page = new ExplanationPage();
        page.text.Append($"How {context.Spec.Type.Name} is trained\n");
        page.Wrapped("   ", AskedFor.InTraining(context));
        var words = Explanation.Of(context);
        foreach (var (title, sentences) in OrderOfEvents.Of(context, words))
        {
            page.Title(title);
            for (var i = 0; i < sentences.Count; i++)
            {
                page.Wrapped($"{i + 1,4}. ", sentences[i]);
            }
        }

        foreach (var (title, sentences) in words.Sections)
        {
            page.Title(title);
            foreach (var sentence in sentences)
            {
                page.Item(sentence);
            }
        }

        // Of an optimizer of its own the page tells above.
        string[] owned = [.. context.Spec.OwnedMembers.Where(member => member.Member != LoopMember.CreateOptimizer).Select(member => member.Member.MethodName()).Distinct()];
        if (owned.Length > 0)
        {
            page.Title("What the class has of its own");
            page.Item($"{Phrase.All(owned)}: of what is declared there, this page tells what LoopGen would write.");
        }

        return page.text.ToString();
    }

    private void Title(string title) => this.text.Append('\n').Append(title).Append('\n');

    private void Item(string sentence) => this.Wrapped("   - ", sentence);

    private void Wrapped(string prefix, string sentence)
    {
        var line = prefix;
        foreach (var word in sentence.Split(' '))
        {
            if (line.Length > prefix.Length && line.Length + word.Length >= Width)
            {
                this.text.Append(line.TrimEnd()).Append('\n');
                line = new string(' ', prefix.Length);
            }

            line += word + " ";
        }

        this.text.Append(line.TrimEnd()).Append('\n');
    }
}
