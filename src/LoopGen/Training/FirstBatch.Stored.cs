using System.Collections;
using static TorchSharp.torch;

namespace LoopGen;

/// <content>What can be known of all data before the first update: those that are in memory are looked at.</content>
public sealed partial class FirstBatch
{
    private readonly IEnumerable? trainBatches;
    private readonly IEnumerable? validationBatches;
    private readonly bool isValidation;
    private readonly int firstTarget;
    private readonly List<string> targets = [];

    /// <summary>Makes checks of the batches alone.</summary>
    public FirstBatch()
    {
    }

    /// <summary>
    /// Makes checks that also look at what is not in the first batch: at all targets of whole tensors, and at the
    /// validation data, which would otherwise be seen only after an epoch. It happens with the first batch that is
    /// checked, before any update.
    /// </summary>
    /// <param name="trainBatches">
    /// The source of the batches. The targets of tensors that are in memory (<see cref="TensorBatches{TBatch}"/>) are
    /// looked at; other sources are not read.
    /// </param>
    /// <param name="validationBatches">
    /// The source of the validation data, or null (the default) for none. Whole tensors, arrays and lists are looked at:
    /// whether there are any, and whether they have the number of members, the types and numbers of dimensions of the
    /// training data, and targets that the loss takes. Sizes may differ. Anything else is not read.
    /// </param>
    /// <param name="firstTarget">
    /// Which member of a batch is the first target, from 0; 1 by default. Several targets stand one after the other, in the
    /// order in which they are checked.
    /// </param>
    /// <remarks>
    /// For data that are what the model is given: a hook that changes batches changes what is right for them. Sources are
    /// not enumerated, so neither their order nor torch's random generators move.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="trainBatches"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="firstTarget"/> is negative.</exception>
    public FirstBatch(IEnumerable trainBatches, IEnumerable? validationBatches = null, int firstTarget = 1)
    {
        ArgumentNullException.ThrowIfNull(trainBatches);
        ArgumentOutOfRangeException.ThrowIfNegative(firstTarget);
        this.trainBatches = trainBatches;
        this.validationBatches = validationBatches;
        this.firstTarget = firstTarget;
    }

    private FirstBatch(IEnumerable? trainBatches, bool isValidation, int firstTarget)
    {
        this.trainBatches = trainBatches;
        this.isValidation = isValidation;
        this.firstTarget = firstTarget;
    }

    /// <summary>Makes checks for an evaluation, whose errors say that they are about validation data.</summary>
    /// <param name="validationBatches">
    /// The source of the batches; all targets of tensors that are in memory are looked at with the first batch. Null (the
    /// default) for checks of the batches alone.
    /// </param>
    /// <param name="firstTarget">Which member of a batch is the first target, from 0; 1 by default.</param>
    /// <returns>The checks.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="firstTarget"/> is negative.</exception>
    public static FirstBatch OfValidation(IEnumerable? validationBatches = null, int firstTarget = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstTarget);
        return new FirstBatch(validationBatches, isValidation: true, firstTarget);
    }

    private DataPlace Place(long before) => new(isValidation, before + 1);

    /// <summary>With the first batch of a target: the other targets, and the validation data.</summary>
    private void CheckStored(TargetCheck check, Tensor target, Action<TargetCheck> checkValues)
    {
        if (trainBatches is null || targets.Contains(check.TargetName))
        {
            return;
        }

        using var scope = NewDisposeScope();
        var member = firstTarget + targets.Count;
        var first = StoredData.FirstBatchOf(trainBatches);
        if (trainBatches is IStoredBatches && StoredData.Member(first, member) is { } all && StoredData.IsAlike(all, target))
        {
            checkValues(check.With(all, new DataPlace(isValidation, 0)));
        }

        if (validationBatches is not null && StoredData.BatchesOf(validationBatches) is { } validation)
        {
            new ValidationCheck(first, target, member, check, checkValues).Check(validation, isFirst: targets.Count == 0);
        }

        // A failure is found again by the next call.
        targets.Add(check.TargetName);
    }
}
