namespace Mnist;

/// <summary>One of the four files of MNIST.</summary>
/// <param name="Name">Its standard name, without <c>.gz</c>.</param>
/// <param name="Dimensions">Of its data: 3 for images, 1 for labels.</param>
/// <param name="Sha256">Of the gzipped file, as it was first published and as the mirrors keep it.</param>
internal sealed record MnistFile(string Name, int Dimensions, string Sha256)
{
    public static readonly MnistFile TrainImages = new(
        "train-images-idx3-ubyte", 3, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609");

    public static readonly MnistFile TrainLabels = new(
        "train-labels-idx1-ubyte", 1, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c");

    public static readonly MnistFile TestImages = new(
        "t10k-images-idx3-ubyte", 3, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6");

    public static readonly MnistFile TestLabels = new(
        "t10k-labels-idx1-ubyte", 1, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

    /// <summary>All four.</summary>
    public static IReadOnlyList<MnistFile> All => [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>The name of the gzipped file.</summary>
    public string GzipName => Name + ".gz";

    /// <summary>What the file may be called: gzipped or not, with a dash or, as some tools unpack it, a dot.</summary>
    public IEnumerable<string> PossibleNames
    {
        get
        {
            var withDot = Name.Replace("-idx", ".idx", StringComparison.Ordinal);
            return [GzipName, Name, withDot + ".gz", withDot];
        }
    }

    /// <summary>The path of this file in a folder, or null if it is not there under any name.</summary>
    public string? FindIn(string folder)
        => PossibleNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
