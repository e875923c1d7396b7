using System.Security.Cryptography;

namespace Mnist;

/// <summary>Fetches MNIST into a folder.</summary>
internal sealed class MnistDownload(HttpClient client, TextWriter output)
{
    /// <summary>Folders on public servers that keep the four files; the first that delivers is taken.</summary>
    public static readonly IReadOnlyList<Uri> Mirrors =
    [
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
    ];

    /// <summary>Where downloads are kept, for all programs of this user.</summary>
    public static string CacheFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "loopgen",
        "mnist");

    /// <summary>Fetches those of the files that are not in the folder yet.</summary>
    /// <exception cref="IOException">No mirror delivered a file. The message has the reason of each.</exception>
    public async Task FetchMissingAsync(
        IEnumerable<MnistFile> files, string folder, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (file.FindIn(folder) is null)
            {
                await FetchAsync(file, folder, cancellationToken);
            }
        }
    }

    private async Task FetchAsync(MnistFile file, string folder, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var mirror in Mirrors)
        {
            var address = new Uri(mirror, file.GzipName);
            try
            {
                output.WriteLine($"Downloading {address}");
                var content = await client.GetByteArrayAsync(address, cancellationToken);
                Check(content, file);
                await SaveAsync(content, Path.Combine(folder, file.GzipName), cancellationToken);
                return;
            }
            catch (Exception exception) when (IsFailureOf(exception, cancellationToken))
            {
                failures.Add($"  {address}: {exception.Message}");
            }
        }

        throw new IOException(
            $"{file.GzipName} could not be downloaded:\n{string.Join('\n', failures)}\n"
            + "Get the four files of MNIST elsewhere, and name their folder: --data FOLDER");
    }

    private static void Check(byte[] content, MnistFile file)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        if (sha256 != file.Sha256)
        {
            throw new InvalidDataException(
                $"what came is not {file.GzipName}: its SHA-256 is {sha256}, and should be {file.Sha256}.");
        }
    }

    // Under another name until all of it is there: nobody ever finds half a file.
    private static async Task SaveAsync(byte[] content, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, content, cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // Of the mirror, that is: not a disk that is full, nor the user who pressed Ctrl+C. A timeout is a cancellation too.
    private static bool IsFailureOf(Exception exception, CancellationToken cancellationToken)
        => exception is HttpRequestException or HttpIOException or InvalidDataException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
