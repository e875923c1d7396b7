using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>Signatures of emitted methods. The mark leaves the debugger and coverage tools alone.</summary>
internal static class Signature
{
    private const int LongestParameter = 100;

    /// <summary>The mark of a generated member.</summary>
    public static string Mark(LoopContext context) => context.Text($"[@GeneratedCode(\"LoopGen\", \"1\")]");

    /// <summary><c>public History&lt;EpochLog&gt; Fit(</c> and its parameters, one a line.</summary>
    public static void Write(Lines lines, string returnType, string name, IReadOnlyList<string> parameters) => lines.Add($$"""
        {{Mark(lines.Context)}}
        {{Start(lines.Context, returnType, name)}}
            {{() => WriteParameters(lines.Writer, parameters)}}
        """);

    /// <summary>The same in as few lines as it takes: an overload is not what a reader looks for.</summary>
    public static void WriteOverload(Lines lines, string returnType, string name, IReadOnlyList<string> parameters)
    {
        // A batch of many members is longer than a line, and is broken by itself.
        if (parameters.Any(parameter => parameter.Length > LongestParameter))
        {
            Write(lines, returnType, name, parameters);
            return;
        }

        lines.Add($$"""
            {{Mark(lines.Context)}}
            {{Start(lines.Context, returnType, name)}}{{parameters}})
            """);
    }

    private static string Start(LoopContext context, string returnType, string name)
        => $"public {(context.Spec.Type.HidesBase ? "new " : string.Empty)}{returnType} {name}(";

    private static void WriteParameters(LoopWriter writer, IReadOnlyList<string> parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            writer.Parenthesized(parameters[i] + (i == parameters.Count - 1 ? ")" : ","));
        }
    }
}
