using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler hand the pieces of an interpolated string to a type, for .NET Standard 2.0.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
[EditorBrowsable(EditorBrowsableState.Never)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute;
