namespace LoopGen.Generators.Loop;

/// <summary>The move of a tensor to the device.</summary>
internal static class MoveText
{
    // Towards a GPU the copy may overlap with the work there, which runs after it. A copy that comes from one would be
    // read before it has arrived.
    public static string Of(string tensor, LoopContext context)
        => context.Text($"{tensor}.to(@device, non_blocking: @device.type == @DeviceType.CUDA)");
}
