using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>Names, for .NET Standard 2.0 too, the arguments that the handler of an interpolated string is made with.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
[EditorBrowsable(EditorBrowsableState.Never)]
internal sealed class InterpolatedStringHandlerArgumentAttribute(params string[] arguments) : Attribute
{
    /// <summary>The names; an empty one is the receiver of the call.</summary>
    public string[] Arguments { get; } = arguments;
}
