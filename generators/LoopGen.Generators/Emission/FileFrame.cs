namespace LoopGen.Generators.Emission;

/// <summary>What stands around the members of every emitted file: header, namespace, usings, the re-opened classes.</summary>
internal static class FileFrame
{
    /// <summary>Writes one file.</summary>
    /// <param name="context">The model.</param>
    /// <param name="header">What the file is.</param>
    /// <param name="usedTypes">Short names of the types that the members use, for the usings.</param>
    /// <param name="writeMembers">Writes the members.</param>
    public static LoopWriter Write(
        LoopContext context,
        FileHeader header,
        IReadOnlyList<string> usedTypes,
        Action<LoopWriter> writeMembers)
    {
        var writer = new LoopWriter();
        header.Write(writer);
        writer.Line("#nullable enable");
        if (context.Spec.Type.Declarations.Any(HasLowerCaseName))
        {
            writer.Line("#pragma warning disable CS8981 // The lower-case name is not this file's choice.");
        }

        writer.Blank();

        if (context.Spec.Type.Namespace is { } name)
        {
            using (writer.Block($"namespace {name}"))
            {
                WriteInside();
            }
        }
        else
        {
            WriteInside();
        }

        return writer;

        void WriteInside()
        {
            WriteUsings(context, usedTypes, writer);
            writer.Blank();
            WriteDeclaration(0);
        }

        void WriteDeclaration(int index)
        {
            var declarations = context.Spec.Type.Declarations;
            using (writer.Block(declarations[index]))
            {
                if (index + 1 < declarations.Count)
                {
                    WriteDeclaration(index + 1);
                }
                else
                {
                    writeMembers(writer);
                }
            }
        }
    }

    // The compiler warns of such names at every part of a class.
    private static bool HasLowerCaseName(string declaration)
        => declaration.Substring(declaration.LastIndexOf(' ', declaration.IndexOf('<') is var end and >= 0 ? end : declaration.Length - 1) + 1)
            .TakeWhile(character => character != '<')
            .All(character => character is >= 'a' and <= 'z');

    // Inside the namespace and from the root, so that neither a global alias nor a namespace such as MyApp.System gets in the way.
    private static void WriteUsings(LoopContext context, IReadOnlyList<string> usedTypes, LoopWriter writer)
    {
        var shortTypes = usedTypes.Where(type => context.Type(type) == type).ToArray();
        var namespaces = shortTypes
            .Select(EmittedNames.NamespaceOf)
            .Where(name => name != "TorchSharp.Modules")

            // Extension methods of both libraries are always in use.
            .Append("TorchSharp")
            .Append("LoopGen")
            .Distinct()
            .OrderBy(name => !name.StartsWith("System", StringComparison.Ordinal))
            .ThenBy(name => name, StringComparer.Ordinal);
        foreach (var name in namespaces)
        {
            writer.Line($"using global::{name};");
        }

        var modules = shortTypes.Where(type => EmittedNames.NamespaceOf(type) == "TorchSharp.Modules");
        foreach (var type in modules.OrderBy(type => type, StringComparer.Ordinal))
        {
            writer.Line($"using {type} = global::TorchSharp.Modules.{type};");
        }
    }
}
