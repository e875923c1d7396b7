using System.Net;
using System.Security.Cryptography;

namespace LoopGen.Samples.Tests.Mnist;

public sealed class MnistDownloadTests
{
    private static readonly byte[] ImagesContent = Idx.Gzip(Idx.Images(2));
    private static readonly byte[] LabelsContent = Idx.Gzip(Idx.Labels(2));

    // The names of real files, the contents and hashes of small ones.
    private static readonly MnistFile Images = MnistFile.TestImages with { Sha256 = Hash(ImagesContent) };
    private static readonly MnistFile Labels = MnistFile.TestLabels with { Sha256 = Hash(LabelsContent) };

    [Fact]
    public async Task Fetches_what_is_missing_from_the_first_mirror()
    {
        using var folder = new TemporaryFolder();
        var servers = new FakeServers((address, _) => Deliver(address));

        await FetchAsync(servers, folder);

        Assert.Equal(["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"], folder.FileNames);
        Assert.Equal(ImagesContent, File.ReadAllBytes(Path.Combine(folder.FullPath, Images.GzipName)));
        Assert.Equal(LabelsContent, File.ReadAllBytes(Path.Combine(folder.FullPath, Labels.GzipName)));
        Assert.Equal(
            [new Uri(MnistDownload.Mirrors[0], Images.GzipName), new Uri(MnistDownload.Mirrors[0], Labels.GzipName)],
            servers.Requests);
    }

    [Fact]
    public async Task Makes_the_folder()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, "loopgen", "mnist");
        using var client = new HttpClient(new FakeServers((address, _) => Deliver(address)));

        await new MnistDownload(client, TextWriter.Null).FetchMissingAsync([Labels], path, CancellationToken.None);

        Assert.True(File.Exists(Path.Combine(path, Labels.GzipName)));
    }

    [Fact]
    public async Task Asks_for_nothing_that_is_there_under_any_name()
    {
        using var folder = new TemporaryFolder();
        folder.Write("t10k-images.idx3-ubyte", Idx.Images(2));
        var servers = new FakeServers((address, _) => Deliver(address));

        await FetchAsync(servers, folder);

        Assert.Equal([new Uri(MnistDownload.Mirrors[0], Labels.GzipName)], servers.Requests);
    }

    [Theory]
    [InlineData("other content")]
    [InlineData("not found")]
    [InlineData("no such host")]
    [InlineData("cut off")]
    [InlineData("timeout")]
    public async Task Turns_to_the_second_mirror_when_the_first_fails(string failure)
    {
        using var folder = new TemporaryFolder();
        var servers = new FakeServers(
            (address, _) => IsAt(address, MnistDownload.Mirrors[0]) ? Fail(failure) : Deliver(address));

        await FetchAsync(servers, folder);

        Assert.Equal(4, servers.Requests.Count);
        Assert.Equal(ImagesContent, File.ReadAllBytes(Path.Combine(folder.FullPath, Images.GzipName)));
        Assert.Equal(LabelsContent, File.ReadAllBytes(Path.Combine(folder.FullPath, Labels.GzipName)));
    }

    [Fact]
    public async Task Gives_the_reason_of_every_mirror_and_a_way_out()
    {
        using var folder = new TemporaryFolder();
        var servers = new FakeServers(
            (address, _) => Fail(IsAt(address, MnistDownload.Mirrors[0]) ? "no such host" : "not found"));

        var message = (await Assert.ThrowsAsync<IOException>(() => FetchAsync(servers, folder))).Message;

        Assert.StartsWith("t10k-images-idx3-ubyte.gz could not be downloaded", message);
        Assert.Contains($"{MnistDownload.Mirrors[0]}t10k-images-idx3-ubyte.gz: no such host", message);
        Assert.Contains($"{MnistDownload.Mirrors[1]}t10k-images-idx3-ubyte.gz: ", message);
        Assert.Contains("404", message);
        Assert.Contains("--data FOLDER", message);
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public async Task Keeps_nothing_whose_hash_is_wrong()
    {
        using var folder = new TemporaryFolder();
        var servers = new FakeServers((_, _) => Fail("other content"));

        var message = (await Assert.ThrowsAsync<IOException>(() => FetchAsync(servers, folder))).Message;

        Assert.Contains(Images.Sha256, message);
        Assert.Contains(Hash([1, 2, 3]), message);
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public async Task Ends_at_once_when_the_user_cancels()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var servers = new FakeServers((_, token) =>
        {
            cancellation.Cancel();
            throw new TaskCanceledException(null, null, token);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FetchAsync(servers, folder, cancellation.Token));

        Assert.Single(servers.Requests);
        Assert.Empty(folder.FileNames);
    }

    private static async Task FetchAsync(
        FakeServers servers, TemporaryFolder folder, CancellationToken cancellationToken = default)
    {
        using var client = new HttpClient(servers);
        await new MnistDownload(client, TextWriter.Null)
            .FetchMissingAsync([Images, Labels], folder.FullPath, cancellationToken);
    }

    private static HttpResponseMessage Deliver(Uri address)
        => FakeServers.File(address.AbsolutePath.Contains("images", StringComparison.Ordinal) ? ImagesContent : LabelsContent);

    private static HttpResponseMessage Fail(string failure) => failure switch
    {
        "other content" => FakeServers.File([1, 2, 3]),
        "not found" => new HttpResponseMessage(HttpStatusCode.NotFound),
        "no such host" => throw new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"),
        "cut off" => throw new HttpIOException(HttpRequestError.ResponseEnded),
        "timeout" => throw new TaskCanceledException("too slow", new TimeoutException()),
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
    };

    private static bool IsAt(Uri address, Uri mirror) => mirror.IsBaseOf(address);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
