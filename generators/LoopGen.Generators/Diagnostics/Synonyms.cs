namespace LoopGen.Generators.Diagnostics;

/// <summary>What PyTorch and Keras call the members of our enums and the properties of our attributes.</summary>
internal static class Synonyms
{
    /// <summary>Where others have no names of their own.</summary>
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Of the attributes.</summary>
    public static readonly IReadOnlyDictionary<string, string> Attributes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Compiled"] = "Compile",
        ["CompileModel"] = "Compile",
        ["Trained"] = "Compile",
        ["Metrics"] = "Metric",
        ["Scheduler"] = "Schedule",
        ["LearningRateSchedule"] = "Schedule",
        ["LearningRateScheduler"] = "Schedule",
        ["LRScheduler"] = "Schedule",
        ["Clip"] = "ClipGradients",
        ["ClipNorm"] = "ClipGradients",
        ["ClipValue"] = "ClipGradients",
        ["GradientClipping"] = "ClipGradients",
        ["AccumulateGradients"] = "Accumulate",
        ["GradientAccumulation"] = "Accumulate",
        ["ExponentialMovingAverage"] = "Ema",
        ["EMAWeightAveraging"] = "Ema",
        ["StochasticWeightAveraging"] = "Swa",
        ["StopEarly"] = "EarlyStopping",
        ["EarlyStoppingCallback"] = "EarlyStopping",
        ["ModelCheckpoint"] = "Checkpoint",
        ["BackupAndRestore"] = "Checkpoint",
        ["Checkpoints"] = "Checkpoint",
        ["WeightedSamples"] = "SampleWeights",
        ["WeightSamples"] = "SampleWeights",
        ["Weighted"] = "SampleWeights",
        ["TerminateOnNaN"] = "StopOnNaN",
        ["StopOnNan"] = "StopOnNaN",
        ["CheckNumerics"] = "StopOnNaN",
        ["NanGuard"] = "StopOnNaN",
        ["detect_anomaly"] = "DetectAnomaly",
        ["set_detect_anomaly"] = "DetectAnomaly",
        ["AnomalyMode"] = "DetectAnomaly",
    };

    /// <summary>Of the attributes of fields.</summary>
    public static readonly IReadOnlyDictionary<string, string> FieldAttributes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["lr"] = "LearningRate",
        ["Freeze"] = "Frozen",
        ["NotTrainable"] = "Frozen",
    };

    /// <summary>Of the hooks.</summary>
    public static readonly IReadOnlyDictionary<string, string> Hooks = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["on_train_start"] = "OnTrainBegin",
        ["on_fit_start"] = "OnTrainBegin",
        ["on_epoch_start"] = "OnEpochBegin",
        ["on_train_epoch_start"] = "OnEpochBegin",
        ["on_batch_begin"] = "OnBatch",
        ["on_batch_start"] = "OnBatch",
        ["on_train_batch_begin"] = "OnBatch",
        ["on_train_batch_start"] = "OnBatch",
        ["on_before_backward"] = "OnLoss",
        ["on_after_backward"] = "OnGradients",
        ["on_before_optimizer_step"] = "OnGradients",
        ["on_batch_end"] = "OnStep",
        ["on_train_batch_end"] = "OnStep",
        ["on_train_epoch_end"] = "OnEpochEnd",
        ["on_fit_end"] = "OnTrainEnd",
    };

    private static readonly IReadOnlyDictionary<string, string> Optimizers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StochasticGradientDescent"] = "SGD",
        ["GradientDescent"] = "SGD",
        ["RootMeanSquarePropagation"] = "RMSprop",
    };

    private static readonly IReadOnlyDictionary<string, string> Losses = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CrossEntropyLoss"] = "CrossEntropy",
        ["categorical_crossentropy"] = "CrossEntropy",
        ["sparse_categorical_crossentropy"] = "CrossEntropy",
        ["SoftmaxCrossEntropy"] = "CrossEntropy",
        ["NLLLoss"] = "NLL",
        ["negative_log_likelihood"] = "NLL",
        ["BCELoss"] = "BCE",
        ["binary_crossentropy"] = "BCE",
        ["BCEWithLogitsLoss"] = "BCEWithLogits",
        ["binary_cross_entropy_with_logits"] = "BCEWithLogits",
        ["MSELoss"] = "MSE",
        ["mean_squared_error"] = "MSE",
        ["L2"] = "MSE",
        ["L2Loss"] = "MSE",
        ["L1Loss"] = "L1",
        ["MAE"] = "L1",
        ["mean_absolute_error"] = "L1",
        ["HuberLoss"] = "Huber",
        ["SmoothL1Loss"] = "SmoothL1",
    };

    private static readonly IReadOnlyDictionary<string, string> Divisors = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mean_with_sample_weight"] = "Weights",
        ["sum_over_batch_size"] = "Targets",
    };

    private static readonly IReadOnlyDictionary<string, string> Metrics = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["acc"] = "Accuracy",
        ["binary_accuracy"] = "Accuracy",
        ["categorical_accuracy"] = "Accuracy",
        ["sparse_categorical_accuracy"] = "Accuracy",
        ["MSE"] = "MeanSquaredError",
        ["MAE"] = "MeanAbsoluteError",
        ["L1"] = "MeanAbsoluteError",
        ["sparse_top_k_categorical_accuracy"] = "TopKAccuracy",
        ["top_k_categorical_accuracy"] = "TopKAccuracy",
        ["Top5Accuracy"] = "TopKAccuracy",
        ["r_squared"] = "R2Score",
        ["R2"] = "R2Score",
        ["F1"] = "F1Score",
        ["FBetaScore"] = "F1Score",
        ["AUC"] = "RocAuc",
        ["AUROC"] = "RocAuc",
    };

    private static readonly IReadOnlyDictionary<string, string> Schedules = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CosineAnnealing"] = "Cosine",
        ["CosineAnnealingLR"] = "Cosine",
        ["CosineDecay"] = "Cosine",
        ["CosineSchedule"] = "Cosine",
        ["CosineAnnealingWarmRestarts"] = "CosineRestarts",
        ["CosineDecayRestarts"] = "CosineRestarts",
        ["SGDR"] = "CosineRestarts",
        ["StepLR"] = "Step",
        ["StepDecay"] = "Step",
        ["StepSchedule"] = "Step",
        ["MultiStepLR"] = "MultiStep",
        ["PiecewiseConstantDecay"] = "MultiStep",
        ["PiecewiseConstant"] = "MultiStep",
        ["ExponentialLR"] = "Exponential",
        ["ExponentialDecay"] = "Exponential",
        ["LinearLR"] = "Linear",
        ["LinearDecay"] = "Linear",
        ["LinearSchedule"] = "Linear",
        ["PolynomialLR"] = "Polynomial",
        ["PolynomialDecay"] = "Polynomial",
        ["OneCycleLR"] = "OneCycle",
        ["CyclicLR"] = "Cyclic",
        ["CyclicalLearningRate"] = "Cyclic",
        ["Triangular"] = "Cyclic",
        ["ReduceLROnPlateau"] = "Plateau",
        ["ReduceOnPlateau"] = "Plateau",
        ["PlateauSchedule"] = "Plateau",
    };

    // Of [Compile] and [Metric].
    private static readonly IReadOnlyDictionary<string, string> ModelProperties = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["lr"] = "LearningRate",
        ["step_size"] = "LearningRate",
        ["eps"] = "Epsilon",
        ["beta_1"] = "Beta1",
        ["beta_2"] = "Beta2",
        ["decay"] = "WeightDecay",
        ["rho"] = "Alpha",
        ["optim"] = "Optimizer",
        ["top_k"] = "K",
        ["criterion"] = "Loss",
        ["loss_function"] = "Loss",
        ["loss_fn"] = "Loss",
        ["smoothing"] = "LabelSmoothing",
        ["class_weight"] = "ClassWeights",
        ["weight"] = "ClassWeights",
        ["reduction"] = "Divisor",
    };

    private static readonly IReadOnlyDictionary<string, string> ScheduleProperties = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["num_warmup_steps"] = "WarmupSteps",
        ["start_factor"] = "WarmupFactor",
        ["T_max"] = "DecaySteps",
        ["total_iters"] = "DecaySteps",
        ["num_training_steps"] = "DecaySteps",
        ["eta_min"] = "FinalFactor",
        ["min_lr"] = "FinalFactor",
        ["alpha"] = "FinalFactor",
        ["end_factor"] = "FinalFactor",
        ["end_learning_rate"] = "FinalFactor",
        ["boundaries"] = "Milestones",
        ["decay_rate"] = "Gamma",
        ["decay"] = "Gamma",
        ["T_0"] = "FirstPeriod",
        ["first_decay_steps"] = "FirstPeriod",
        ["T_mult"] = "PeriodFactor",
        ["t_mul"] = "PeriodFactor",
        ["pct_start"] = "WarmupFraction",
        ["div_factor"] = "InitialFactor",
        ["step_size_up"] = "HalfCycle",
        ["base_lr"] = "BaseFactor",
        ["initial_learning_rate"] = "BaseFactor",
        ["metric"] = "Monitor",
        ["threshold"] = "MinDelta",
        ["epsilon"] = "MinDelta",
    };

    private static readonly IReadOnlyDictionary<string, string> ClipProperties = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["max_norm"] = "Norm",
        ["max_grad_norm"] = "Norm",
        ["global_clipnorm"] = "Norm",
        ["global_norm"] = "Norm",
        ["gradient_clip_val"] = "Norm",
        ["clip_value"] = "Value",
        ["max_value"] = "Value",
        ["clipnorm"] = "EachNorm",
    };

    private static readonly IReadOnlyDictionary<string, string> AccumulateProperties = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["gradient_accumulation_steps"] = "Steps",
        ["accumulation_steps"] = "Steps",
        ["accumulate_grad_batches"] = "Steps",
        ["batches"] = "Steps",
    };

    private static readonly IReadOnlyDictionary<string, string> AverageProperties = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["momentum"] = "Decay",
        ["ema_momentum"] = "Decay",
        ["beta"] = "Decay",
        ["use_warmup"] = "Warmup",
        ["start"] = "StartEpoch",
        ["swa_start"] = "StartEpoch",
        ["swa_epoch_start"] = "StartEpoch",
    };

    private static readonly IReadOnlyDictionary<string, string> EarlyStoppingProperties = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["metric"] = "Monitor",
        ["metric_for_best_model"] = "Monitor",
        ["n_iter_no_change"] = "Patience",
        ["epochs"] = "Patience",
        ["threshold"] = "MinDelta",
        ["tolerance"] = "MinDelta",
        ["start_from_epoch"] = "WarmupEpochs",
        ["min_epochs"] = "WarmupEpochs",
        ["restore_best_weights"] = "RestoreBest",
        ["load_best_model_at_end"] = "RestoreBest",
        ["goal"] = "StoppingThreshold",
    };

    private static readonly IReadOnlyDictionary<string, string> CheckpointProperties = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["save_freq"] = "EverySteps",
        ["every_n_train_steps"] = "EverySteps",
        ["save_steps"] = "EverySteps",
        ["every_n_epochs"] = "EveryEpochs",
        ["train_time_interval"] = "EveryMinutes",
        ["save_top_k"] = "KeepBest",
        ["top_k"] = "KeepBest",
        ["save_total_limit"] = "KeepLast",
        ["filepath"] = "FileName",
        ["filename"] = "FileName",
        ["metric_for_best_model"] = "Monitor",
        ["save_on_exception"] = "SaveOnException",
    };

    /// <summary>Of the properties of one of our attributes.</summary>
    public static IReadOnlyDictionary<string, string> PropertiesOf(string attributeName) => attributeName switch
    {
        KnownNames.ScheduleAttributeName => ScheduleProperties,
        KnownNames.ClipGradientsAttributeName => ClipProperties,
        KnownNames.AccumulateAttributeName => AccumulateProperties,
        KnownNames.EmaAttributeName or KnownNames.SwaAttributeName => AverageProperties,
        KnownNames.SampleWeightsAttributeName => None,
        KnownNames.EarlyStoppingAttributeName => EarlyStoppingProperties,
        KnownNames.CheckpointAttributeName => CheckpointProperties,
        _ => ModelProperties,
    };

    /// <summary>Of the members of one of our enums.</summary>
    public static IReadOnlyDictionary<string, string> MembersOf(string enumName) => enumName switch
    {
        KnownNames.OptimizerProperty => Optimizers,
        KnownNames.LossProperty => Losses,
        KnownNames.ScheduleEnum => Schedules,
        KnownNames.DivisorEnum => Divisors,
        _ => Metrics,
    };
}
