namespace LoopGen.Generators.Model;

/// <summary>
/// An overload that the class declares itself. The others still call it, with those of their arguments that it has.
/// </summary>
/// <param name="Member">Which overload.</param>
/// <param name="ParameterNames">Its parameters' names, in order.</param>
internal sealed record OwnedMemberSpec(LoopMember Member, EquatableArray<string> ParameterNames);
