using LoopGen.EndToEnd.Tests.Infrastructure;

// The package is made once. Each test has its own projects, and most of a build is work for one core alone.
[assembly: Xunit.AssemblyFixture(typeof(Workspace))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All)]

// Not among the tests that are run after each change: docs/contributing.md.
[assembly: Xunit.Trait("Category", "Slow")]
