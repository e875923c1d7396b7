using System.Globalization;
using System.Reflection;
using Digits;
using TorchSharp;

// The same figures at every run: one seed for the first weights and for training, one thread whatever the machine.
torch.set_num_threads(1);
torch.manual_seed(1);

var (train, test) = DigitData.Load(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv.gz"));

using var model = new DigitClassifier();
var history = model.Fit(
    train.Images, train.Labels, epochs: 20, batchSize: 32, validationSplit: 0.1, seed: 1);

Console.WriteLine();
Console.WriteLine(history);

var scores = model.Evaluate(test.Images, test.Labels);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"Test accuracy: {scores.Accuracy:P2} of {test.Labels.numel()} images"));

Console.WriteLine($"The loop that ran: {EmittedLoop()}");

// The build records where it wrote the emitted files: samples/Directory.Build.targets.
static string EmittedLoop()
{
    var folder = typeof(DigitClassifier).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "EmittedLoops").Value!;
    return Path.Combine(folder, $"{typeof(DigitClassifier).FullName}.Fit.g.cs");
}
