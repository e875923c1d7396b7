using System.Text.Json;

namespace LoopGen;

/// <summary>The figures of the epochs that were completed, as JSON: a list of objects, null where a figure was not measured.</summary>
internal sealed class StatefulHistory<TLog>(
    History<TLog> history, Func<int, IReadOnlyDictionary<string, double?>, TLog> read) : IStateful
    where TLog : IEpochLog
{
    /// <inheritdoc/>
    public void SaveState(StateWriter state) =>
        state.Write("epochs", JsonSerializer.Serialize(
            [.. history.Select(log => log.Figures.Prepend(("epoch", log.Epoch)).ToDictionary(figure => figure.Item1, figure => figure.Item2))],
            HistoryJson.Default.ListDictionaryStringNullableDouble));

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        var text = state.ReadText("epochs");
        try
        {
            var epochs = JsonSerializer.Deserialize(text, HistoryJson.Default.ListDictionaryStringNullableDouble) ?? throw new JsonException("it is null");
            var logs = epochs.ConvertAll(figures => read((int)(figures ?? throw new JsonException("an epoch is null"))["epoch"]!.Value, figures));
            if (logs.Where((log, index) => log.Epoch != index + 1).Any())
            {
                throw new JsonException("its epochs do not count from 1");
            }

            state.OnSuccess(() => logs.ForEach(history.Add));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            state.Note($"the history of the file is not that of this model: {exception.Message.TrimEnd('.')}");
        }
    }
}
