using System.CommandLine;
using System.CommandLine.Parsing;
using TorchSharp;

namespace Mnist;

/// <summary>The command line: what can be asked for, and what is done then.</summary>
internal static class MnistCommand
{
    private static readonly Option<string> Model = new("--model")
    {
        Description = "What to train",
        DefaultValueFactory = _ => "both",
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The folder of the four MNIST files, gzipped or not; without it they are downloaded once",
        HelpName = "FOLDER",
    };

    private static readonly Option<int> Epochs = new("--epochs")
    {
        Description = "Passes over the training images",
        DefaultValueFactory = _ => 5,
        HelpName = "N",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Of the first weights, the order of the images and the dropout",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    };

    private static readonly Option<int?> Threads = new("--threads")
    {
        Description = "Threads to compute with on the CPU; without it torch decides, and other machines give other figures",
        HelpName = "N",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "The folder to keep the trained models in; without it they are removed at the end",
        HelpName = "FOLDER",
    };

    static MnistCommand()
    {
        Model.AcceptOnlyFromAmong("mlp", "cnn", "both");
        Epochs.Validators.Add(RequirePositive);
        Threads.Validators.Add(RequirePositive);
    }

    public static RootCommand Create()
    {
        var command = new RootCommand("Trains networks to read the handwritten digits of MNIST.")
        {
            Model, Data, Epochs, Seed, Threads, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            if (arguments.GetValue(Threads) is { } threads)
            {
                torch.set_num_threads(threads);
            }

            var folder = arguments.GetValue(Data) ?? await DownloadAsync(cancellationToken);
            var (train, test) = MnistData.Load(folder);
            Console.WriteLine($"{train.Labels.numel()} images to train on, {test.Labels.numel()} to test on: {folder}");

            var experiment = new Experiment(
                train, test, arguments.GetValue(Epochs), arguments.GetValue(Seed), arguments.GetValue(Out));
            var model = arguments.GetValue(Model);
            if (model is "mlp" or "both")
            {
                experiment.RunMlp(cancellationToken);
            }

            if (model is "cnn" or "both")
            {
                experiment.RunCnn(cancellationToken);
            }

            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await arguments.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task<string> DownloadAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) });
        var folder = MnistDownload.CacheFolder;
        await new MnistDownload(client, Console.Out).FetchMissingAsync(MnistFile.All, folder, cancellationToken);
        return folder;
    }

    private static void RequirePositive(OptionResult result)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && number < 1)
        {
            result.AddError($"{result.Option.Name} must be at least 1, but is {number}.");
        }
    }
}
