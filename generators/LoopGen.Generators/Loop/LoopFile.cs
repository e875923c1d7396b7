using LoopGen.Generators.Features;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Loop;

/// <summary>One of the files of a model: <c>X.Fit.g.cs</c> and its four companions.</summary>
/// <param name="Name">What stands between the model and <c>.g.cs</c>: <c>Fit</c>.</param>
/// <param name="Members">The methods in it, of which the class may declare some itself; none where nothing can be taken over.</param>
/// <param name="Write">Writes it.</param>
/// <param name="Subject">What its header calls it, where the attributes shape it; else null.</param>
/// <param name="AskedFor">What they ask for, in words.</param>
internal sealed record LoopFile(
    string Name,
    LoopMember[] Members,
    Func<LoopContext, LoopWriter> Write,
    string? Subject = null,
    Func<LoopContext, string>? AskedFor = null)
{
    /// <summary>The five files, in the order of their importance to a reader.</summary>
    public static readonly LoopFile[] All =
    [
        new(
            "Fit",
            [LoopMember.FitBatches, LoopMember.FitTensors, LoopMember.FitDataLoader, LoopMember.FitIterableDataLoader, LoopMember.ReplayStep],
            FitText.WriteFile,
            FileHeader.TrainingLoop,
            Loop.AskedFor.InTraining),
        new(
            "Evaluate",
            [LoopMember.EvaluateBatches, LoopMember.EvaluateTensors, LoopMember.EvaluateDataLoader, LoopMember.EvaluateIterableDataLoader],
            EvaluateText.WriteFile,
            FileHeader.EvaluationLoop,
            Loop.AskedFor.InEvaluation),
        new("Predict", [LoopMember.PredictBatches, LoopMember.PredictTensors, LoopMember.PredictEach], PredictText.WriteFile),
        new(
            "Batch",
            [LoopMember.CreateOptimizer, LoopMember.TrainOnBatch, LoopMember.TestOnBatch],
            SingleStepsText.WriteFile,
            FileHeader.SingleSteps,
            Loop.AskedFor.InTraining),
        new("Types", [], TypesText.WriteFile),
    ];

    /// <summary>What is in it, in a sentence.</summary>
    public string Title => this.Name == "Batch" ? "TrainOnBatch, TestOnBatch and CreateOptimizer" : this.Name;

    /// <summary>The file that holds a method.</summary>
    public static LoopFile Of(LoopMember member) => Array.Find(All, file => Array.IndexOf(file.Members, member) >= 0)!;

    /// <summary>Whether there is anything to write: a file whose methods the class all has would be empty.</summary>
    public bool IsNeeded(LoopSpec spec)
        => this.Members.Length == 0
        || this.MembersFor(kind => spec.Features.Any(feature => feature.Kind == kind)).Any(member => spec.OwnedMembers.All(owned => owned.Member != member));

    /// <summary>The methods that a model gets: some come with a feature.</summary>
    public IReadOnlyList<LoopMember> MembersFor(Func<FeatureKind, bool> hasFeature)
    {
        var missing = FeatureList.InOrder.Where(kind => kind.Members.Count > 0 && !hasFeature(kind)).SelectMany(kind => kind.Members);
        return [.. this.Members.Except(missing)];
    }

    /// <summary>Its name among all emitted files.</summary>
    public string HintFor(string model) => $"{model}.{this.Name}.g.cs";
}
