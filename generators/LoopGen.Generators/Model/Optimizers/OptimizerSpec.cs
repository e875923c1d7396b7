namespace LoopGen.Generators.Model;

/// <summary>The optimizer with every number that it is constructed with.</summary>
internal sealed record OptimizerSpec
{
    /// <summary>The name for people: <c>AdamW</c>, <c>RMSprop</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The factory in <c>torch.optim</c>: <c>AdamW</c>, <c>RMSProp</c>.</summary>
    public required string Factory { get; init; }

    /// <summary>The learning rate, under TorchSharp's name (<c>lr</c>, or <c>learningRate</c> for SGD); the default of <c>Fit</c>'s parameter.</summary>
    public required NumberSpec LearningRate { get; init; }

    /// <summary>All other numbers.</summary>
    public required EquatableArray<NumberSpec> Numbers { get; init; }

    /// <summary>TorchSharp's names of the flags that are set.</summary>
    public required EquatableArray<string> Flags { get; init; }
}
