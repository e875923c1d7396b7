using LoopGenConsole;
using TorchSharp;

// The same figures at every run: the seed draws the data and the first weights. A network this small gains nothing from
// more threads than one.
torch.manual_seed(1);
torch.set_num_threads(1);

var (points, arms) = SpiralData.Draw(3000);
var (testPoints, testArms) = SpiralData.Draw(600);

// To watch the loop, set a breakpoint here and step into Fit: it is C# in your own program.
using var model = new SpiralClassifier();
var history = model.Fit(points, arms, epochs: 10, batchSize: 32, validationSplit: 0.1, seed: 1);

Console.WriteLine();
Console.WriteLine(history);

var scores = model.Evaluate(testPoints, testArms);
Console.WriteLine($"Accuracy on {testArms.numel()} points that it has never seen: {scores.Accuracy:P1}");
