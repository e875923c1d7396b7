using static TorchSharp.torch;

namespace LoopGenConsole;

/// <summary>Data without a download: three arms that wind around each other, each a class.</summary>
internal static class SpiralData
{
    public const int Arms = 3;

    /// <summary>Draws points, shape (N, 2), and the arm that each lies on, int64 of shape (N).</summary>
    public static (Tensor Points, Tensor Arms) Draw(long count)
    {
        var arm = randint(0, Arms, [count], ScalarType.Int64);
        var radius = rand(count);
        var angle = (radius * 5) + (arm * (2 * Math.PI / Arms)) + (randn(count) * 0.15);
        return (stack([radius * angle.cos(), radius * angle.sin()], dim: 1), arm);
    }
}
