// Tests count live tensors and use torch's global generator, which all tests of a process share.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

// Not among the tests that are run after each change: docs/contributing.md.
[assembly: Xunit.Trait("Category", "Slow")]
