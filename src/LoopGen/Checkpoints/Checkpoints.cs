using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The checkpoints of a training: files of its whole state, from which it goes on bit for bit, and files of its best weights.
/// </summary>
/// <remarks>
/// A checkpoint is a <see href="https://huggingface.co/docs/safetensors">safetensors</see> file with a checksum: tensors
/// such as <c>model.linear.weight</c> and <c>optimizer.0.exp_avg</c>, numbers and texts in its metadata. It is written aside,
/// flushed to the disk and renamed, and the one before is kept. Nothing in a file is ever executed.
/// </remarks>
public sealed partial class Checkpoints : IDisposable
{
    /// <summary>The name in the metadata that tells a checkpoint from weights.</summary>
    internal const string VersionName = OwnName + ".version";

    /// <summary>What the names of a model's tensors begin with, as emitted loops track it.</summary>
    internal const string ModelPrefix = "model.";

    private const string OwnName = "checkpoint";
    private const string FormatVersion = "1";
    private readonly TrainingRun run;
    private readonly string path;
    private readonly int keepLast;
    private readonly string settings;
    private readonly string? monitor;
    private readonly BestFiles best;
    private readonly List<(string Name, IStateful Part)> parts = [];
    private readonly List<string> skipped = [];
    private CheckpointFolder? folder;
    private TrainingProgress? progress;
    private bool isReplay;
    private bool hasBegun;
    private bool isDisposed;
    private long lastSave = Stopwatch.GetTimestamp();
    private (int? Epoch, long? Step)? lastPlace;

    /// <summary>Prepares checkpoints. No file is read or written before <see cref="Begin"/>.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">The folder, which is made if there is none. It must be for this training alone.</param>
    /// <param name="settings">
    /// What the training is, in words: a checkpoint of a training with other words is refused.
    /// </param>
    /// <param name="keepLast">How many checkpoints are kept, at least 2, so that one that is torn has one before it.</param>
    /// <param name="monitor">The figure by which weights are the best, or null if none are kept for it.</param>
    /// <param name="keepBest">How many of the best weights are kept, at least 1.</param>
    /// <param name="isHigherBetter">Whether a higher figure is better.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Checkpoints(
        TrainingRun run,
        string folder,
        string settings,
        int keepLast = 2,
        string? monitor = null,
        int keepBest = 1,
        bool isHigherBetter = false)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(keepLast, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(keepBest, 1);
        this.run = run;
        path = folder;
        this.settings = settings;
        this.keepLast = keepLast;
        this.monitor = monitor;
        best = new BestFiles(keepBest, monitor ?? string.Empty, isHigherBetter);
    }

    /// <summary>
    /// Damaged checkpoints that <see cref="Begin"/> passed over for the one before, each with the reason; they were renamed
    /// to <c>*.damaged</c>.
    /// </summary>
    public IReadOnlyList<string> Skipped => skipped;

    /// <summary>The checkpoint that <see cref="Begin"/> went on from; null if the training began anew.</summary>
    public string? ResumedFrom { get; private set; }

    /// <summary>Whether a checkpoint was saved, or gone on from, at the very place where the training is.</summary>
    public bool IsUpToDate => isReplay || Place == lastPlace;

    /// <summary>How long ago the state was saved, or the training begun.</summary>
    public TimeSpan SinceLastSave => Stopwatch.GetElapsedTime(lastSave);

    /// <summary>
    /// Takes the folder and, if asked, goes back to where a checkpoint was made. A torn or altered checkpoint is passed over
    /// for the one before; of one that does not fit, nothing is taken.
    /// </summary>
    /// <param name="resume">Whether to go on, and from where.</param>
    /// <exception cref="InvalidOperationException">
    /// The checkpoint is one of another model or training. The message lists everything that differs.
    /// </exception>
    /// <exception cref="InvalidDataException">All checkpoints are damaged, or the one that was asked for is.</exception>
    /// <exception cref="NotSupportedException">A part has no state that can be saved.</exception>
    /// <exception cref="IOException">The folder is in use by another training, or cannot be made or read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read or written.</exception>
    public void Begin(Resume resume)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (hasBegun)
        {
            throw new InvalidOperationException("Begin was called before: checkpoints are for one training.");
        }

        isReplay = resume.IsReplay;

        // Finds parts that cannot be saved now, and not after the first epoch.
        Collect().FreeOwned();

        if (!isReplay)
        {
            folder = CheckpointFolder.Open(path);
        }

        try
        {
            GoTo(resume);
        }
        catch
        {
            folder?.Dispose();
            folder = null;
            throw;
        }

        hasBegun = true;
        lastPlace = ResumedFrom is null ? null : Place;
        lastSave = Stopwatch.GetTimestamp();
    }

    /// <summary>Saves the whole state, under the number of updates made, and removes the oldest of such files.</summary>
    /// <exception cref="IOException">The file cannot be written; those before are unharmed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; those before are unharmed.</exception>
    public void SaveLast()
    {
        if (isReplay)
        {
            return;
        }

        Save(Folder.PathOf(progress?.Step ?? 0, isFailed: false));
        foreach (var name in best.TakeDisplaced())
        {
            Folder.DeleteBest(name);
        }

        Folder.Keep(keepLast);
        lastPlace = Place;
        lastSave = Stopwatch.GetTimestamp();
    }

    /// <summary>
    /// Saves the state after an exception, beside the others. The step that failed was not counted; what it had done to
    /// buffers and totals by then is in the file, so that going on from it is not exact.
    /// </summary>
    /// <param name="exception">The exception, whose message is put into the file.</param>
    /// <remarks>Nothing is saved where weights are not finite, or buffers not numbers. An exception while saving is not thrown: the first one is the one to report.</remarks>
    public void SaveAfter(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (isReplay || folder is null || isDisposed || exception is NonFiniteException)
        {
            return;
        }

        try
        {
            if (parts.Any(part => part.Part is StatefulModel { HasOnlyNumbers: false }))
            {
                run.Report("The state after the exception was not saved: its weights are not finite.");
                return;
            }

            Save(folder.PathOf(progress?.Step ?? 0, isFailed: true), exception.Message);
            folder.Keep(keepLast);
        }
        catch (Exception failure)
        {
            run.Report($"The state after the exception could not be saved: {failure.Message}");
        }
    }

    /// <summary>Whether weights with that figure would be kept.</summary>
    /// <param name="figure">The monitored figure.</param>
    /// <returns>Whether fewer are kept than may be, or one of them is worse. Never where the figure is not finite.</returns>
    public bool IsAmongBest(double figure) => !isReplay && best.Admits(figure);

    /// <summary>Saves a model's weights as one of the best, in a file that <see cref="Weights.LoadWeights"/> reads.</summary>
    /// <param name="model">The model with the weights to keep.</param>
    /// <param name="figure">The monitored figure.</param>
    /// <param name="name">The file's name without its extension.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, or would lead out of the folder.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there before is unharmed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; one that was there before is unharmed.</exception>
    public void SaveBest(nn.Module model, double figure, string name = "best")
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckName(name);
        if (isReplay)
        {
            return;
        }

        var words = new Dictionary<string, string>
        {
            [CheckpointFolder.BestMark] = monitor ?? string.Empty,
            ["figure"] = figure.ToString("R", CultureInfo.InvariantCulture),
            ["epoch"] = (progress?.Epoch ?? 0).ToString(CultureInfo.InvariantCulture),
            ["step"] = (progress?.Step ?? 0).ToString(CultureInfo.InvariantCulture),
        };
        model.SaveWeights(Folder.PathOf(name), words);
        best.Add(figure, name);
    }

    /// <summary>Lets others have the folder.</summary>
    public void Dispose()
    {
        isDisposed = true;
        folder?.Dispose();
    }

    private (int? Epoch, long? Step)? Place => (progress?.Epoch, progress?.Step);

    private CheckpointFolder Folder
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return folder ?? throw new InvalidOperationException("Begin must be called before anything is saved.");
        }
    }

    private static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!CheckpointFolder.CanBeBest(name))
        {
            throw new ArgumentException(
                $"'{name}' is not the name of a file in the folder: it must not begin with a dot, contain '/', '\\' or ':', or be "
                + "that of a checkpoint.",
                nameof(name));
        }
    }

    private StateWriter Collect()
    {
        var state = new StateWriter();
        var own = state.Part(OwnName);
        own.Write("version", FormatVersion);
        own.Write("settings", settings);
        own.Write("threads", get_num_threads());
        best.SaveState(own.Part("best"));
        try
        {
            foreach (var (name, part) in parts)
            {
                part.SaveState(state.Part(name));
            }
        }
        catch
        {
            state.FreeOwned();
            throw;
        }

        return state;
    }

    private void Save(string file, string? failure = null)
    {
        var state = Collect();
        try
        {
            if (failure is not null)
            {
                state.Part(OwnName).Write("failure", failure);
            }

            SafetensorsFile.Save(file, state.Tensors, state.Texts);
        }
        finally
        {
            state.FreeOwned();
        }
    }
}
