using System.Globalization;
using System.Security.Cryptography;
using LoopGen;
using TorchSharp;
using static TorchSharp.torch;

namespace Trial;

/// <summary>Trains on made-up samples. "fail" makes forward throw.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // The same figures at every run.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        set_num_threads(1);
        manual_seed(1);

        // Three classes, told apart by the largest of the first three numbers.
        var samples = randn(96, 4);
        var batches = samples.split(16).Select(batch => (batch, batch.narrow(1, 0, 3).argmax(1))).ToList();

        using var model = new Net { Fails = args.Contains("fail") };
        try
        {
            var history = model.Fit(batches, epochs: 3, device: CPU, seed: 1, verbose: Verbosity.LinePerEpoch);
            Console.WriteLine($"first loss: {history[0].Loss}");
            Console.WriteLine($"last loss: {history.Last.Loss}");
        }
        catch (InvalidOperationException exception)
        {
            Console.WriteLine(exception);
            return 1;
        }

        var weights = model.state_dict().Values.SelectMany(tensor => tensor.bytes.ToArray()).ToArray();
        Console.WriteLine($"weights: {Convert.ToHexString(SHA256.HashData(weights))}");
        return 0;
    }
}
