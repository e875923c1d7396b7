namespace LoopGen.Generators.Model;

/// <summary>One loss of TorchSharp.</summary>
/// <param name="Value">Value of the member of <c>LoopGen.Loss</c>.</param>
/// <param name="Name">Name of that member.</param>
/// <param name="Title">In a sentence: "cross-entropy".</param>
/// <param name="Factory">Factory in <c>torch.nn</c>, here and in PyTorch.</param>
/// <param name="Keras">What Keras calls it, or null where it has none.</param>
/// <param name="Purpose">What it is for, in a word or two: "classes".</param>
/// <param name="Check">The check of the first batch, a method of the library's <c>FirstBatch</c>.</param>
/// <param name="CheckQuestion">What that check asks, as the loop says it.</param>
/// <param name="Output">What the output must be, for the documentation.</param>
/// <param name="Target">What the target must be, for the documentation of <c>Fit</c>.</param>
/// <param name="MeanOver">What torch's own <c>mean</c> is over, for the documentation.</param>
/// <param name="Parameters">The numbers that it takes, in TorchSharp's order.</param>
/// <param name="TakesIgnoreIndex">Whether torch can leave targets of one class out.</param>
/// <param name="TakesClassWeights">Whether torch can weigh the classes.</param>
/// <param name="ConstructorParameters">
/// The numbers that TorchSharp's factory lacks: where one is given, the loss is made by its constructor.
/// </param>
/// <remarks>
/// Every loss here averages over the elements of its target (class indices: less the ignored ones), as torch's own
/// <c>mean</c> does; that number weights the batch in the epoch's figure.
/// </remarks>
internal sealed record LossRow(
    int Value,
    string Name,
    string Title,
    string Factory,
    string? Keras,
    string Purpose,
    string Check,
    string CheckQuestion,
    string Output,
    string Target,
    string MeanOver,
    ParameterRow[] Parameters,
    bool TakesIgnoreIndex = false,
    bool TakesClassWeights = false,
    ParameterRow[]? ConstructorParameters = null)
{
    /// <summary>Whether its targets are classes, of which torch leaves out -100 where no other index is given.</summary>
    public bool IsOverClasses => this.TakesClassWeights;
}
