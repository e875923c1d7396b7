namespace LoopGen.Generators.Catalog;

/// <summary>One loss of TorchSharp.</summary>
/// <param name="Value">Value of the member of <c>LoopGen.Loss</c>.</param>
/// <param name="Name">Name of that member.</param>
/// <param name="Title">In a sentence: "cross-entropy".</param>
/// <param name="Factory">Factory in <c>torch.nn</c>.</param>
/// <param name="Check">The check of the first batch, a method of the library's <c>FirstBatch</c>.</param>
/// <param name="CheckQuestion">What that check asks, as the loop says it.</param>
/// <param name="Target">What the target must be, for the documentation of <c>Fit</c>.</param>
/// <param name="TakesIgnoreIndex">Whether torch can leave targets of one class out.</param>
/// <remarks>
/// Every loss here averages over the elements of its target (class indices: less the ignored ones), as torch's own
/// <c>mean</c> does; that number weights the batch in the epoch's figure.
/// </remarks>
internal sealed record LossRow(
    int Value,
    string Name,
    string Title,
    string Factory,
    string Check,
    string CheckQuestion,
    string Target,
    bool TakesIgnoreIndex);
