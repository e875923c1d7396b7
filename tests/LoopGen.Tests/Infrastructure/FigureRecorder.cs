namespace LoopGen.Tests;

/// <summary>A recorder that also wants to see figures.</summary>
internal sealed class FigureRecorder : Recorder
{
    public override void OnFigures(TrainingRun run, IReadOnlyList<(string Name, double Value)> figures) =>
        Events.Add("figures " + string.Join(" ", figures.Select(figure => $"{figure.Name}={figure.Value}")));
}
