using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <content>What is checked before the first batch, and explained when the training ends with an error.</content>
public sealed partial class TrainingRun
{
    /// <summary>
    /// Makes sure that there are validation data where something needs them, before anything is touched.
    /// </summary>
    /// <param name="validationBatches">The batches, or null.</param>
    /// <param name="reason">What needs them, a main clause: <c>[EarlyStopping] watches val_loss</c>.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="validationBatches"/> is null. The message says why they are needed and how they are given.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is null, empty or blank.</exception>
    public static void RequireValidation([NotNull] object? validationBatches, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (validationBatches is null)
        {
            // No name of a parameter: which overload was called, and what it calls them, is not known here.
            throw new ArgumentNullException(
                null, $"{reason}: give Fit validation data (validationBatches:, validation: or validationSplit:).");
        }
    }

    /// <summary>
    /// Makes sure that a single step would train a model: that gradients are recorded, and that the optimizer is one of this
    /// model's. It is cheap after the first step with the same two.
    /// </summary>
    /// <param name="model">The model, on its device.</param>
    /// <param name="optimizer">What will update its weights.</param>
    /// <param name="name">What to call the optimizer in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The optimizer holds none of the model's trainable parameters, was made before they were replaced, needs a closure, or has
    /// a learning rate that is not a finite number.
    /// </exception>
    /// <exception cref="InvalidOperationException">Gradients are switched off.</exception>
    public static void CheckStep(
        nn.Module model, optim.Optimizer optimizer, [CallerArgumentExpression(nameof(optimizer))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer, name ?? nameof(optimizer));
        ThrowWithoutGradients("TrainOnBatch");
        OptimizerCheck.ThrowIfUnfitOnce(optimizer, model, name ?? nameof(optimizer));
    }

    /// <summary>Makes sure that an optimizer would train this run's model: <see cref="Checked"/> as a statement.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="name">What to call it in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="optimizer"/> is null.</exception>
    /// <exception cref="ArgumentException">It would not; see <see cref="Checked"/>.</exception>
    public void Check(optim.Optimizer optimizer, [CallerArgumentExpression(nameof(optimizer))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer, name ?? nameof(optimizer));
        OptimizerCheck.ThrowIfUnfit(optimizer, model, name ?? nameof(optimizer));
        if (optimizer is IFusedOptimizer { WhyNotFused: { } reason })
        {
            Report($"{optimizer.GetType().Name} steps its parameters one by one, because {reason}. The results are the same, but a step takes longer.");
        }
    }

    /// <summary>
    /// Makes sure that a learning rate is a number, and has an effect: an optimizer that is passed keeps its own.
    /// </summary>
    /// <param name="learningRate">The learning rate that <c>Fit</c> was given; null for none.</param>
    /// <param name="optimizer">The optimizer that <c>Fit</c> was given; null for none.</param>
    /// <param name="unchanged">The learning rate that <c>Fit</c> has where the caller says nothing; null (the default) for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or not a number.</exception>
    /// <exception cref="ArgumentException">
    /// There is an optimizer, and a learning rate other than <paramref name="unchanged"/> (one that is equal to it cannot be told
    /// from none).
    /// </exception>
    public void CheckLearningRate(double? learningRate, optim.Optimizer? optimizer, double? unchanged = null)
    {
        if (learningRate is not { } rate)
        {
            return;
        }

        if (!OptimizerCheck.IsRate(rate))
        {
            throw OptimizerCheck.NoRate(rate);
        }

        if (optimizer is not null && rate != unchanged)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Fit got an optimizer and a learningRate of {rate}, which would have no effect: an optimizer that is passed keeps its own. ")
                + "Leave one of them out, or set it on the optimizer, optimizer.SetLearningRate(…).",
                nameof(learningRate));
        }
    }

    private static void ThrowWithoutGradients(string method)
    {
        if (is_inference_mode_enabled())
        {
            throw new InvalidOperationException(
                $"{method} was called in torch.inference_mode(), where no gradients can be computed: end it before.");
        }

        if (!is_grad_enabled())
        {
            throw new InvalidOperationException(
                $"{method} was called in torch.no_grad(), where no gradients are computed and nothing would be trained: end it before.");
        }
    }

    private static void ThrowIfUntrainable(nn.Module model)
    {
        ThrowWithoutGradients("Fit");
        try
        {
            _ = model.training;
        }
        catch (ObjectDisposedException)
        {
            throw new ObjectDisposedException(model.GetType().Name, "The model was disposed: make a new one, and load its weights.");
        }

        var parameters = model.parameters().ToList();
        if (parameters.Exists(parameter => parameter.IsInvalid) && FreedTensors.Describe(model) is { } freed)
        {
            throw new InvalidOperationException(freed);
        }

        if (!parameters.Exists(parameter => parameter.requires_grad))
        {
            // Fields are what the sentence is about.
            var unknown = UnknownParts.Describe(model, areFieldsLeftOut: true);
            throw new InvalidOperationException(
                $"{model.GetType().Name} has no trainable parameters. If its layers are fields, call "
                + "RegisterComponents() at the end of the constructor; if they were frozen, set requires_grad to true "
                + $"on what is to be trained.{(unknown is null ? "" : " " + unknown)}");
        }
    }

    /// <summary>Layers that were in evaluation mode in a model in training mode, and are not any more.</summary>
    private void ReportOverriddenModes()
    {
        var overridden = modes.NewlyTraining(model);
        if (overridden.Count > 0)
        {
            Report(
                $"{string.Join(", ", overridden.Take(5))}{(overridden.Count > 5 ? ", and more" : "")} of {model.GetType().Name} had been put in "
                + "evaluation mode, and Fit puts every module in training mode. To keep layers in evaluation mode, call their eval() "
                + "in OnEpochBegin.");
        }
    }

    /// <summary>Torch's "empty handle" does not say whose: that is looked for once it has happened.</summary>
    private InvalidOperationException? Explain(Exception? exception)
    {
        try
        {
            return exception is not null && FreedTensors.IsCause(exception) && FreedTensors.Describe(model) is { } freed
                ? new InvalidOperationException(freed, exception)
                : null;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
