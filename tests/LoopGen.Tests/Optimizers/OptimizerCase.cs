using TorchSharp.Modules;

namespace LoopGen.Tests;

/// <summary>One optimizer with one set of numbers, as TorchSharp has it, as we have it, and as one step of one parameter.</summary>
internal sealed record OptimizerCase(
    string Name, Func<IEnumerable<Parameter>, OptimizerHelper> Managed, Func<IEnumerable<Parameter>, OptimizerHelper> Fused)
{
    private static readonly bool[] Either = [false, true];

    /// <summary>
    /// Every combination of switches, each with two sets of numbers; not SGD with weight decay and maximize, where TorchSharp is
    /// wrong.
    /// </summary>
    public static IEnumerable<OptimizerCase> All => [.. Sgd(), .. AdamAndAdamW(), .. Adagrads()];

    /// <summary>One of each kind.</summary>
    public static IEnumerable<OptimizerCase> Few =>
    [
        Sgd(0, 0, 0, false, false),
        Sgd(0.9, 0, 0.01, true, false),
        Adam(0.9, 0.999, 1e-8, 0.01, false, false),
        AdamW(0.9, 0.999, 1e-8, 0.01, true, false),
        Adagrad(0.1, 0.01, 0.1, 1e-10),
    ];

    public override string ToString() => Name;

    private static IEnumerable<OptimizerCase> Sgd() =>
        from momentum in (double[])[0, 0.9]
        from dampening in (double[])[0, 0.3]
        from decay in (double[])[0, 0.01]
        from nesterov in Either
        from maximize in Either
        where (!nesterov || (momentum > 0 && dampening == 0)) && (decay == 0 || !maximize)
        select Sgd(momentum, dampening, decay, nesterov, maximize);

    private static IEnumerable<OptimizerCase> AdamAndAdamW() =>
        from numbers in ((double Beta1, double Beta2, double Epsilon)[])[(0.9, 0.999, 1e-8), (0.5, 0.9, 1e-3)]
        from decay in (double[])[0, 0.01]
        from amsgrad in Either
        from maximize in Either
        from make in (Func<double, double, double, double, bool, bool, OptimizerCase>[])[Adam, AdamW]
        select make(numbers.Beta1, numbers.Beta2, numbers.Epsilon, decay, amsgrad, maximize);

    private static IEnumerable<OptimizerCase> Adagrads() =>
        from rateDecay in (double[])[0, 0.1]
        from decay in (double[])[0, 0.01]
        from numbers in ((double Start, double Epsilon)[])[(0, 1e-10), (0.1, 1e-3)]
        select Adagrad(rateDecay, decay, numbers.Start, numbers.Epsilon);

    private static OptimizerCase Sgd(double momentum, double dampening, double decay, bool nesterov, bool maximize) => new(
        $"SGD momentum {momentum} dampening {dampening} decay {decay} nesterov {nesterov} maximize {maximize}",
        parameters => optim.SGD(parameters, 0.01, momentum, dampening, decay, nesterov, maximize),
        parameters => new Fused.SGD(parameters, 0.01, momentum, dampening, decay, nesterov, maximize));

    private static OptimizerCase Adam(double beta1, double beta2, double epsilon, double decay, bool amsgrad, bool maximize) => new(
        $"Adam betas {beta1} {beta2} eps {epsilon} decay {decay} amsgrad {amsgrad} maximize {maximize}",
        parameters => optim.Adam(parameters, 0.01, beta1, beta2, epsilon, decay, amsgrad, maximize),
        parameters => new Fused.Adam(parameters, 0.01, beta1, beta2, epsilon, decay, amsgrad, maximize));

    private static OptimizerCase AdamW(double beta1, double beta2, double epsilon, double decay, bool amsgrad, bool maximize) => new(
        $"AdamW betas {beta1} {beta2} eps {epsilon} decay {decay} amsgrad {amsgrad} maximize {maximize}",
        parameters => optim.AdamW(parameters, 0.01, beta1, beta2, epsilon, decay, amsgrad, maximize),
        parameters => new Fused.AdamW(parameters, 0.01, beta1, beta2, epsilon, decay, amsgrad, maximize));

    private static OptimizerCase Adagrad(double rateDecay, double decay, double start, double epsilon) => new(
        $"Adagrad decay of the rate {rateDecay} decay {decay} start {start} eps {epsilon}",
        parameters => optim.Adagrad(parameters, 0.01, rateDecay, decay, start, epsilon),
        parameters => new Fused.Adagrad(parameters, 0.01, rateDecay, decay, start, epsilon));
}
