namespace LoopGen.Generators.Model;

/// <summary>What the overloads are called.</summary>
internal static class LoopMemberNames
{
    /// <summary>The name that an overload shares with its like.</summary>
    public static string MethodName(this LoopMember member) => member switch
    {
        LoopMember.FitBatches or LoopMember.FitTensors or LoopMember.FitDataLoader or LoopMember.FitIterableDataLoader => "Fit",
        LoopMember.EvaluateBatches or LoopMember.EvaluateTensors or LoopMember.EvaluateDataLoader or LoopMember.EvaluateIterableDataLoader => "Evaluate",
        LoopMember.PredictBatches or LoopMember.PredictTensors => "Predict",
        _ => member.ToString(),
    };
}
