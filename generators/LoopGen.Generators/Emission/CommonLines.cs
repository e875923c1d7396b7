namespace LoopGen.Generators.Emission;

/// <summary>Lines that several emitted methods have in common.</summary>
internal static class CommonLines
{
    private const int LongestParameter = 100;

    /// <summary>Chooses the device and moves the model there.</summary>
    public static void WriteDevice(LoopWriter writer, LoopContext context)
    {
        var device = context.Names["device"];
        var torch = context.Torch;
        writer.Line($"{device} ??= {torch}.cuda.is_available() ? {torch}.CUDA : {torch}.CPU;");
        writer.Line($"this.to({device});");
    }

    /// <summary>Moves a whole batch.</summary>
    public static void WriteMoveOfBatch(LoopWriter writer, LoopContext context)
        => WriteMove(writer, context, context.Names.HostTensors.Zip(context.Names.Tensors, (host, local) => (host, local)));

    /// <summary>Moves the members of a batch from one set of locals to another.</summary>
    public static void WriteMove(LoopWriter writer, LoopContext context, IEnumerable<(string Host, string Local)> tensors)
    {
        foreach (var (host, local) in tensors)
        {
            writer.Line($"var {local} = {Move(context, host)};");
        }
    }

    /// <summary>Moves parameters of the method, which keep their names.</summary>
    public static void WriteMoveInPlace(LoopWriter writer, LoopContext context)
    {
        foreach (var name in context.Names.Tensors)
        {
            writer.Line($"{name} = {Move(context, name)};");
        }
    }

    // Towards a GPU the copy may overlap with the work there, which runs after it. A copy that comes from one would be
    // read before it has arrived.
    private static string Move(LoopContext context, string tensor)
    {
        var device = context.Names["device"];
        return $"{tensor}.to({device}, non_blocking: {device}.type == {context.Type("DeviceType")}.CUDA)";
    }

    /// <summary>The mark of a generated member: it leaves the debugger and coverage tools alone.</summary>
    public static void WriteMark(LoopWriter writer, LoopContext context)
        => writer.Line($"[{context.Type("GeneratedCode")}(\"LoopGen\", \"1\")]");

    /// <summary><c>public History&lt;EpochLog&gt; Fit(</c> and its parameters, one a line.</summary>
    public static void WriteSignature(LoopWriter writer, LoopContext context, string returnType, string name, IReadOnlyList<string> parameters)
    {
        WriteMark(writer, context);
        writer.Line(Start(context, returnType, name));
        using (writer.Indented())
        {
            for (var i = 0; i < parameters.Count; i++)
            {
                writer.Parenthesized(parameters[i] + (i == parameters.Count - 1 ? ")" : ","));
            }
        }
    }

    /// <summary>The same in as few lines as it takes: an overload is not what a reader looks for.</summary>
    public static void WriteOverload(LoopWriter writer, LoopContext context, string returnType, string name, IReadOnlyList<string> parameters)
    {
        // A batch of many members is longer than a line, and is broken by itself.
        if (parameters.Any(parameter => parameter.Length > LongestParameter))
        {
            WriteSignature(writer, context, returnType, name, parameters);
            return;
        }

        WriteMark(writer, context);
        writer.List(Start(context, returnType, name), parameters, ")");
    }

    private static string Start(LoopContext context, string returnType, string name)
        => $"public {(context.Spec.Type.HidesBase ? "new " : string.Empty)}{returnType} {name}(";
}
