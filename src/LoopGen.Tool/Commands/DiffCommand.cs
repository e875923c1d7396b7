using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.TakingOver;
using LoopGen.Tool.Projects;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopGen.Tool.Commands;

/// <summary>
/// <c>loopgen diff Model</c>: each method that the class declares itself, beside what LoopGen would write now in its
/// place. Where the method stands, and what else stands there, does not matter.
/// </summary>
internal static class DiffCommand
{
    public static int Run(ProjectModel model, TextWriter output)
    {
        if (model.Owned.Count == 0)
        {
            output.WriteLine($"{model.FullName} has no loop of its own.");
            return ExitCodes.Success;
        }

        var isDifferent = false;
        foreach (var (member, method) in model.Owned)
        {
            // A method calls the others in one way where they are written and in another where they are the class's own.
            // Which of the two this one was written beside is not known: the one that it is nearer to counts.
            var after = MethodText.Of(method);
            var difference = new[] { Written(model.Emitted, member, isAlone: true), Written(model.Emitted, member, isAlone: false) }
                .Select(written => UnifiedDiff.Between(MethodText.Of(written), after))
                .MinBy(text => text.Split('\n').Count(line => line.Length > 0 && line[0] is ('+' or '-')))!;
            if (difference.Length == 0)
            {
                output.WriteLine($"{method.Identifier.ValueText} is what LoopGen would write: {model.PlaceOf(method)}");
                continue;
            }

            isDifferent = true;
            output.WriteLine($"--- {method.Identifier.ValueText} as LoopGen would write it");
            output.WriteLine($"+++ {model.PlaceOf(method)}");
            output.Write(difference);
        }

        return isDifferent ? ExitCodes.Different : ExitCodes.Success;
    }

    // Files hold their members in order.
    private static MethodDeclarationSyntax Written(EmittedModel model, LoopMember member, bool isAlone)
    {
        var file = LoopFile.Of(member);
        var emitted = model.WithoutOwned(owned => owned.Member == member || !isAlone);
        LoopMember[] written = [.. file.Members.Where(candidate => !emitted.Context.Owns(candidate))];
        return CSharpSyntaxTree.ParseText(emitted.TextOf(file)!).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().ElementAt(Array.IndexOf(written, member));
    }
}
