using TorchSharp.Modules;

namespace LoopGen.Tests;

/// <summary>Steps of a training whose values are given: of each tensor the last one.</summary>
internal sealed class CheckedFit : IDisposable
{
    private readonly TestRun run = new();
    private readonly GivenModel model = new();

    public CheckedFit(string[] names, int? seed = null, bool ignoresTargets = false)
    {
        Check = new FiniteCheck(model, run.Run, names, seed, ignoresTargets: ignoresTargets);
        run.Run.BeginEpoch(1);
        SetGradient(First, 1);
        SetGradient(Second, 1);
    }

    public FiniteCheck Check { get; }

    public FakeTime Time => run.Time;

    public Parameter First => model.First;

    public Parameter Second => model.Second;

    public Tensor Mask => model.Mask;

    /// <summary>A step, up to the end of its batch.</summary>
    public void Step(
        long step, double image = 1, double target = 1, double output = 1, double loss = 1, double gradient = 1)
    {
        using var scope = NewDisposeScope();
        SetGradient(Second, gradient);
        Check.Update(step, tensor((float)loss), Values(image), Values(target), Values(output));
        run.Run.EndBatch();
    }

    public void SetGradient(Parameter parameter, double last)
    {
        using var scope = NewDisposeScope();
        parameter.grad = Values(last);
    }

    public void Dispose()
    {
        Check.Dispose();
        run.Dispose();
        model.Dispose();
    }

    private static Tensor Values(double last) => tensor(new[] { 1f, 2f, (float)last });

    private sealed class GivenModel : nn.Module
    {
        public GivenModel()
            : base(nameof(GivenModel))
        {
            First = nn.Parameter(ones(3));
            Second = nn.Parameter(ones(3));
            Mask = zeros(3);
            register_parameter("first", First);
            register_parameter("second", Second);
            register_buffer("mask", Mask);
        }

        public Parameter First { get; }

        public Parameter Second { get; }

        public Tensor Mask { get; }
    }
}
