using LoopGen.Generators.Explaining;
using LoopGen.Generators.Loop;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;

namespace LoopGen.Generators.Features;

/// <summary>
/// What one attribute adds to a model's loops: its spec and its lines in one. A record of values, equal when they are, that
/// symbols are read into and text is written from. The skeletons ask all features and know none.
/// </summary>
internal abstract record Feature
{
    /// <summary>What all features of this kind have in common.</summary>
    public abstract FeatureKind Kind { get; }

    /// <summary>Whether it decides what is learned: a training is resumed only with the same.</summary>
    public virtual bool IsArithmetic => true;

    /// <summary>Whether the loop must count its updates.</summary>
    public virtual bool CountsUpdates => false;

    /// <summary>Whether it keeps the place of the training, with which an interrupted epoch goes on.</summary>
    public virtual bool KeepsPlace => false;

    /// <summary>The batches of one update, where there are several.</summary>
    public virtual int? BatchesPerUpdate => null;

    /// <summary>Who watches a figure of the validation data, which must be given then: "[EarlyStopping] watches val_loss".</summary>
    public virtual string? Watcher => null;

    /// <summary>Whether it may change a batch, so that what is stored does not tell what the model gets.</summary>
    public virtual bool ChangesBatches => false;

    /// <summary>What else may ask to stop: "a signal".</summary>
    public virtual string? WayToStop => null;

    /// <summary>What is evaluated in place of the weights: "averaged weights".</summary>
    public virtual string? Evaluated => null;

    /// <summary>What the model is left with in place of its last weights: "the averaged weights".</summary>
    public virtual string? LeavesModelWith => null;

    /// <summary>Whether it scales the learning rate of every update.</summary>
    public virtual bool SchedulesRate => false;

    /// <summary>The method of the class's own that it calls by its bare name, which a local must not hide.</summary>
    public virtual string? Call => null;

    /// <summary>Fields whose weights are trained in their own way.</summary>
    public virtual EquatableArray<FieldGroup> FieldGroups => EquatableArray<FieldGroup>.Empty;

    /// <summary>Whether parameters of fewer than two dimensions are a group without weight decay.</summary>
    public virtual bool ExcludesVectorsFromDecay => false;

    /// <summary>Its totals of an epoch, in the order in which a checkpoint keeps them.</summary>
    public virtual IReadOnlyList<string> Totals(LoopContext context) => [];

    /// <summary>What of it outlives a step, each under its name in a checkpoint.</summary>
    public virtual IReadOnlyList<(string Name, string Local)> State(LoopContext context) => [];

    /// <summary>Its figures in the log.</summary>
    public virtual IReadOnlyList<TrainingFigure> Figures(LoopContext context) => [];

    /// <summary>Its parameters of <c>Fit</c>.</summary>
    public virtual IReadOnlyList<FitParameter> Parameters(LoopContext context) => [];

    /// <summary>Exceptions that the loop may throw because of it, each with its reason.</summary>
    public virtual IReadOnlyList<(string Type, string Reason)> Exceptions => [];

    /// <summary>What it asks for, in words, for headers.</summary>
    public abstract IReadOnlyList<string> Words(LoopSpec spec);

    /// <summary>Writes its lines at a place, or none.</summary>
    public virtual void Write(Place place, Lines lines)
    {
    }

    /// <summary>Whether it puts a block around a region.</summary>
    public virtual bool Encloses(Region region) => false;

    /// <summary>Writes where its block begins.</summary>
    public virtual void Open(Region region, Lines lines)
    {
    }

    /// <summary>Writes where its block ends.</summary>
    public virtual void Close(Region region, Lines lines)
    {
    }

    /// <summary>Says what its lines do.</summary>
    public abstract void Explain(Explanation page, LoopContext context);
}
