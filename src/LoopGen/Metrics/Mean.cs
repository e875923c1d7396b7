using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// The mean over elements of a value that is known batch by batch as a mean, such as a loss: every batch weighs as much
/// as it has elements, so a short last batch does not count for more than it holds.
/// </summary>
/// <remarks>
/// The total is kept on the device in float64 (float32 on MPS, which has nothing wider), outside every dispose scope,
/// and without gradients: an update neither waits for the device nor keeps the graph of what it is given. Tensors of
/// any floating type can be added, float16 and bfloat16 included. An instance is for one thread at a time.
/// </remarks>
public sealed class Mean : IFigure, IStateful, IDisposable
{
    private readonly DeviceTotal total;
    private readonly DeviceTotal countOnDevice;
    private readonly DeviceTotal weightOnDevice;
    private long count;
    private bool hasCountOnDevice;
    private bool hasWeightOnDevice;

    /// <summary>Makes an empty mean.</summary>
    /// <param name="device">Where the values to come live.</param>
    /// <param name="name">The name to report it under.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public Mean(Device device, string name = "mean")
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        total = DeviceTotal.OfReals(device);
        countOnDevice = DeviceTotal.OfCounts(device);
        weightOnDevice = DeviceTotal.OfReals(device);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Adds the mean of <paramref name="count"/> elements.</summary>
    /// <param name="mean">A tensor of one element: the mean, for example a loss with <c>reduction="mean"</c>.</param>
    /// <param name="count">
    /// How many elements it is the mean of. With 0 nothing is added, whatever <paramref name="mean"/> holds.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="mean"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="mean"/> has more or fewer than one element.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void Update(Tensor mean, long count)
    {
        CheckSingle(mean, nameof(mean));
        ArgumentOutOfRangeException.ThrowIfNegative(count);

        // The mean of nothing is NaN: it must not be multiplied by 0 and added.
        if (count == 0)
        {
            return;
        }

        if (mean.dim() == 0)
        {
            total.Add(mean, count);
        }
        else
        {
            using var scalar = mean.squeeze();
            total.Add(scalar, count);
        }

        this.count += count;
    }

    /// <summary>
    /// Adds the mean of as many elements as a tensor on the device says, without reading it: for a loss that leaves
    /// out some targets (<c>ignore_index</c>) or weighs them.
    /// </summary>
    /// <param name="mean">A tensor of one element: the mean. It may be NaN where <paramref name="count"/> is 0.</param>
    /// <param name="count">
    /// A 0-dimensional tensor on the same device: how many elements it is the mean of, an integer, or the sum of their
    /// weights, of a floating type. With 0 nothing is added.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="mean"/> or <paramref name="count"/> has more or fewer than one element, or
    /// <paramref name="count"/> is of neither an integer nor a floating type.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void Update(Tensor mean, Tensor count)
    {
        CheckSingle(mean, nameof(mean));
        CheckCount(count);
        if (HostCount(count) is { } onHost)
        {
            Update(mean, onHost);
            return;
        }

        using var noGrad = no_grad();
        using var scalar = mean.squeeze();
        using var number = count.squeeze();
        using var wide = scalar.to_type(DeviceTotal.WidestFloat(scalar.device_type));
        using var sum = wide.mul(number);

        // NaN times 0 is NaN, so the mean of nothing is replaced; a NaN of something is a fact and is kept.
        using var isEmpty = number.eq(Scalars.Zero);
        using var known = sum.masked_fill(isEmpty, Scalars.Zero);
        total.Add(known);
        AddCount(number);
    }

    /// <summary>Adds the sum of <paramref name="count"/> elements.</summary>
    /// <param name="sum">A tensor of one element: the sum, for example a loss with <c>reduction="sum"</c>.</param>
    /// <param name="count">How many elements it is the sum of.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sum"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="sum"/> has more or fewer than one element.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void UpdateSum(Tensor sum, long count)
    {
        CheckSingle(sum, nameof(sum));
        ArgumentOutOfRangeException.ThrowIfNegative(count);

        if (sum.dim() == 0)
        {
            total.Add(sum);
        }
        else
        {
            using var scalar = sum.squeeze();
            total.Add(scalar);
        }

        this.count += count;
    }

    /// <summary>Adds the sum of as many elements as a tensor on the device says, without reading it.</summary>
    /// <param name="sum">A tensor of one element: the sum, for example a loss with <c>reduction="sum"</c>.</param>
    /// <param name="count">
    /// A tensor of one element on the same device: how many elements it is the sum of, an integer, or the sum of their
    /// weights, of a floating type.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="sum"/> or <paramref name="count"/> has more or fewer than one element, or
    /// <paramref name="count"/> is of neither an integer nor a floating type.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void UpdateSum(Tensor sum, Tensor count)
    {
        CheckSingle(sum, nameof(sum));
        CheckCount(count);
        if (HostCount(count) is { } onHost)
        {
            UpdateSum(sum, onHost);
            return;
        }

        using var noGrad = no_grad();
        using var scalar = sum.squeeze();
        using var number = count.squeeze();
        total.Add(scalar);
        AddCount(number);
    }

    /// <summary>
    /// Adds what a metric method returned for a batch: the mean over its samples as a scalar, or one value per sample.
    /// </summary>
    /// <param name="value">
    /// Of a floating or integer type; a scalar, or a vector of <paramref name="samples"/> values.
    /// </param>
    /// <param name="samples">How many samples the batch has.</param>
    /// <param name="name">What to call the value in an error; by default the argument's text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> has another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void UpdateSamples(
        Tensor value, long samples, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(value, name ?? nameof(value));
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        var isVector = value.dim() == 1 && value.size(0) == samples;
        if (value.dim() != 0 && !isVector)
        {
            throw new ArgumentException(
                $"{name ?? nameof(value)} must be a scalar, the mean of the batch, or a vector of one value for each of "
                + $"its {samples} samples, but is {Describe.Tensor(value)}.",
                name ?? nameof(value));
        }

        using var noGrad = no_grad();
        using var wide = value.to_type(DeviceTotal.WidestFloat(value.device_type));
        if (isVector)
        {
            using var sum = wide.sum();
            UpdateSum(sum, samples);
        }
        else
        {
            Update(wide, samples);
        }
    }

    /// <summary>Forgets everything that was added.</summary>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public void Reset()
    {
        total.Reset();
        countOnDevice.Reset();
        weightOnDevice.Reset();
        count = 0;
        hasCountOnDevice = false;
        hasWeightOnDevice = false;
    }

    /// <summary>The mean of everything that was added since the last reset. This waits for the device.</summary>
    /// <returns>The mean; NaN when nothing was counted.</returns>
    /// <exception cref="ObjectDisposedException">This instance was disposed.</exception>
    public double Compute()
    {
        var sum = total.Read();
        double number = count;
        number += hasCountOnDevice ? countOnDevice.Read() : 0;
        number += hasWeightOnDevice ? weightOnDevice.Read() : 0;
        return number == 0 ? double.NaN : sum / number;
    }

    /// <inheritdoc/>
    public void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        total.SaveState(state.Part("sum"));
        countOnDevice.SaveState(state.Part("count_on_device"));
        weightOnDevice.SaveState(state.Part("weight_on_device"));
        state.Write("count", count);
        state.Write("has_count_on_device", hasCountOnDevice ? 1 : 0);
        state.Write("has_weight_on_device", hasWeightOnDevice ? 1 : 0);
    }

    /// <inheritdoc/>
    public void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        total.LoadState(state.Part("sum"));
        countOnDevice.LoadState(state.Part("count_on_device"));
        weightOnDevice.LoadState(state.Part("weight_on_device"));
        var saved = (state.ReadInt64("count", 0, long.MaxValue), state.ReadInt64("has_count_on_device") == 1, state.ReadInt64("has_weight_on_device") == 1);
        state.OnSuccess(() => (count, hasCountOnDevice, hasWeightOnDevice) = saved);
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        total.Dispose();
        countOnDevice.Dispose();
        weightOnDevice.Dispose();
    }

    private void AddCount(Tensor number)
    {
        // Numbers of elements are exact as integers; MPS has no wide reals to hold large ones.
        if (is_integral(number.dtype))
        {
            countOnDevice.Add(number);
            hasCountOnDevice = true;
        }
        else
        {
            weightOnDevice.Add(number);
            hasWeightOnDevice = true;
        }
    }

    /// <summary>A number of elements that the host can read at once.</summary>
    private static long? HostCount(Tensor count) =>
        count.dtype == ScalarType.Int64 && HostValues.CanRead(count) ? HostValues.Single(count) : null;

    private static void CheckCount(Tensor count)
    {
        CheckSingle(count, nameof(count));
        if (!is_integral(count.dtype) && !is_floating_point(count.dtype))
        {
            throw new ArgumentException(
                $"count must be a tensor of an integer or floating type, but is {Describe.Tensor(count)}.",
                nameof(count));
        }
    }

    private static void CheckSingle(Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (tensor.numel() != 1)
        {
            throw new ArgumentException(
                $"{name} must be a tensor of one element, but is {Describe.Tensor(tensor)}.", name);
        }
    }
}
