// Tests that need nothing but the compiler run side by side; those that run models are in TorchTests, one after the other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All)]
