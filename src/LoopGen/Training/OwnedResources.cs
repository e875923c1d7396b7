namespace LoopGen;

/// <summary>Resources that are disposed together, the last first.</summary>
internal sealed class OwnedResources : IDisposable
{
    private readonly Stack<IDisposable> resources = new();

    public void Add(IDisposable resource) => resources.Push(resource);

    public void Dispose()
    {
        // All of them, even if one fails; the first failure is thrown.
        try
        {
            while (resources.TryPop(out var resource))
            {
                resource.Dispose();
            }
        }
        catch
        {
            try
            {
                Dispose();
            }
            catch (Exception)
            {
                // Only the first is reported.
            }

            throw;
        }
    }
}
