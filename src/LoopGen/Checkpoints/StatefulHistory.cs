using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoopGen;

/// <summary>The figures of the epochs that were completed, as JSON: a list of objects, null where a figure was not measured.</summary>
internal sealed class StatefulHistory<TLog>(
    History<TLog> history, Func<int, IReadOnlyDictionary<string, double?>, TLog> read) : IStateful
    where TLog : IEpochLog
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <inheritdoc/>
    public void SaveState(StateWriter state) =>
        state.Write("epochs", JsonSerializer.Serialize(
            history.Select(log => log.Figures.Prepend(("epoch", log.Epoch)).ToDictionary(figure => figure.Item1, figure => figure.Item2)),
            Json));

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        var text = state.ReadText("epochs");
        try
        {
            var logs = (JsonSerializer.Deserialize<List<Dictionary<string, double?>>>(text, Json) ?? [])
                .ConvertAll(figures => read((int)(figures ?? throw new JsonException("an epoch is null"))["epoch"]!.Value, figures));
            state.OnSuccess(() => logs.ForEach(history.Add));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            state.Note($"the history of the file is not that of this model: {exception.Message.TrimEnd('.')}");
        }
    }
}
