using System.Net;

namespace LoopGen.Samples.Tests.Mnist;

/// <summary>Answers every request by a function, and remembers what was asked for.</summary>
internal sealed class FakeServers(Func<Uri, CancellationToken, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly List<Uri> requests = [];

    public IReadOnlyList<Uri> Requests => requests;

    public static HttpResponseMessage File(byte[] content)
        => new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        requests.Add(request.RequestUri!);
        return Task.FromResult(answer(request.RequestUri!, cancellationToken));
    }
}
