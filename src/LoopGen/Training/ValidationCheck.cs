using System.Globalization;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>Compares validation data with the first batch of a training, before the first update.</summary>
/// <param name="first">The members of the first batch as it was stored; null where that is not known.</param>
/// <param name="target">The target of the first batch.</param>
/// <param name="targetMember">Which member it is.</param>
/// <param name="check">The check that the first batch has passed.</param>
/// <param name="checkValues">The part of it that looks at values.</param>
internal sealed class ValidationCheck(
    IReadOnlyList<object?>? first, Tensor target, int targetMember, TargetCheck check, Action<TargetCheck> checkValues)
{
    private const string Name = "validationBatches";

    /// <param name="batches">The members of each batch.</param>
    /// <param name="isFirst">Whether members other than the target are to be compared too.</param>
    public void Check(IReadOnlyList<IReadOnlyList<object?>> batches, bool isFirst)
    {
        if (batches.Count == 0)
        {
            throw Error("they are empty. Give null for none.");
        }

        foreach (var members in batches)
        {
            if (first is not null && members.Count != first.Count)
            {
                throw Error(
                    $"a batch has {Text(members.Count)} members, but one of the training data has {Text(first.Count)}.");
            }

            for (var index = 0; index < members.Count; index++)
            {
                var known = index == targetMember ? StoredData.Member(first, index) ?? target : StoredData.Member(first, index);
                if ((isFirst || index == targetMember) && known is not null && members[index] is Tensor { IsInvalid: false } tensor)
                {
                    Compare(index, tensor, known);
                }
            }

            if (StoredData.Member(members, targetMember) is { } other && StoredData.IsAlike(other, target))
            {
                checkValues(check.With(other, new DataPlace(IsValidation: true, 0)));
            }
        }
    }

    private void Compare(int index, Tensor tensor, Tensor known)
    {
        if (tensor.dtype != known.dtype || tensor.dim() != known.dim())
        {
            var what = index == targetMember ? check.TargetName : $"member {Text(index + 1)} of a batch";
            throw Error(
                $"{what} must have the type and the number of dimensions that it has in the training data, "
                + $"{Describe.Tensor(known)}, but is {Describe.Tensor(tensor)}.");
        }
    }

    private static ArgumentException Error(string message) => new($"Validation data: {message}", Name);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
