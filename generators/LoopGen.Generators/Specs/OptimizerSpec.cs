namespace LoopGen.Generators.Specs;

/// <summary>The optimizer with every number that it is constructed with.</summary>
internal sealed record OptimizerSpec
{
    /// <summary>The name for people: <c>AdamW</c>, <c>RMSprop</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The factory in <c>torch.optim</c>: <c>AdamW</c>, <c>RMSProp</c>.</summary>
    public required string Factory { get; init; }

    /// <summary>The numbers that the attribute sets, in words: <c>learning rate 0.001, weight decay 0.01</c>.</summary>
    public required string Summary { get; init; }

    /// <summary>TorchSharp's name of the learning rate: <c>lr</c>, or <c>learningRate</c> for SGD.</summary>
    public required string LearningRateName { get; init; }

    /// <summary>Default of <c>Fit</c>'s parameter <c>learningRate</c>, as a literal.</summary>
    public required string LearningRate { get; init; }

    /// <summary>All other numbers, then the flags that are set.</summary>
    public required EquatableArray<ArgumentSpec> Arguments { get; init; }
}
