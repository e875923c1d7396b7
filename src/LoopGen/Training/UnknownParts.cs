using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>What a model holds and does not know: layers in a list, say, which nothing trains.</summary>
internal static class UnknownParts
{
    private const int MaxNames = 5;

    /// <summary>A sentence or two about them; null where there are none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="areFieldsLeftOut">Whether to pass over what stands in a field by itself.</param>
    public static string? Describe(nn.Module model, bool areFieldsLeftOut = false)
    {
        var known = model.parameters().ToHashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var names = new List<string>();
        foreach (var (path, value) in ModelFields.Of(model))
        {
            var isUnknown = value switch
            {
                nn.Module module => module.parameters().Any(),
                Parameter parameter => !known.Contains(parameter),
                Tensor { IsInvalid: false } tensor => tensor.requires_grad && tensor.is_leaf && !known.Contains(tensor),
                _ => false,
            };
            if (isUnknown && !(areFieldsLeftOut && path.AsSpan().IndexOfAny('.', '[') < 0))
            {
                names.Add($"{path} ({(value is nn.Module layer ? layer.GetType().Name : value.GetType().Name)})");
            }
        }

        if (names.Count == 0)
        {
            return null;
        }

        var more = names.Count > MaxNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MaxNames} more") : "";
        return $"{model.GetType().Name} holds what it has not registered: {string.Join(", ", names.Take(MaxNames))}{more}. It is neither "
            + "trained nor saved, and stays in its mode and on its device. Keep layers in fields, ModuleList or ModuleDict, and "
            + "weights in fields of type Parameter; what is kept out on purpose, such as a frozen helper network, may stay.";
    }
}
