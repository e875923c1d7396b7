using static TorchSharp.torch;

namespace LoopGen;

/// <content>The way back to where a checkpoint was made.</content>
public sealed partial class Checkpoints
{
    private void GoTo(Resume resume)
    {
        skipped.Clear();
        if (!resume.IsAsked)
        {
            folder?.MoveAside(after: null);
        }
        else if (resume.Path is { } file)
        {
            Load(file, resume.Step);
            folder?.MoveAside(after: progress?.Step, except: file);
        }
        else
        {
            LoadNewest();
        }

        if (resume.Step is { } step)
        {
            progress?.ReplayOnly(step);
        }
    }

    private void LoadNewest()
    {
        // What was saved after an exception is not exact: it is taken only where there is nothing else.
        var files = CheckpointFolder.Checkpoints(Folder.Path);
        files = files.Count > 0 ? files : CheckpointFolder.AfterExceptions(Folder.Path);
        var damaged = new List<string>();
        foreach (var (file, _) in files)
        {
            try
            {
                Load(file);
                damaged.ForEach(Folder.SetAside);
                return;
            }
            catch (InvalidDataException exception)
            {
                damaged.Add(file);
                skipped.Add(exception.Message);
                run.Report($"Passed over: {exception.Message}");
            }
        }

        if (files.Count > 0)
        {
            throw new InvalidDataException(
                $"No checkpoint in '{Folder.Path}' is whole:\n- {string.Join("\n- ", skipped)}\nTo begin anew, leave out resume.");
        }
    }

    private void Load(string file, long? replayed = null)
    {
        using (var content = SafetensorsFile.Open(file))
        {
            var state = new StateReader(content);
            try
            {
                var threads = Read(file, state);
                CheckReplay(file, state, replayed);
                using var noGrad = no_grad();
                state.Apply();
                ReportThreads(threads);
            }
            catch
            {
                state.Discard();
                throw;
            }
        }

        ResumedFrom = file;
    }

    /// <summary>Reads all parts, and queues what they change; gives the number of threads.</summary>
    private long Read(string file, StateReader state)
    {
        var own = state.Part(OwnName);
        if (!own.Has("version"))
        {
            throw new InvalidOperationException(
                $"'{file}' is no checkpoint, but weights alone: load them with LoadWeights, and begin anew.");
        }

        own.Check("version", FormatVersion);
        own.Check("settings", settings);
        var threads = own.ReadInt64("threads");
        best.LoadState(own.Part("best"));
        foreach (var (name, part) in parts)
        {
            part.LoadState(state.Part(name));
        }

        return state.Problems.Count == 0
            ? threads
            : throw new InvalidOperationException(
                $"'{file}' is a checkpoint of another model or training, and nothing of it was taken:\n- "
                + $"{string.Join("\n- ", state.Problems)}\nTo begin anew with its weights, use LoadWeights and leave out resume.");
    }

    private void ReportThreads(long threads)
    {
        if (threads != get_num_threads())
        {
            run.Report(FormattableString.Invariant(
                $"The checkpoint was made with {threads} threads, and there are {get_num_threads()} now: results will differ in their last digits. torch.set_num_threads({threads}) makes them equal."));
        }
    }

    private void CheckReplay(string file, StateReader state, long? step)
    {
        var made = state.Part(parts.Find(part => part.Part == progress).Name ?? OwnName).ReadInt64("step");
        if (made > step)
        {
            throw new ArgumentOutOfRangeException(
                nameof(step),
                step,
                FormattableString.Invariant($"'{file}' was made after {made} steps: step {step} was over by then. Take an earlier checkpoint."));
        }
    }
}
