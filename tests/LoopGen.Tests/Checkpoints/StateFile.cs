namespace LoopGen.Tests;

/// <summary>States in real files, part by part, without the rest of a training.</summary>
internal static class StateFile
{
    public static void Save(string path, params (string Name, IStateful Part)[] parts)
    {
        var state = new StateWriter();
        foreach (var (name, part) in parts)
        {
            part.SaveState(state.Part(name));
        }

        SafetensorsFile.Save(path, state.Tensors, state.Texts);
        state.FreeOwned();
    }

    /// <summary>Loads what fits; where something does not, tells what, and nothing is changed.</summary>
    public static IReadOnlyList<string> Load(string path, params (string Name, IStateful Part)[] parts)
    {
        using var file = SafetensorsFile.Open(path);
        var state = new StateReader(file);
        foreach (var (name, part) in parts)
        {
            part.LoadState(state.Part(name));
        }

        if (state.Problems.Count > 0)
        {
            state.Discard();
        }
        else
        {
            using var noGrad = no_grad();
            state.Apply();
        }

        return state.Problems;
    }

    /// <summary>From one instance through a file to another.</summary>
    public static IReadOnlyList<string> Move(IStateful from, IStateful to)
    {
        using var folder = new TemporaryFolder(isInMemory: true);
        Save(folder["state.safetensors"], ("part", from));
        return Load(folder["state.safetensors"], ("part", to));
    }

    /// <summary>Reads a file, lets its content be changed, and writes it with a checksum that is right.</summary>
    public static void Change(string path, Action<Dictionary<string, Tensor>, Dictionary<string, string>> change)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>();
        Dictionary<string, string> texts;
        using (var file = SafetensorsFile.Open(path))
        {
            texts = new(file.Metadata);
            foreach (var (name, entry) in file.Tensors)
            {
                tensors[name] = empty([.. entry.Shape], dtype: entry.Type);
                file.Read(entry, tensors[name]);
            }
        }

        change(tensors, texts);
        SafetensorsFile.Save(path, tensors, texts);
    }
}
