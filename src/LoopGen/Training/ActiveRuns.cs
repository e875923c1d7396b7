using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>The runs of this process that have not ended, and the modules that they train.</summary>
internal static class ActiveRuns
{
    private static readonly object Gate = new();
    private static readonly ConditionalWeakTable<nn.Module, Claim> Claims = new();
    private static readonly List<WeakReference<TrainingRun>> Runs = [];

    /// <summary>Notes that a run trains the modules of a model.</summary>
    /// <exception cref="InvalidOperationException">Another thread is training one of them.</exception>
    public static void Add(TrainingRun run, nn.Module model)
    {
        var thread = Environment.CurrentManagedThreadId;
        nn.Module[] modules = [model, .. model.modules()];
        lock (Gate)
        {
            foreach (var module in modules)
            {
                if (Claims.TryGetValue(module, out var claim) && claim.Thread != thread && claim.Run.TryGetTarget(out var other) && other.IsActive)
                {
                    var what = ReferenceEquals(module, model) ? "" : $" ({module.GetType().Name} is a part of both models)";
                    throw new InvalidOperationException(
                        $"{model.GetType().Name} is being trained by another Fit, in another thread{what}. Two at once would overwrite "
                        + "each other's gradients: wait for the first, or train a copy.");
                }
            }

            var mine = new Claim(thread, new WeakReference<TrainingRun>(run));
            foreach (var module in modules)
            {
                Claims.AddOrUpdate(module, mine);
            }

            Runs.RemoveAll(reference => !reference.TryGetTarget(out var other) || !other.IsActive);
            Runs.Add(mine.Run);
        }
    }

    /// <summary>The run that this thread began last, if another thread trains too.</summary>
    public static TrainingRun? OfThisThreadBesideOthers()
    {
        var thread = Environment.CurrentManagedThreadId;
        lock (Gate)
        {
            TrainingRun? mine = null;
            var hasOthers = false;
            foreach (var reference in Runs)
            {
                if (reference.TryGetTarget(out var run) && run.IsActive)
                {
                    hasOthers |= run.Thread != thread;
                    mine = run.Thread == thread ? run : mine;
                }
            }

            return hasOthers ? mine : null;
        }
    }

    private sealed record Claim(int Thread, WeakReference<TrainingRun> Run);
}
