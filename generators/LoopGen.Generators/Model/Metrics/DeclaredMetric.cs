using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>A metric that a class asks for and that a loop could report, before anybody looks at its name.</summary>
/// <param name="Attribute">Where it is asked for.</param>
/// <param name="Member">The member of the log that it would be.</param>
/// <param name="Row">The catalogue's, or null for one of the user's own.</param>
/// <param name="Type">The user's own type, or null.</param>
/// <param name="Method">The user's own method, or null.</param>
internal readonly record struct DeclaredMetric(AttributeData Attribute, string Member, MetricRow? Row, INamedTypeSymbol? Type, IMethodSymbol? Method);
