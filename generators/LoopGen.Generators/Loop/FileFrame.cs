using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>What stands around the members of every emitted file: header, namespace, usings, the re-opened classes.</summary>
internal static class FileFrame
{
    /// <summary>Writes one file. The members come first: by the types that they name one knows the usings.</summary>
    public static LoopWriter Write(LoopContext context, FileHeader header, Action<Lines> writeMembers)
    {
        var declarations = context.Spec.Type.Declarations;
        var depth = declarations.Count + (context.Spec.Type.Namespace is null ? 0 : 1);
        context.TakeShortTypes();
        var members = new LoopWriter { Depth = depth };
        writeMembers(new Lines(members, context));

        var writer = new LoopWriter();
        header.Write(writer);
        writer.Line("#nullable enable");
        if (declarations.Any(HasLowerCaseName))
        {
            writer.Line("#pragma warning disable CS8981 // The lower-case name is not this file's choice.");
        }

        writer.Blank();
        if (context.Spec.Type.Namespace is { } name)
        {
            Open($"namespace {name}");
        }

        WriteUsings(context.TakeShortTypes(), writer);
        writer.Blank();
        foreach (var declaration in declarations)
        {
            Open(declaration);
        }

        writer.Append(members);
        while (writer.Depth > 0)
        {
            writer.Depth--;
            writer.Line("}");
        }

        return writer;

        void Open(string declaration)
        {
            writer.Line(declaration);
            writer.Line("{");
            writer.Depth++;
        }
    }

    // The compiler warns of such names at every part of a class.
    private static bool HasLowerCaseName(string declaration)
        => declaration.Substring(declaration.LastIndexOf(' ', declaration.IndexOf('<') is var end and >= 0 ? end : declaration.Length - 1) + 1)
            .TakeWhile(character => character != '<')
            .All(character => character is >= 'a' and <= 'z');

    // Inside the namespace and from the root, so that neither a global alias nor a namespace such as MyApp.System gets in the way.
    private static void WriteUsings(IReadOnlyCollection<string> shortTypes, LoopWriter writer)
    {
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
