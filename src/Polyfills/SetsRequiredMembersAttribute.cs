using System.ComponentModel;

namespace System.Diagnostics.CodeAnalysis;

/// <summary>Says, for .NET Standard 2.0 too, that a constructor sets all required members.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
[EditorBrowsable(EditorBrowsableState.Never)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
