using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler write init accessors, and with them records, for .NET Standard 2.0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
