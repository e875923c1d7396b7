using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Loop;

/// <summary>Says in a build what the analyzers would say if the compiler came to them.</summary>
internal static class MistakeReport
{
    private static readonly Dictionary<string, DiagnosticDescriptor> Known = new DiagnosticDescriptor[]
    {
        Descriptors.UnknownProperty,
        Descriptors.UnknownMember,
        Descriptors.NameMeansAnother,
        Descriptors.UnknownHook,
        Descriptors.HookSignature,
        Descriptors.HookModifier,
        Descriptors.HookNotPartial,
        Descriptors.HookWithoutBody,
    }.ToDictionary(descriptor => descriptor.Id);

    public static void Emit(SourceProductionContext output, MistakeSpec mistake)
    {
        var descriptor = Known[mistake.Id];
        output.ReportDiagnostic(Diagnostic.Create(
            descriptor.Id,
            descriptor.Category,
            mistake.Message,
            descriptor.DefaultSeverity,
            descriptor.DefaultSeverity,
            isEnabledByDefault: true,
            warningLevel: 0,
            descriptor.Title,
            descriptor.Description,
            descriptor.HelpLinkUri,
            Location.Create(mistake.Path, mistake.Span, mistake.Lines)));
    }
}
