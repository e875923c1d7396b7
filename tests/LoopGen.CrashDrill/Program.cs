using System.Globalization;

namespace LoopGen.CrashDrill;

/// <summary>
/// <c>LoopGen.CrashDrill 200</c> kills 200 processes; <c>train folder result</c> is what is killed; <c>long 20000</c> trains
/// that many steps and watches the memory; <c>neighbour 300</c> trains for that many seconds beside a thread that collects all
/// the time (<c>neighbour 300 managed</c> with TorchSharp's own optimizers, which fail).
/// </summary>
public static class Program
{
    /// <summary>What the killed process says when it trains.</summary>
    public const string Started = "started";

    /// <summary>Runs the drill, or the training in it.</summary>
    /// <param name="arguments">As in the summary.</param>
    /// <returns>0, or 1 if a training ended differently, or the memory of a long one grew.</returns>
    public static int Main(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments is ["train", var folder, var result, ..])
        {
            // Slow, so that whoever sends a signal finds it training, however busy the machine is.
            var pause = arguments is [.., "slow"] ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero;
            File.WriteAllBytes(result, Trainee.Train(folder, () => Console.WriteLine(Started), pause));

            // After a signal it is not 0.
            return Environment.ExitCode;
        }

        if (arguments is ["long", var steps])
        {
            return LongRun.Run(int.Parse(steps, CultureInfo.InvariantCulture), Console.Out) ? 0 : 1;
        }

        if (arguments is ["neighbour", var seconds, ..])
        {
            return NeighbourDrill.Run(int.Parse(seconds, CultureInfo.InvariantCulture), arguments is [.., "managed"], Console.Out) ? 0 : 1;
        }

        var kills = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200;
        var seed = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        var (killed, trainings, different) = Drill.Run(kills, seed, Console.Out);
        Console.WriteLine($"{killed} kills in {trainings} trainings, {different} of which ended differently");
        return different == 0 ? 0 : 1;
    }
}
