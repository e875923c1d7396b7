using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Batches of tensors that are in memory, so that all samples can be looked at without reading a batch.</summary>
internal interface IStoredBatches
{
    /// <summary>
    /// The members of a batch, each with the samples of all batches: views, made in the dispose scope that is open.
    /// </summary>
    IReadOnlyList<Tensor> AllSamples();

    /// <summary>Why there is no batch, in a sentence; null where there are some.</summary>
    string? WhyEmpty { get; }
}
