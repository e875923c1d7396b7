namespace LoopGen.Generators.Model;

/// <summary>One tensor that <c>forward</c> returns, and the target that it is compared with.</summary>
internal sealed record OutputSpec(string Name, string TargetName);
