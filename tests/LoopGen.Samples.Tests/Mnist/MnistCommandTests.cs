using System.CommandLine;

namespace LoopGen.Samples.Tests.Mnist;

public sealed class MnistCommandTests
{
    [Theory]
    [InlineData("mlp", new[] { "mlp.safetensors" })]
    [InlineData("cnn", new[] { "cnn.safetensors" })]
    [InlineData("both", new[] { "cnn.safetensors", "mlp.safetensors" })]
    public async Task Trains_tests_saves_and_loads(string model, string[] saved)
    {
        using var data = new TemporaryFolder();
        using var output = new TemporaryFolder();
        Idx.WriteAll(data, train: 40, test: 10);

        var (exitCode, error) = await RunAsync(
            "--model", model, "--data", data.FullPath, "--epochs", "1", "--out", output.FullPath);

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        Assert.Equal(saved, output.FileNames);
    }

    [Fact]
    public async Task Says_what_is_wrong_with_the_data_in_one_sentence_and_fails()
    {
        using var data = new TemporaryFolder();
        Idx.WriteAll(data, train: 40, test: 10);
        var path = data.Write("t10k-images-idx3-ubyte.gz", Idx.Images(10)[..^1]);

        var (exitCode, error) = await RunAsync("--data", data.FullPath);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{path} is cut off", error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--epochs", "0", "--epochs must be at least 1, but is 0.")]
    [InlineData("--threads", "-1", "--threads must be at least 1, but is -1.")]
    [InlineData("--model", "transformer", "'transformer' not recognized")]
    public async Task Refuses_what_makes_no_sense(string option, string value, string expected)
    {
        var (exitCode, error) = await RunAsync(option, value);

        Assert.Equal(1, exitCode);
        Assert.Contains(expected, error);
    }

    [Theory]
    [InlineData(typeof(Mlp))]
    [InlineData(typeof(Cnn))]
    public void Names_the_emitted_loop_by_a_path_that_is_there(Type model)
        => Assert.Contains("public History<EpochLog> Fit(", File.ReadAllText(Experiment.EmittedLoop(model)));

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        await using var error = new StringWriter();
        var configuration = new InvocationConfiguration { Output = TextWriter.Null, Error = error };
        var exitCode = await MnistCommand.Create().Parse(arguments).InvokeAsync(configuration);
        return (exitCode, error.ToString());
    }
}
