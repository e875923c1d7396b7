using System.Globalization;
using System.Reflection;
using LoopGen;
using static TorchSharp.torch;

namespace Mnist;

/// <summary>Trains a model, tests it, saves it, and tests what was saved.</summary>
internal sealed class Experiment(MnistData train, MnistData test, int epochs, int seed, string? outputFolder)
{
    public void RunMlp(CancellationToken cancellationToken)
        => Run(
            (Mlp model) => model.Fit(
                train.Images, train.Labels, epochs, batchSize: 128, validationSplit: 0.1, seed: seed,
                cancellationToken: cancellationToken),
            model => model.Evaluate(test.Images, test.Labels, batchSize: 500).Accuracy,
            cancellationToken);

    public void RunCnn(CancellationToken cancellationToken)
        => Run(
            (Cnn model) =>
            {
                using var optimizer = model.CreateOptimizer();
                return model.Fit(
                    train.Images, train.Labels, epochs, batchSize: 128, validationSplit: 0.1, seed: seed,
                    optimizer: optimizer, callbacks: [new LearningRateDecay(optimizer)],
                    cancellationToken: cancellationToken);
            },
            model => model.Evaluate(test.Images, test.Labels, batchSize: 500).Accuracy,
            cancellationToken);

    /// <summary>Where the loop of a model lies. The build records its folder: samples/Directory.Build.targets.</summary>
    public static string EmittedLoop(Type model)
    {
        var folder = model.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == "EmittedLoops").Value!;
        return Path.Combine(folder, $"{model.FullName}.Fit.g.cs");
    }

    private void Run<TModel, TLog>(
        Func<TModel, History<TLog>> fit,
        Func<TModel, double> evaluate,
        CancellationToken cancellationToken)
        where TModel : nn.Module<Tensor, Tensor>, new()
        where TLog : IEpochLog
    {
        Console.WriteLine($"\n{typeof(TModel).Name}");

        // The same first weights at every run; Fit takes the seed of all that follows.
        manual_seed(seed);
        using var model = new TModel();
        var history = fit(model);
        cancellationToken.ThrowIfCancellationRequested();
        Console.WriteLine($"\n{history}\n");

        var accuracy = evaluate(model);
        Report("Test accuracy", accuracy);

        SaveAndLoad(model, evaluate, accuracy);
        Console.WriteLine($"The loop that ran: {EmittedLoop(typeof(TModel))}");
    }

    private void SaveAndLoad<TModel>(TModel model, Func<TModel, double> evaluate, double accuracy)
        where TModel : nn.Module<Tensor, Tensor>, new()
    {
        var folder = outputFolder is null
            ? Directory.CreateTempSubdirectory("loopgen-mnist-")
            : Directory.CreateDirectory(outputFolder);
        try
        {
            var path = Path.Combine(folder.FullName, $"{typeof(TModel).Name.ToLowerInvariant()}.safetensors");
            model.SaveWeights(path);

            using var copy = new TModel();
            copy.LoadWeights(path);
            var accuracyOfCopy = evaluate(copy);
            Report($"The same, saved to {path} and loaded", accuracyOfCopy);
            if (accuracyOfCopy != accuracy)
            {
                throw new InvalidDataException($"{path} is not the model that was saved: it tests differently.");
            }
        }
        finally
        {
            if (outputFolder is null)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private void Report(string what, double accuracy)
        => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: {accuracy:P2} of {test.Labels.numel()} images"));
}
