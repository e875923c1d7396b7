using LoopGen.Generators.Model;

namespace LoopGen.Generators.Features.Clipping;

/// <summary>The ways to limit gradients, of which a model chooses one.</summary>
internal static class ClipCatalog
{
    public static readonly ClipRow[] Rows =
    [
        new("Norm", "ClipNorm", "maxNorm", "Scale the gradients down to a global norm of at most {0}.", "The gradients are scaled down to a global norm of at most {0}.", "gradients clipped to norm", ReturnsNorm: true),
        new("Value", "ClipValue", "maxValue", "Limit each element of the gradients to the range of -{0} to {0}.", "Each element of the gradients is limited to the range of -{0} to {0}.", "gradients clipped to values up to"),
        new("EachNorm", "ClipEachNorm", "maxNorm", "Scale each parameter's gradient down to a norm of at most {0}.", "Each parameter's gradient is scaled down to a norm of at most {0}.", "each gradient clipped to norm"),
    ];

    /// <summary>What each limit may be.</summary>
    public static readonly NumberRange RangeOfLimits = NumberRange.Positive;

    /// <summary>The properties that set a limit.</summary>
    public static readonly string[] Properties = Array.ConvertAll(Rows, row => row.Property);

    /// <summary>The limit that a property sets, or null.</summary>
    public static ClipRow? Find(string property) => Array.Find(Rows, row => row.Property == property);

    public static ClipRow Get(string method) => Array.Find(Rows, row => row.Method == method)!;
}
