using System.Diagnostics;

namespace LoopGen.Tests;

/// <summary>Python reads the files, where there is one: a plain one, and one with PyTorch.</summary>
public sealed class PythonTests : IDisposable
{
    /// <summary>The first in the path, which may be one without packages, and the system's.</summary>
    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The lines of docs/files.md that need no package.</summary>
    [Fact]
    public void PlainPythonReadsAFileAndItsChecksum()
    {
        var python = FindPython("import json, struct") ?? string.Empty;
        Assert.SkipWhen(python.Length == 0, "There is no Python here.");
        using var model = Model();
        model.SaveWeights(folder["model.safetensors"], new Dictionary<string, string> { ["epoch"] = "3" });

        var bits = string.Join(' ', model.Norm.running_var!.data<float>().ToArray().Select(value => BitConverter.SingleToInt32Bits(value).ToString("x8")));
        Assert.Equal($"3\nTrue\n{bits}\n", Run(python, FilesPageTests.Find("def crc32c") + """

            print(metadata["epoch"])
            print(crc32c(whole) == int(metadata["loopgen.crc32c"], 16))
            begin, end = header["Norm.running_var"]["data_offsets"]
            values = struct.unpack("<4I", data[begin:end])
            print(" ".join(f"{value:08x}" for value in values))
            """, folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PyTorchReadsAnExport(bool weightsOnly)
    {
        var python = FindPython("import torch") ?? string.Empty;
        Assert.SkipWhen(python.Length == 0, "There is no Python with PyTorch here.");
        using var scope = NewDisposeScope();
        using var model = Model();
        using var tied = new TiedModel();
        model.ExportPyTorch(folder["model.pt"]);
        tied.ExportPyTorch(folder["tied.pt"]);
        using var types = new OneTensor(
            ("f64", ones(2, 3, dtype: float64)), ("f16", ones(2, dtype: float16)), ("bf16", ones(2, dtype: bfloat16)), ("i8", ones(2, dtype: int8)),
            ("u8", ones(2, dtype: uint8)), ("i16", ones(2, dtype: int16)), ("i32", ones(2, dtype: int32)), ("bool", ones(2, dtype: ScalarType.Bool)),
            ("c64", ones(2, dtype: complex64)), ("c128", ones(2, dtype: complex128)), ("none", ones(0, 4)), ("scalar", ones([], dtype: int64)));
        types.ExportPyTorch(folder["types.pt"]);

        var output = Run(python, $$"""
            import collections, torch
            load = lambda path: torch.load(path, weights_only={{(weightsOnly ? "True" : "False")}})
            state = load("model.pt")
            assert type(state) is collections.OrderedDict
            net = torch.nn.Module()
            net.Hidden, net.Norm, net.Output = torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 2)
            net.load_state_dict(state)
            assert net.Norm.num_batches_tracked == 3
            tied = load("tied.pt")
            assert tied["First.weight"].data_ptr() == tied["Second.weight"].data_ptr()
            for name, value in load("types.pt").items():
                print(name, value.dtype, list(value.shape), bool((value == 1).all()))
            for name, value in state.items():
                print(name, value.numpy().tobytes().hex())
            """, folder.Path);

        string[] expected =
        [
            "f64 torch.float64 [2, 3] True", "f16 torch.float16 [2] True", "bf16 torch.bfloat16 [2] True", "i8 torch.int8 [2] True",
            "u8 torch.uint8 [2] True", "i16 torch.int16 [2] True", "i32 torch.int32 [2] True", "bool torch.bool [2] True",
            "c64 torch.complex64 [2] True", "c128 torch.complex128 [2] True", "none torch.float32 [0, 4] True", "scalar torch.int64 [] True",
            .. StateCopy.Of(model).Select(pair => $"{pair.Key} {Convert.ToHexString(pair.Value).ToLowerInvariant()}"),
        ];
        Assert.Equal(expected, output.TrimEnd().Split('\n'));
    }

    private static FileModel Model()
    {
        var model = new FileModel();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        model.Train(optimizer);
        return model;
    }

    private static string? FindPython(string code) => Pythons.FirstOrDefault(python => CanRun(python, code));

    private static bool CanRun(string python, string code)
    {
        try
        {
            return Start(python, code, Path.GetTempPath()).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Run(string python, string code, string folder)
    {
        var (exitCode, output, error) = Start(python, code, folder);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static (int ExitCode, string Output, string Error) Start(string python, string code, string folder)
    {
        var start = new ProcessStartInfo(python, ["-c", code])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the tests' own libtorch needs must not reach Python's.
        start.Environment.Remove("LD_LIBRARY_PATH");
        start.Environment.Remove("LD_PRELOAD");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.ReplaceLineEndings("\n"), error.Result);
    }
}
