// Tests use torch's global generator and the console, which all tests of a process share.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
