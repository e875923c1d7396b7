using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LoopGen.EndToEnd.Tests.Debugging;

/// <summary>A value in the process that is debugged: <c>ICorDebugValue</c>.</summary>
internal readonly unsafe struct DebuggerValue(ComObject value)
{
    // CorElementType
    private const int Boolean = 0x02;
    private const int Int32 = 0x08;

    private static readonly Guid Generic = new("CC7BCAF8-8A68-11D2-983C-0000F808342D");
    private static readonly Guid Reference = new("CC7BCAF9-8A68-11D2-983C-0000F808342D");
    private static readonly Guid Object = new("18AD3D6E-B7D2-11D2-BD04-0000F80849BD");

    /// <summary>A number as it is, an object as the name of its class, what is neither as its element type.</summary>
    public override string ToString()
    {
        var type = value.GetNumber(3, "ICorDebugValue.GetType");
        if (type is Boolean or Int32 && value.As(Generic) is { } number)
        {
            long bits = 0;
            number.Call(7, (nint)(&bits), "ICorDebugGenericValue.GetValue");
            return type == Boolean ? (bits != 0).ToString() : ((int)bits).ToString(CultureInfo.InvariantCulture);
        }

        if (value.As(Reference) is { } reference)
        {
            return reference.GetNumber(7, "ICorDebugReferenceValue.IsNull") != 0
                ? "null"
                : ClassOf(reference.Get(10, "ICorDebugReferenceValue.Dereference"));
        }

        return $"element type {type}";
    }

    private static string ClassOf(ComObject target)
    {
        if (target.As(Object) is not { } instance)
        {
            return "object";
        }

        var type = instance.Get(7, "ICorDebugObjectValue.GetClass");
        var module = new DebuggerModule(type.Get(3, "ICorDebugClass.GetModule"));
        var token = type.GetNumber(4, "ICorDebugClass.GetToken");

        using var assembly = new PEReader(File.OpenRead(module.Path));
        var metadata = assembly.GetMetadataReader();
        var definition = metadata.GetTypeDefinition((TypeDefinitionHandle)MetadataTokens.EntityHandle(token));
        return metadata.GetString(definition.Name);
    }
}
