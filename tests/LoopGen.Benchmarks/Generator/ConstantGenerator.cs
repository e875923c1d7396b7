using Microsoft.CodeAnalysis;

namespace LoopGen.Benchmarks.Generator;

/// <summary>What Roslyn itself costs: finds the same classes, looks at nothing, emits nothing that depends on them.</summary>
#pragma warning disable RS1036, RS1041, RS1042 // A yardstick that only this benchmark loads, not a generator to ship.
[Generator(LanguageNames.CSharp)]
public sealed class ConstantGenerator : IIncrementalGenerator
#pragma warning restore RS1036, RS1041, RS1042
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var constants = context.SyntaxProvider.ForAttributeWithMetadataName(
            "LoopGen.CompileAttribute",
            static (_, _) => true,
            static (_, _) => 1);
        context.RegisterSourceOutput(constants, static (_, _) => { });
    }
}
