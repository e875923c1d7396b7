using static TorchSharp.torch;

namespace Mnist;

/// <summary>Images (uint8 of 0 to 255, shape (N, 1, 28, 28)) and the digits they show (int64, shape (N)).</summary>
internal sealed record MnistData(Tensor Images, Tensor Labels)
{
    private const int Size = 28;

    /// <summary>Reads the images to train on and those to test on.</summary>
    /// <exception cref="FileNotFoundException">One of the four files is not in the folder.</exception>
    /// <exception cref="InvalidDataException">One of them does not hold what it should.</exception>
    public static (MnistData Train, MnistData Test) Load(string folder)
        => (Load(folder, MnistFile.TrainImages, MnistFile.TrainLabels),
            Load(folder, MnistFile.TestImages, MnistFile.TestLabels));

    private static MnistData Load(string folder, MnistFile imagesFile, MnistFile labelsFile)
    {
        var imagesPath = Locate(folder, imagesFile);
        var labelsPath = Locate(folder, labelsFile);
        var images = IdxFile.Read(imagesPath, imagesFile.Dimensions);
        var labels = IdxFile.Read(labelsPath, labelsFile.Dimensions);

        if (images.Shape is not [var count, Size, Size])
        {
            throw new InvalidDataException(
                $"{imagesPath} has to hold images of {Size} × {Size}, but it is {string.Join(" × ", images.Shape)}.");
        }

        if (labels.Data.Length != count)
        {
            throw new InvalidDataException(
                $"{imagesPath} has {count} images, but {labelsPath} has {labels.Data.Length} labels.");
        }

        if (Array.FindIndex(labels.Data, label => label > 9) is var wrong && wrong >= 0)
        {
            throw new InvalidDataException($"{labelsPath} has a label that is no digit: {labels.Data[wrong]}.");
        }

        // As they are stored: the model makes floats of a batch when it needs them, a quarter of the memory till then.
        return new MnistData(
            tensor(images.Data, [count, 1, Size, Size]),
            tensor(Array.ConvertAll(labels.Data, label => (long)label)));
    }

    private static string Locate(string folder, MnistFile file)
        => file.FindIn(folder) ?? throw new FileNotFoundException(
            (Directory.Exists(folder) ? $"{file.GzipName} is not in" : $"{file.GzipName} is missing: there is no folder")
            + $" {Path.GetFullPath(folder)}. It may be called {string.Join(", ", file.PossibleNames)}.");
}
