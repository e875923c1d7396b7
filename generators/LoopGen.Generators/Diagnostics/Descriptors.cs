using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Diagnostics;

/// <summary>What each diagnostic says. Every message tells what to do.</summary>
internal static class Descriptors
{
    private const string Category = "LoopGen";

    // Without these there is no loop, and hiding the reason would leave only "Fit does not exist".
    private static readonly string[] AlwaysOn = [WellKnownDiagnosticTags.NotConfigurable];

    /// <summary>{0} the type that lacks it, {1} the model.</summary>
    public static readonly DiagnosticDescriptor NotPartial = Shape(
        DiagnosticIds.NotPartial,
        "A trained model must be partial",
        "Make {0} partial: LoopGen writes Fit, Evaluate and Predict into another part of {1}");

    /// <summary>{0} the class.</summary>
    public static readonly DiagnosticDescriptor NotAModule = Shape(
        DiagnosticIds.NotAModule,
        "A trained model must be a TorchSharp module",
        "{0} is not a TorchSharp module: derive it from Module<Tensor, Tensor>");

    /// <summary>{0} the class, {1} the module it is, {2} what that means.</summary>
    public static readonly DiagnosticDescriptor UnsupportedForward = Shape(
        DiagnosticIds.UnsupportedForward,
        "A trained model's forward must take one tensor and return one",
        "{0} is a {1}, {2}: LoopGen trains a Module<Tensor, Tensor>, whose forward takes one Tensor and returns one");

    /// <summary>{0} the class, {1} what it is, {2} what to do.</summary>
    public static readonly DiagnosticDescriptor NotAnOrdinaryClass = Shape(
        DiagnosticIds.NotAnOrdinaryClass,
        "A trained model must be an ordinary class",
        "{0} is {1}: {2}");

    /// <summary>{0} the version.</summary>
    public static readonly DiagnosticDescriptor OldLanguage = Shape(
        DiagnosticIds.OldLanguage,
        "Emitted loops need C# 12",
        "LoopGen writes C# 12, and this project is compiled as C# {0}: "
            + "set <LangVersion>12</LangVersion> in the project file, or build with the .NET 8 SDK or a newer one");

    /// <summary>{0} the losses, each with what it is for.</summary>
    public static readonly DiagnosticDescriptor NoLoss = Error(
        DiagnosticIds.NoLoss,
        "A trained model needs a loss",
        "Say what to minimize: add {0}");

    /// <summary>{0} the property, {1} the optimizer, loss, metric, schedule or limit, {2} those that take it.</summary>
    public static readonly DiagnosticDescriptor HyperparameterNotTaken = Error(
        DiagnosticIds.HyperparameterNotTaken,
        "What the attribute chooses does not take this argument",
        "{1} does not take {0}: remove it, or choose {2}");

    /// <summary>{0} the property, {1} the value, {2} the range.</summary>
    public static readonly DiagnosticDescriptor NumberOutOfRange = Error(
        DiagnosticIds.NumberOutOfRange,
        "A hyperparameter is out of its range",
        "{0} is {1}: it must be {2}");

    /// <summary>{0} the value, {1} the enum, {2} its members.</summary>
    public static readonly DiagnosticDescriptor NotAMember = Error(
        DiagnosticIds.NotAMember,
        "A value that is none of the enum's members",
        "{0} is no member of {1}: choose {2}");

    /// <summary>{0} the attribute, {1} the property, {2} what to write.</summary>
    public static readonly DiagnosticDescriptor UnknownProperty = Error(
        DiagnosticIds.UnknownProperty,
        "An argument that the attribute does not have",
        "[{0}] has no {1}: {2}");

    /// <summary>{0} what to do.</summary>
    public static readonly DiagnosticDescriptor NesterovAlone = Error(
        DiagnosticIds.NesterovAlone,
        "Nesterov needs a momentum and no dampening",
        "Nesterov needs a Momentum above 0 and a Dampening of 0: {0}");

    /// <summary>{0} the enum, {1} the name, {2} what to write.</summary>
    public static readonly DiagnosticDescriptor UnknownMember = Error(
        DiagnosticIds.UnknownMember,
        "A name that LoopGen does not have",
        "{0} has no {1}: {2}");

    /// <summary>{0} the enum, {1} what its name means there, {2} what to write.</summary>
    public static readonly DiagnosticDescriptor NameMeansAnother = Error(
        DiagnosticIds.NameMeansAnother,
        "A name of LoopGen that means something else there, too",
        "{0} can mean {1} here: write {2}");

    /// <summary>{0} how often the loop computes the loss, {1} the optimizers of the catalogue.</summary>
    public static readonly DiagnosticDescriptor OptimizerNeedsClosure = Error(
        DiagnosticIds.OptimizerNeedsClosure,
        "An optimizer that needs a closure",
        "LBFGS computes the loss of a batch several times for one update, and this loop computes it {0}: choose {1}, or write Fit yourself");

    /// <summary>{0} the metric, {1} the loss, {2} the metrics that fit.</summary>
    public static readonly DiagnosticDescriptor MetricDoesNotFit = Error(
        DiagnosticIds.MetricDoesNotFit,
        "The metric does not fit the loss",
        "{0} means nothing for a model trained with {1}: choose {2}, or remove the metric");

    /// <summary>{0} the metric, {1} its K, {2} the number of outputs.</summary>
    public static readonly DiagnosticDescriptor MetricDoesNotFitOutput = Error(
        DiagnosticIds.MetricDoesNotFitOutput,
        "The metric does not fit the output",
        "{0} with K = {1} means nothing for a model with {2} outputs, because every class is among them: set K to less than {2}, or remove the metric");

    /// <summary>{0} the figure, {1} a name that is free.</summary>
    public static readonly DiagnosticDescriptor MetricNameTaken = Error(
        DiagnosticIds.MetricNameTaken,
        "Two metrics of one name",
        "Another metric is reported as {0}: give this one a name of its own, for example Name = \"{1}\"");

    /// <summary>{0} the name, {1} why not.</summary>
    public static readonly DiagnosticDescriptor MetricNameImpossible = Error(
        DiagnosticIds.MetricNameImpossible,
        "A name that a metric cannot have",
        "A metric cannot be named \"{0}\": {1}");

    /// <summary>{0} the class.</summary>
    public static readonly DiagnosticDescriptor MetricWithoutCompile = Make(
        DiagnosticIds.MetricWithoutCompile,
        "A metric of a class that is not trained",
        "{0} has no [Compile], so no loop reports this metric: add [Compile] to the class, or remove the metric",
        DiagnosticSeverity.Warning);

    /// <summary>{0} what is wrong with it, {1} its signature.</summary>
    public static readonly DiagnosticDescriptor MetricMethod = Error(
        DiagnosticIds.MetricMethod,
        "A method that cannot be a metric",
        "This metric {0}: write {1}, which returns the mean of the batch or one value per sample");

    /// <summary>{0} the type, {1} what to do.</summary>
    public static readonly DiagnosticDescriptor MetricType = Error(
        DiagnosticIds.MetricType,
        "A type that cannot be a metric",
        "{0} cannot be a metric: {1}");

    /// <summary>{0} the field, {1} the attribute.</summary>
    public static readonly DiagnosticDescriptor NothingToTrain = Error(
        DiagnosticIds.NothingToTrain,
        "A field with nothing to train",
        "{0} holds neither a module nor a Parameter, so [{1}] means nothing: put it on a field that does, or remove it");

    /// <summary>{0} where the attribute stands, {1} what to do.</summary>
    public static readonly DiagnosticDescriptor MetricPlace = Error(
        DiagnosticIds.MetricPlace,
        "A [Metric] that does not suit its place",
        "On a {0}, [Metric] {1}");

    /// <summary>{0} the fields.</summary>
    public static readonly DiagnosticDescriptor ComponentsNotRegistered = Error(
        DiagnosticIds.ComponentsNotRegistered,
        "A constructor does not call RegisterComponents()",
        "End this constructor with RegisterComponents(): "
            + "without it the optimizer does not see the weights of {0}, and they are never trained");

    /// <summary>{0} the fields.</summary>
    public static readonly DiagnosticDescriptor PrimaryConstructor = Error(
        DiagnosticIds.PrimaryConstructor,
        "A primary constructor cannot call RegisterComponents()",
        "Write an ordinary constructor that ends with RegisterComponents(): "
            + "a primary constructor cannot call it, so the weights of {0} are never trained");

    /// <summary>{0} the base class, {1} the fields, {2} the first of them.</summary>
    public static readonly DiagnosticDescriptor RegisteredByBase = Error(
        DiagnosticIds.RegisteredByBase,
        "The base class calls RegisterComponents() before the fields are set",
        "The constructor of {0} has called RegisterComponents() before {1} is set, and a second call does nothing: "
            + "give {1} an initializer, or call register_module(\"{2}\", {2})");

    /// <summary>{0} the fields.</summary>
    public static readonly DiagnosticDescriptor RegisteredTooEarly = Error(
        DiagnosticIds.RegisteredTooEarly,
        "RegisterComponents() is called before the fields are set",
        "Call RegisterComponents() at the end of the constructor: here it runs before {0} is set, whose weights are then never trained");

    /// <summary>{0} the activation.</summary>
    public static readonly DiagnosticDescriptor SoftmaxBeforeLoss = Error(
        DiagnosticIds.SoftmaxBeforeLoss,
        "A softmax before cross-entropy",
        "CrossEntropy takes logits and applies log-softmax itself: remove {0} from the end of forward");

    /// <summary>{0} the activation.</summary>
    public static readonly DiagnosticDescriptor SigmoidBeforeLoss = Error(
        DiagnosticIds.SigmoidBeforeLoss,
        "A sigmoid before binary cross-entropy on logits",
        "BCEWithLogits takes logits and applies the sigmoid itself: remove {0} from the end of forward");

    /// <summary>{0} the method, {1} the hook.</summary>
    public static readonly DiagnosticDescriptor UnknownHook = Error(
        DiagnosticIds.UnknownHook,
        "A partial method whose name is almost a hook's",
        "{0} is no hook, so nothing calls it: did you mean {1}?");

    /// <summary>{0} the hook, {1} its signature.</summary>
    public static readonly DiagnosticDescriptor HookSignature = Error(
        DiagnosticIds.HookSignature,
        "A hook with other parameters than the loop passes",
        "The loop does not call this {0}: write {1}");

    /// <summary>{0} the modifiers, {1} the hook, {2} why.</summary>
    public static readonly DiagnosticDescriptor HookModifier = Error(
        DiagnosticIds.HookModifier,
        "A hook with a modifier",
        "Remove {0} from {1}: {2}");

    /// <summary>{0} the hook, {1} its signature.</summary>
    public static readonly DiagnosticDescriptor HookNotPartial = Error(
        DiagnosticIds.HookNotPartial,
        "A method like a hook that is not partial",
        "The loop does not call this {0}: write {1} to make it a hook, or give it another name");

    /// <summary>{0} the hook, {1} what to do.</summary>
    public static readonly DiagnosticDescriptor HookWithoutBody = Error(
        DiagnosticIds.HookWithoutBody,
        "A hook without a body",
        "LoopGen declares {0} already: {1}");

    /// <summary>{0} what lacks it, {1} the argument, {2} what it is.</summary>
    public static readonly DiagnosticDescriptor ArgumentMissing = Error(
        DiagnosticIds.ArgumentMissing,
        "An argument without which a block means nothing",
        "{0} needs {1}: {2}");

    /// <summary>{0} the limits, {1} what to do.</summary>
    public static readonly DiagnosticDescriptor ClipLimits = Error(
        DiagnosticIds.ClipLimits,
        "Gradients without a limit, or with several",
        "[ClipGradients] takes one of {0}: {1}");

    /// <summary>{0} the name, {1} what to write.</summary>
    public static readonly DiagnosticDescriptor UnknownFigure = Error(
        DiagnosticIds.UnknownFigure,
        "A watched figure that the model does not report",
        "The model reports no \"{0}\": {1}");

    /// <summary>{0} the figure.</summary>
    public static readonly DiagnosticDescriptor DirectionUnknown = Error(
        DiagnosticIds.DirectionUnknown,
        "A watched metric of one's own that does not say which way it improves",
        "Nothing says whether \"{0}\" is better when it is higher: write HigherIsBetter = true or false on its [Metric]");

    /// <summary>{0} the one, {1} the other, {2} what to do.</summary>
    public static readonly DiagnosticDescriptor BlocksExclude = Error(
        DiagnosticIds.BlocksExclude,
        "Attributes that exclude each other",
        "{0} and {1} exclude each other: {2}");

    /// <summary>{0} what is wrong with it, {1} its signature.</summary>
    public static readonly DiagnosticDescriptor ScheduleMethod = Error(
        DiagnosticIds.ScheduleMethod,
        "A method that cannot be a schedule",
        "This schedule {0}: write {1}, which returns the factor of the learning rate");

    /// <summary>{0} the class, {1} the attribute.</summary>
    public static readonly DiagnosticDescriptor BlockWithoutCompile = Make(
        DiagnosticIds.BlockWithoutCompile,
        "An attribute of the loop on a class that is not trained",
        "{0} has no [Compile], so no loop follows [{1}]: add [Compile] to the class, or remove [{1}]",
        DiagnosticSeverity.Warning);

    /// <summary>{0} where the attribute stands, {1} what to do.</summary>
    public static readonly DiagnosticDescriptor SchedulePlace = Error(
        DiagnosticIds.SchedulePlace,
        "A [Schedule] that does not suit its place",
        "On a {0}, [Schedule] {1}");

    /// <summary>{0} the name, {1} what is wrong with it.</summary>
    public static readonly DiagnosticDescriptor FileName = Error(
        DiagnosticIds.FileName,
        "A name that the files of the best weights cannot have",
        "The file name \"{0}\" {1}");

    /// <summary>{0} the metric's type.</summary>
    public static readonly DiagnosticDescriptor MetricWithoutState = Error(
        DiagnosticIds.MetricWithoutState,
        "A metric of one's own that a checkpoint cannot hold",
        "A checkpoint must hold the totals of {0}: override SaveState and LoadState in it");

    /// <summary>{0} the class, {1} what it has, {2} it or them.</summary>
    public static readonly DiagnosticDescriptor OwnedMember = Make(
        DiagnosticIds.OwnedMember,
        "A loop that the attributes no longer shape",
        "{0} has {1} of its own, which the attributes do not shape: change {2} by hand, or remove {2} to have LoopGen write {2} again",
        DiagnosticSeverity.Info);

    /// <summary>{0} the class, {1} what it has, {2} what changed.</summary>
    public static readonly DiagnosticDescriptor OwnedMemberDiffers = Make(
        DiagnosticIds.OwnedMemberDiffers,
        "A loop of one's own that was written from other attributes",
        "{0} has {1} of its own, written before the attributes changed ({2}): make the change there, too, and in the comment above",
        DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Shape(string id, string title, string message)
        => Make(id, title, message, DiagnosticSeverity.Error, AlwaysOn);

    private static DiagnosticDescriptor Error(string id, string title, string message)
        => Make(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Make(string id, string title, string message, DiagnosticSeverity severity, params string[] tags)
        => new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: HelpLink(id), customTags: tags);

    private static string HelpLink(string id) => $"https://github.com/loopgen/loopgen/blob/main/docs/diagnostics/{id}.md";
}
