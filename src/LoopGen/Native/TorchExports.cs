using System.Runtime.InteropServices;
using TorchSharp;

namespace LoopGen;

/// <summary>
/// The functions of libtorch's stable C interface that are used here. They have no C++ types in their signatures, and the
/// same names on Linux, Windows and macOS.
/// </summary>
/// <remarks>
/// All but the version return 0, or an error code; libtorch then has written the error's text to the standard error stream.
/// Functions that only move a handle are called without leaving the collector's cooperative mode.
/// </remarks>
internal sealed unsafe class TorchExports
{
    /// <summary>The version of libtorch whose operators are known here: 2.10, as libtorch writes it.</summary>
    public const ulong KnownVersion = (2UL << 56) | (10UL << 48);

    private TorchExports(nint library)
    {
        Version = ((delegate* unmanaged<ulong>)Find(library, "aoti_torch_abi_version"))();
        Call = (delegate* unmanaged<byte*, byte*, ulong*, ulong, int>)Find(library, "torch_call_dispatcher");
        NewTensor = (delegate* unmanaged[SuppressGCTransition]<nint, nint*, int>)Find(library, "aoti_torch_new_tensor_handle");
        DeleteTensor = (delegate* unmanaged<nint, int>)Find(library, "aoti_torch_delete_tensor_object");
        NewList = (delegate* unmanaged<nuint, nint*, int>)Find(library, "torch_new_list_reserve_size");
        Push = (delegate* unmanaged[SuppressGCTransition]<nint, ulong, int>)Find(library, "torch_list_push_back");
        ListSize = (delegate* unmanaged<nint, nuint*, int>)Find(library, "torch_list_size");
        ListItem = (delegate* unmanaged<nint, nuint, ulong*, int>)Find(library, "torch_list_get_item");
        DeleteList = (delegate* unmanaged<nint, int>)Find(library, "torch_delete_list");
        Data = (delegate* unmanaged<nint, void**, int>)Find(library, "torch_get_mutable_data_ptr");
    }

    /// <summary>What this libtorch is.</summary>
    public ulong Version { get; }

    /// <summary>Operator's name, its overload, the stack of arguments and results, and the version of its schema.</summary>
    public delegate* unmanaged<byte*, byte*, ulong*, ulong, int> Call { get; }

    /// <summary>One more handle to a tensor.</summary>
    public delegate* unmanaged[SuppressGCTransition]<nint, nint*, int> NewTensor { get; }

    /// <summary>Gives a handle back.</summary>
    public delegate* unmanaged<nint, int> DeleteTensor { get; }

    /// <summary>An empty list with room for so many.</summary>
    public delegate* unmanaged<nuint, nint*, int> NewList { get; }

    /// <summary>Appends to a list.</summary>
    public delegate* unmanaged[SuppressGCTransition]<nint, ulong, int> Push { get; }

    /// <summary>How many a list has.</summary>
    public delegate* unmanaged<nint, nuint*, int> ListSize { get; }

    /// <summary>One of a list.</summary>
    public delegate* unmanaged<nint, nuint, ulong*, int> ListItem { get; }

    /// <summary>Frees a list, not what is in it.</summary>
    public delegate* unmanaged<nint, int> DeleteList { get; }

    /// <summary>Where a tensor's elements are.</summary>
    public delegate* unmanaged<nint, void**, int> Data { get; }

    /// <summary>Finds the functions in the libtorch that TorchSharp has loaded.</summary>
    /// <param name="missing">Why they can't be used, a clause; null where they can.</param>
    /// <returns>The functions, or null.</returns>
    public static TorchExports? Load(out string? missing)
    {
        // TorchSharp loads libtorch, from where it finds it; afterwards its name alone means that one.
        _ = torch.get_num_threads();
        foreach (var name in new[] { "libtorch_cpu.so", "torch_cpu.dll", "libtorch_cpu.dylib" })
        {
            if (NativeLibrary.TryLoad(name, typeof(torch).Assembly, searchPath: null, out var library))
            {
                return Load(library, name, out missing);
            }
        }

        missing = "libtorch_cpu was not found";
        return null;
    }

    private static TorchExports? Load(nint library, string name, out string? missing)
    {
        try
        {
            var exports = new TorchExports(library);
            missing = exports.Version < KnownVersion
                ? $"libtorch is {exports.Version >> 56}.{(exports.Version >> 48) & 0xff}, older than 2.10"
                : null;
            return missing is null ? exports : null;
        }
        catch (EntryPointNotFoundException)
        {
            missing = $"{name} does not have the C interface of libtorch 2.10";
            return null;
        }
    }

    private static void* Find(nint library, string name) => (void*)NativeLibrary.GetExport(library, name);
}
