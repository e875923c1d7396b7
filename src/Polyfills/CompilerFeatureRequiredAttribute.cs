using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler mark, for .NET Standard 2.0, what an older one must not call: types with required members.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    /// <summary>The feature that a compiler must know.</summary>
    public string FeatureName { get; } = featureName;
}
