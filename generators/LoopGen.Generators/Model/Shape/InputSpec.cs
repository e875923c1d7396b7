namespace LoopGen.Generators.Model;

/// <summary>One tensor that <c>forward</c> takes, under its parameter's name (without <c>@</c>).</summary>
internal sealed record InputSpec(string Name);
