using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LoopGen.Tests.Native;

/// <summary>Calls through libtorch's C interface: every kind of argument, who owns what, and what an error says.</summary>
public sealed class OperatorCallTests
{
    private static readonly Operator Contiguous = new("aten::contiguous", string.Empty, arguments: 2, results: 1);
    private static readonly Operator ToType = new("aten::to", "dtype", arguments: 5, results: 1);
    private static readonly Operator Multiply = new("aten::mm", string.Empty, arguments: 2, results: 1);

    [Fact]
    public void LibtorchHasTheInterface() => Assert.Null(Dispatcher.WhyMissing);

    [Fact]
    public void AnIntegerArgumentAndATensorThatIsReturned()
    {
        using var image = randn(2, 3, 4, 5);

        using var result = new OperatorCall(Contiguous).Add(image).Add(2L).InvokeForTensor();

        // 2 is the memory format that has the channels last.
        Assert.Equal([60L, 1L, 15L, 3L], result.stride());
        Assert.True(result.equal(image).all().item<bool>());
    }

    [Fact]
    public void ATypeFlagsAndAnOptionalArgumentThatIsNotGiven()
    {
        using var numbers = tensor(new[] { 1.5f, -2f });

        using var result = new OperatorCall(ToType).Add(numbers).Add(ScalarType.Float64).Add(false).Add(true).AddNone().InvokeForTensor();

        Assert.Equal(float64, result.dtype);
        Assert.Equal([1.5, -2.0], result.data<double>().ToArray());
    }

    [Fact]
    public void AResultBelongsToTheOpenScopeAndCanLeaveIt()
    {
        using var numbers = ones(2, 2);
        var live = LiveTensors.Count;
        Tensor inner, outer;
        using (NewDisposeScope())
        {
            var call = new OperatorCall(Contiguous);
            inner = call.Add(numbers).Add(0L).InvokeForTensor();
            outer = call.Add(numbers).Add(0L).InvokeForTensor().DetachFromDisposeScope();
        }

        Assert.True(inner.IsInvalid);
        Assert.False(outer.IsInvalid);
        Assert.Equal(4f, outer.sum().item<float>());
        outer.Dispose();
        Assert.True(LiveTensors.Count <= live + 1);
    }

    [Fact]
    public void AnArgumentMayBeFreedOnceItWasAdded()
    {
        var call = new OperatorCall(ToType);
        using (var numbers = full([1000], 3.0.ToScalar()))
        {
            call.Add(numbers);
        }

        using var result = call.Add(ScalarType.Float32).Add(false).Add(true).AddNone().InvokeForTensor();

        Assert.Equal(3000f, result.sum().item<float>());
    }

    [Fact]
    public void AnErrorNamesTheOperatorAndTheShapesAndTheCallCanBeUsedAgain()
    {
        using var a = ones(2, 3);
        using var b = ones(3, 2);
        var call = new OperatorCall(Multiply);

        var exception = Assert.Throws<ExternalException>(() => call.Add(a).Add(a).InvokeForTensor());

        Assert.StartsWith("libtorch's operator aten::mm failed for (Float32 (2, 3), Float32 (2, 3)).", exception.Message, StringComparison.Ordinal);
        using var product = call.Add(a).Add(b).InvokeForTensor();
        Assert.Equal([2L, 2L], product.shape);
    }

    [Fact]
    public void AnUnknownOperatorIsAnErrorAndNotTheEndOfTheProcess()
    {
        var unknown = new Operator("aten::no_such_operator", "overload", arguments: 0, results: 0);

        var exception = Assert.Throws<ExternalException>(() => new OperatorCall(unknown).Invoke());

        Assert.Contains("aten::no_such_operator.overload", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LibtorchIsNotCalledWithTooFewOrTooManyArguments()
    {
        using var a = ones(2, 2);
        var call = new OperatorCall(Multiply);

        Assert.Throws<InvalidOperationException>(() => call.Add(a).InvokeForTensor());
        Assert.Throws<InvalidOperationException>(() => call.Add(a).Add(a).Add(a));
        Assert.Throws<InvalidOperationException>(() => call.Add(a).Add(a).Invoke());
        using var product = call.Add(a).Add(a).InvokeForTensor();
        Assert.Equal(8f, product.sum().item<float>());
    }

    [Fact]
    public void AFreedTensorIsRefusedAndWhatWasAddedBeforeIsGivenBack()
    {
        var freed = ones(1);
        freed.Dispose();
        using var large = ones(1 << 20);
        var call = new OperatorCall(Operators.FusedSgd);

        Assert.Throws<InvalidOperationException>(() => call.Add([large, freed]));
        Assert.Throws<InvalidOperationException>(() => call.Add(large).Add(freed));
        AssertLevel(10, () =>
        {
            Assert.Throws<InvalidOperationException>(() => call.Add(ones(1_000_000)).Add(freed));
            GC.Collect();
            GC.WaitForPendingFinalizers();
        });
    }

    [Fact]
    public void AnOptionalArgumentThatIsGiven()
    {
        Assert.SkipWhen(!Dispatcher.TakesOptionals, "Its memory is freed by another allocator than it is made by.");
        using var noGrad = no_grad();
        using var weight = ones(3);
        using var gradient = ones(3);
        using var none = zeros(1);
        using var one = ones(1);
        var call = new OperatorCall(Operators.FusedSgd);

        void Step(Tensor foundInfinity) => call
            .Add([weight]).Add([gradient]).Add([]).Add(0.0).Add(0.0).Add(0.5).Add(0.0).Add(false).Add(false).Add(true)
            .AddNone().AddOptional(foundInfinity).Invoke();

        Step(one);
        Assert.Equal(3f, weight.sum().item<float>());
        Step(none);
        Assert.Equal(1.5f, weight.sum().item<float>());
    }

    [Fact]
    public void ThreeHundredThousandCallsKeepTheMemoryLevel()
    {
        using var noGrad = no_grad();
        using var weight = ones(3);
        using var gradient = zeros(3);
        var step = new OperatorCall(Operators.FusedSgd);
        var copy = new OperatorCall(Contiguous);
        var live = LiveTensors.Count;

        AssertLevel(100_000, () =>
        {
            step.Add([weight]).AddRepeated(gradient, 1).Add([]).Add(0.0).Add(0.0).Add(0.5).Add(0.0).Add(false).Add(false).Add(true)
                .AddNone().AddNone().Invoke();
            copy.Add(weight).Add(0L).InvokeForTensor().Dispose();
        });

        Assert.Equal(live, LiveTensors.Count);
    }

    [Fact]
    public void ANeighbourThatCollectsDoesNotDisturbACall()
    {
        using var noGrad = no_grad();
        using var weight = ones(3);
        using var collections = new ForcedCollections();
        var step = new OperatorCall(Operators.FusedSgd);
        for (var index = 0; index < 20_000; index++)
        {
            // Nobody holds the gradient but the call.
            step.Add([weight]).Add([zeros(3)]).Add([]).Add(0.0).Add(0.0).Add(0.5).Add(0.0).Add(false).Add(false).Add(true)
                .AddNone().AddNone().Invoke();
        }

        Assert.Equal(3f, weight.sum().item<float>());
        Assert.True(collections.Count > 0);
    }

    /// <summary>
    /// A handle that is lost is 32 bytes, in every block of calls; the heap of the collector grows in one and not in the next.
    /// </summary>
    private static void AssertLevel(int calls, Action call)
    {
        static long Resident()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }

        var grown = long.MaxValue;
        var before = Resident();
        for (var block = 0; block < 3; block++)
        {
            for (var index = 0; index < calls; index++)
            {
                call();
            }

            var after = Resident();
            grown = Math.Min(grown, after - before);
            before = after;
        }

        Assert.True(grown < Math.Max(16L * calls, 1L << 20), $"{grown >> 10} KiB more after {calls} calls");
    }
}
