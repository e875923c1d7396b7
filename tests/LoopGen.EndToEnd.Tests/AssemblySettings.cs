using LoopGen.EndToEnd.Tests.Infrastructure;

// The package is made once and the projects share its cache; builds side by side would only wait for each other.
[assembly: Xunit.AssemblyFixture(typeof(Workspace))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
