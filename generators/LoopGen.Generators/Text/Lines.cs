using System.Runtime.CompilerServices;
using System.Text;
using LoopGen.Generators.Loop;

namespace LoopGen.Generators.Text;

/// <summary>Takes templates and writes lines: resolves names, breaks lists and comments, drops lines that nothing filled.</summary>
internal sealed class Lines(LoopWriter writer, LoopContext context)
{
    private readonly StringBuilder line = new();
    private readonly Stack<(string Line, int Depth, LineState State)> outer = new();
    private LineState state;
    private int depth;

    /// <summary>The model.</summary>
    public LoopContext Context => context;

    /// <summary>Where the lines go.</summary>
    public LoopWriter Writer => writer;

    /// <summary>Writes a template.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] Template text)
    {
        _ = text;
        this.EndLine();
        var (rest, outerDepth, outerState) = this.outer.Pop();
        writer.Depth = this.depth;
        this.line.Clear().Append(rest);
        this.depth = outerDepth;
        this.state = outerState;
    }

    /// <summary>A template begins, perhaps at a place of another.</summary>
    internal void Begin()
    {
        this.outer.Push((this.line.ToString(), this.depth, this.state));
        this.line.Clear();
        this.depth = writer.Depth;
        this.state = default;
    }

    internal void Literal(string text)
    {
        var start = 0;
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', start))
        {
            TemplateNames.Append(text.Substring(start, end - start).TrimEnd('\r'), this.line, context);
            this.EndLine();
            start = end + 1;
        }

        TemplateNames.Append(text.Substring(start), this.line, context);
    }

    internal void Insert(string text) => this.line.Append(text);

    internal void Insert(IReadOnlyList<string> items)
    {
        this.state.BreakAt = this.line.Length;
        this.state.List = items;
    }

    internal void Insert(Choice choice)
    {
        this.state.BreakAt = this.line.Length;
        this.state.Choice = choice;
    }

    internal void Insert(Sentence sentence)
    {
        this.state.BreakAt = this.line.Length;
        this.state.Sentence = sentence;
    }

    internal void Insert(Place place) => this.Insert(() =>
    {
        foreach (var feature in context.Features)
        {
            feature.Write(place, this);
        }
    });

    internal void Insert(Region region)
    {
        // The lines of the region stand as far in as its edges, however many blocks are around it.
        this.Insert(() =>
        {
            if ((int)region % 2 == 0)
            {
                foreach (var feature in context.Features.Where(feature => feature.Encloses(region)))
                {
                    feature.Open(region, this);
                    writer.Depth++;
                    this.depth++;
                }

                return;
            }

            var begin = region - 1;
            foreach (var feature in context.Features.Reverse().Where(feature => feature.Encloses(begin)))
            {
                writer.Depth--;
                this.depth--;
                feature.Close(begin, this);
            }
        });
    }

    internal void Insert(Action part)
    {
        writer.Depth = this.depth + Indent(this.line);
        this.line.Clear();
        this.state.IsPart = true;
        part();
        writer.Depth = this.depth;
    }

    internal void OnlyIf(bool isWritten) => this.state.IsLeftOut |= !isWritten;

    private static int Indent(StringBuilder line)
    {
        var spaces = 0;
        while (spaces < line.Length && line[spaces] == ' ')
        {
            spaces++;
        }

        return spaces / LoopWriter.IndentWidth;
    }

    private void EndLine()
    {
        var current = this.state;
        this.state = default;
        if (current.IsLeftOut || (current.IsPart && this.line.Length == 0))
        {
            this.line.Clear();
            return;
        }

        var indent = Indent(this.line);
        writer.Depth = this.depth + indent;
        this.Write(current, indent * LoopWriter.IndentWidth);
        writer.Depth = this.depth;
        this.line.Clear();
    }

    private void Write(LineState current, int start)
    {
        var before = this.line.ToString(start, Math.Max(current.BreakAt, start) - start);
        var behind = this.line.ToString(start + before.Length, this.line.Length - start - before.Length);
        if (current.List is { } items)
        {
            writer.List(before, items, behind);
        }
        else if (current.Choice is { } choice)
        {
            writer.Conditional(before + choice.Condition, choice.WhenTrue, choice.WhenFalse);
        }
        else if (current.Sentence is { } sentence)
        {
            writer.Text(before.TrimEnd(), sentence.Text, behind);
        }
        else
        {
            writer.Any(behind);
        }
    }

    // What is known of the line that is being put together.
    private struct LineState
    {
        /// <summary>A part of the method stands on it, which has written its own lines.</summary>
        public bool IsPart;

        /// <summary>Its condition is false.</summary>
        public bool IsLeftOut;

        /// <summary>Where what may be broken stands.</summary>
        public int BreakAt;

        public IReadOnlyList<string>? List;

        public Choice? Choice;

        public Sentence? Sentence;
    }
}
