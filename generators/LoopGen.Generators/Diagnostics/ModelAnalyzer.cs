using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopGen.Generators.Diagnostics;

/// <summary>What all analyzers share: they look at the user's own code, and only where the library is referenced.</summary>
public abstract class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(KnownNames.CompileAttribute).IsEmpty)
            {
                this.Register(start);
            }
        });
    }

    private protected abstract void Register(CompilationStartAnalysisContext context);
}
