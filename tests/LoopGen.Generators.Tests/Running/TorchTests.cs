using Xunit;
using Xunit.v3;

namespace LoopGen.Generators.Tests.Running;

/// <summary>
/// The tests that make tensors. They count live tensors and use torch's global generator, which all tests of a process
/// share, so no other test runs beside one of them.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
[Trait("Category", "Slow")]
public sealed class TorchTests
{
    /// <summary>Fails where other tests may run beside the current one.</summary>
    public static void AssertRunsAlone() => Assert.True(
        TestContext.Current is { TestCollection: ICoreTestCollection { DisableParallelization: true } } or { Test: ICoreTest { DisableParallelization: true } },
        $"{TestContext.Current.Test?.TestDisplayName} makes tensors: its class needs [Collection<{nameof(TorchTests)}>].");
}
