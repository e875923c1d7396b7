using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Saves and loads the weights of models.</summary>
/// <remarks>
/// Weights are a model's parameters and persistent buffers, such as the running statistics of batch normalisation, under
/// the names of <c>state_dict()</c>. The state of an optimizer is not among them.
/// </remarks>
public static class Weights
{
    /// <summary>
    /// Saves a model's weights to a file in the <see href="https://huggingface.co/docs/safetensors">safetensors</see>
    /// format, with a checksum. Python reads it with <c>safetensors.torch.load_file(path)</c>.
    /// </summary>
    /// <param name="model">The model, on any device.</param>
    /// <param name="path">The file, by custom <c>*.safetensors</c>. Its folder must be there.</param>
    /// <param name="metadata">Text to save with them, under names that do not begin with <c>loopgen.</c>; by default none.</param>
    /// <remarks>
    /// A file that is there is replaced in one step, after the new one was written beside it and flushed to the disk:
    /// whatever happens meanwhile, there is a whole file under the name. A tensor that several layers share is saved under
    /// each of its names.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="path"/> is empty, or <paramref name="metadata"/> has a null value or a name of LoopGen's own.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// A tensor is complex, quantised, sparse or on the meta device: the format has no such tensors.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has nothing to save; a file that is there stays as it is.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed; a file that is there stays as it is.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it and says why.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public static void SaveWeights(
        this nn.Module model, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafetensorsFile.Save(path, SavedState.Of(model, path), metadata);
    }

    /// <summary>
    /// Loads weights from a file in the <see href="https://huggingface.co/docs/safetensors">safetensors</see> format:
    /// one that <see cref="SaveWeights"/> wrote, or Python's <c>safetensors.torch.save_file(model.state_dict(), path)</c>.
    /// </summary>
    /// <param name="model">The model, on any device.</param>
    /// <param name="path">The file.</param>
    /// <param name="strict">
    /// Whether the file must have exactly the model's names, as in PyTorch's
    /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.load_state_dict">load_state_dict</see>;
    /// by default true. If not, what has no counterpart is left as it is. Shapes and types must be equal either way.
    /// </param>
    /// <returns>What was saved with the weights, and the names that were left out.</returns>
    /// <remarks>
    /// The values are copied into the tensors that the model has: they stay on their device, keep
    /// <c>requires_grad</c>, and an optimizer made before goes on. The file is checked first, every byte of it if it has
    /// LoopGen's checksum, and so is that it fits: until then nothing is changed in the model. Of a tensor that several
    /// layers share, the file may have all names or any of them. Of a checkpoint the model's weights are taken alone.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or no safetensors file.</exception>
    /// <exception cref="InvalidOperationException">
    /// The file does not fit the model: the message lists each name that is missing or unexpected and each tensor of
    /// another shape or type.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read; the message names it and says why.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static LoadedWeights LoadWeights(this nn.Module model, string path, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.ContainsKey(Checkpoints.VersionName))
        {
            file.Select(Checkpoints.ModelPrefix);
        }

        var match = WeightMatch.Of(file, model.state_dict(), strict, (path, model.GetType().Name));
        match.Load();
        return new LoadedWeights(file.Metadata, match.Missing, match.Unexpected);
    }

    /// <summary>
    /// Writes a model's weights to a file of PyTorch's own, which <c>torch.load(path, weights_only=True)</c> reads as a
    /// state dictionary.
    /// </summary>
    /// <param name="model">The model, on any device; the file's tensors are on the CPU.</param>
    /// <param name="path">The file, by custom <c>*.pt</c>. Its folder must be there.</param>
    /// <remarks>
    /// The file is that of <see href="https://pytorch.org/docs/stable/generated/torch.save.html">torch.save</see> of
    /// <c>model.state_dict()</c>. It is replaced in one step, as by <see cref="SaveWeights"/>, but has no checksum of
    /// LoopGen's, and LoopGen does not read it. Tensors that layers share are shared in PyTorch too.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="NotSupportedException">A tensor is quantised, sparse or on the meta device.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it and says why.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public static void ExportPyTorch(this nn.Module model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        PyTorchArchive.Save(path, SavedState.Of(model, path));
    }
}
