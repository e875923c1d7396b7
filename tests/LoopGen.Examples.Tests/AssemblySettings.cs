// Tests count live tensors and use torch's global generator, which all tests of a process share.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
