using static TorchSharp.torch;

namespace LoopGen.Generators.Tests.Running;

/// <summary>What a loop has beside the five steps: as attributes for the generator, as plain values for the hand-written twin.</summary>
internal sealed record BlockRecipe
{
    public required string Name { get; init; }

    /// <summary>The attributes of the class.</summary>
    public required string Attributes { get; init; }

    /// <summary>A member of the class, such as a schedule of its own.</summary>
    public string Member { get; init; } = "";

    /// <summary>The factor of the learning rate at an update, of so many in all; null for a constant rate.</summary>
    public Func<long, long, double>? Factor { get; init; }

    /// <summary>Watches the validation loss of each epoch and returns the factor from then on; null for none.</summary>
    public Func<Func<double, double>>? Plateau { get; init; }

    /// <summary>What happens to the gradients before the update; null for nothing.</summary>
    public Action<IReadOnlyList<Tensor>>? Clip { get; init; }

    /// <summary>Batches per update.</summary>
    public int Window { get; init; } = 1;

    /// <summary>Whether each sample has a weight of its own.</summary>
    public bool IsWeighted { get; init; }

    /// <summary>The share of the weights that enters a moving average at the update with that number; null for none.</summary>
    public Func<long, double>? Share { get; init; }

    /// <summary>The first epoch of an equal average; null for none.</summary>
    public int? AverageFrom { get; init; }

    /// <summary>Epochs without a better validation loss that end the training, with the weights of the best one; null for none.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether the randomness of a step depends on the seed and its number alone.</summary>
    public bool IsSeededByStep { get; init; }

    /// <summary>The blocks of both.</summary>
    public BlockRecipe With(BlockRecipe other) => new()
    {
        Name = $"{this.Name} and {other.Name}",
        Attributes = this.Attributes + other.Attributes,
        Member = this.Member + other.Member,
        Factor = this.Factor ?? other.Factor,
        Plateau = this.Plateau ?? other.Plateau,
        Clip = this.Clip ?? other.Clip,
        IsWeighted = this.IsWeighted || other.IsWeighted,
        Window = Math.Max(this.Window, other.Window),
        Share = this.Share ?? other.Share,
        Patience = this.Patience ?? other.Patience,
        AverageFrom = this.AverageFrom ?? other.AverageFrom,
        IsSeededByStep = this.IsSeededByStep || other.IsSeededByStep,
    };

    public override string ToString() => this.Name;
}
