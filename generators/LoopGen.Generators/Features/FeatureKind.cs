using LoopGen.Generators.Model;

namespace LoopGen.Generators.Features;

/// <summary>What is known of a feature before any class is read: its entry in the <see cref="FeatureList"/>.</summary>
/// <param name="Read">Makes it from what a class says, or returns null.</param>
internal sealed record FeatureKind(Func<FeatureReading, Feature?> Read)
{
    /// <summary>Its attributes on classes: <c>ClipGradientsAttribute</c>.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Whether a class has one of its attributes.</summary>
    public bool IsOn(BlockAttributes attributes) => this.Attributes.Any(name => attributes[name] is not null);

    /// <summary>Why a class may have only one of its attributes, as advice; null where they go together.</summary>
    public string? WhyOnlyOne { get; init; }

    /// <summary>The numbers that its attributes take; an analyzer holds them to their ranges.</summary>
    public IReadOnlyList<FeatureNumber> Numbers { get; init; } = [];

    /// <summary>Names of locals and parameters that its lines use, each with the one it moves to.</summary>
    public IReadOnlyList<(string Name, string Otherwise)> Locals { get; init; } = [];

    /// <summary>Types that its lines name, each with its namespace.</summary>
    public IReadOnlyList<(string Name, string Namespace)> Types { get; init; } = [];

    /// <summary>Methods that it adds.</summary>
    public IReadOnlyList<LoopMember> Members { get; init; } = [];

    /// <summary>Whether it gives each sample a weight, which is a member of the batch.</summary>
    public bool WeighsSamples { get; init; }
}
