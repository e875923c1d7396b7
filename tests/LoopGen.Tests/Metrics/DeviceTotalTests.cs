namespace LoopGen.Tests;

public sealed class DeviceTotalTests
{
    [Fact]
    public void DoesNotKeepTheGraphOfWhatIsAdded()
    {
        using var total = DeviceTotal.OfReals(CPU);
        using var weight = tensor(2.0, requires_grad: true);
        using var loss = weight.mul(weight);
        total.Add(loss);
        total.Add(loss, 3);
        Assert.Equal(16, total.Read());
        Assert.False(total.Value.requires_grad);
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void CountsExactlyBeyondWhatAFloatHolds()
    {
        // 2^24 is where float32 stops counting.
        using var counts = DeviceTotal.OfCounts(CPU);
        using var many = tensor(1L << 24);
        using var one = tensor(1L);
        counts.Add(many);
        counts.Add(one);
        Assert.Equal(16777217, counts.Read());
        Assert.Equal(ScalarType.Int64, counts.Value.dtype);
    }

    [Fact]
    public void IsAsWideAsTheDeviceAllows()
    {
        using var total = DeviceTotal.OfReals(CPU);
        Assert.Equal(ScalarType.Float64, total.Value.dtype);
        Assert.Equal(ScalarType.Float32, DeviceTotal.WidestFloat(DeviceType.MPS));
    }
}
