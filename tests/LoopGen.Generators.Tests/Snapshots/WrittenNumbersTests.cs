using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace LoopGen.Generators.Tests.Snapshots;

/// <summary>What changes the arithmetic stands in the loop: no number of an optimizer, a schedule or an average is left at a default that the reader cannot see.</summary>
public sealed class WrittenNumbersTests
{
    // What may be left out, because it does nothing where it is: a warm-up of no updates, a rule's limits that are not
    // given, and which member of a batch is the first target where it is the second.
    private static readonly string[] LeftOut =
    [
        "warmupSteps", "warmupFactor", "warmupEpochs", "baseline", "stoppingThreshold", "divergenceThreshold", "ignore_index", "firstTarget",
    ];

    // Flags that change what is computed are written like numbers.
    private static readonly string[] WrittenFlags = ["warmup", "isHigherBetter"];

    public static TheoryData<string> Options =>
    [
        .. Enum.GetNames<Optimizer>().Select(name => $"Optimizer = Optimizer.{name}"),
        .. Enum.GetNames<Loss>().Select(name => $"Loss = Loss.{name}"),
        "[Schedule(Schedule.Cosine)]",
        "[Schedule(Schedule.CosineRestarts, FirstPeriod = 10)]",
        "[Schedule(Schedule.Step, StepSize = 10)]",
        "[Schedule(Schedule.MultiStep, Milestones = new[] { 10 })]",
        "[Schedule(Schedule.Exponential)]",
        "[Schedule(Schedule.Polynomial)]",
        "[Schedule(Schedule.Linear)]",
        "[Schedule(Schedule.OneCycle)]",
        "[Schedule(Schedule.Cyclic)]",
        "[Schedule(Schedule.Plateau, Monitor = \"loss\")]",
        "[Schedule(Schedule.Cosine, WarmupSteps = 5)]",
        "[Ema]",
        "[Ema(Decay = 0.9, Warmup = false)]",
        "[Swa(StartEpoch = 2)]",
        "[EarlyStopping(Monitor = \"loss\")]",
        "[ClipGradients(Norm = 1)]",
        "[GradientNoise]",
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_number_of_what_the_loop_makes_is_written(string option)
    {
        var isArgument = option[0] != '[';
        var loss = option.StartsWith("Loss", StringComparison.Ordinal) ? string.Empty : "Loss = Loss.MSE, ";
        var source = Models.Minimal.Replace(
            "[Compile(Loss = Loss.MSE)]",
            isArgument ? $"[Compile({(loss + option).TrimEnd(' ', ',')})]" : $"[Compile(Loss = Loss.MSE)]{option}",
            StringComparison.Ordinal);
        var output = GeneratorRun.Of(source).Output;
        var file = output.SyntaxTrees.Single(tree => tree.FilePath.EndsWith("Line.Fit.g.cs", StringComparison.Ordinal));
        var cancellation = TestContext.Current.CancellationToken;
        var model = output.GetSemanticModel(file);
        var body = file.GetRoot(cancellation).DescendantNodes().OfType<MethodDeclarationSyntax>().First();
        var made = body.DescendantNodes()
            .Select(node => model.GetOperation(node, cancellation))
            .OfType<IOperation>()
            .Where(operation => operation is IObjectCreationOperation or IInvocationOperation { TargetMethod.ContainingType.Name: "optim" or "nn" or "AveragedWeights" or "Gradients" })
            .ToList();
        var silent = made.SelectMany(ArgumentsOf)
            .Where(argument => argument.ArgumentKind == ArgumentKind.DefaultValue && argument.Parameter is { } parameter && Counts(parameter))
            .Select(argument => $"{argument.Parameter!.ContainingSymbol.ContainingType.Name}: {argument.Parameter.Name}");

        Assert.NotEmpty(made);
        Assert.Empty(silent);
    }

    private static IEnumerable<IArgumentOperation> ArgumentsOf(IOperation operation) => operation switch
    {
        IObjectCreationOperation creation => creation.Arguments,
        IInvocationOperation call => call.Arguments,
        _ => [],
    };

    private static bool Counts(IParameterSymbol parameter)
    {
        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : parameter.Type;
        return Array.IndexOf(LeftOut, parameter.Name) < 0
            && (type.SpecialType is SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Int32 or SpecialType.System_Int64
                || Array.IndexOf(WrittenFlags, parameter.Name) >= 0);
    }
}
