using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

public static partial class Fused
{
    /// <summary>Stochastic gradient descent, with momentum if asked for, like <c>torch.optim.SGD</c>.</summary>
    /// <inheritdoc cref="Fused" path="/remarks"/>
    public sealed class SGD : TorchSharp.Modules.SGD, IFusedOptimizer
    {
        private readonly FusedStep fusedStep = new(SgdRule.Instance);

        /// <summary>Makes the optimizer.</summary>
        /// <param name="parameters">What to train; read once, here.</param>
        /// <param name="learningRate">The step size, at least 0.</param>
        /// <param name="momentum">How much of the last direction is kept, at least 0. 0 for none.</param>
        /// <param name="dampening">How much less than the whole gradient is added to the momentum.</param>
        /// <param name="weight_decay">The L2 penalty: how much of a weight is added to its gradient, at least 0.</param>
        /// <param name="nesterov">Whether to look ahead along the momentum. It needs a momentum, and no dampening.</param>
        /// <param name="maximize">
        /// Whether to climb instead of descend. The weight decay still pulls to zero, as in PyTorch; TorchSharp's
        /// own pushes away.
        /// </param>
        /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
        /// <exception cref="ArgumentException">A number is out of its range, or a parameter was given twice.</exception>
        [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
        public SGD(
            IEnumerable<Parameter> parameters,
            double learningRate,
            double momentum = 0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false)
            : base(NotNull(parameters), learningRate, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        /// <summary>Makes the optimizer.</summary>
        /// <param name="parameters">Groups of parameters; what a group does not say itself it takes from the arguments.</param>
        /// <param name="learningRate">The step size, at least 0.</param>
        /// <param name="momentum">How much of the last direction is kept, at least 0. 0 for none.</param>
        /// <param name="dampening">How much less than the whole gradient is added to the momentum.</param>
        /// <param name="weight_decay">The L2 penalty: how much of a weight is added to its gradient, at least 0.</param>
        /// <param name="nesterov">Whether to look ahead along the momentum. It needs a momentum, and no dampening.</param>
        /// <param name="maximize">
        /// Whether to climb instead of descend. The weight decay still pulls to zero, as in PyTorch; TorchSharp's
        /// own pushes away.
        /// </param>
        /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
        /// <exception cref="ArgumentException">A number is out of its range, or a parameter was given twice.</exception>
        [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
        public SGD(
            IEnumerable<ParamGroup> parameters,
            double learningRate,
            double momentum = 0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false)
            : base(NotNull(parameters), learningRate, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        /// <summary>
        /// Why some parameters are stepped one by one and not together, in a clause; null where all are stepped together.
        /// </summary>
        public string? WhyNotFused => fusedStep.WhyNotFused;

        /// <inheritdoc/>
        public override void add_param_group(TorchSharp.Modules.ParamGroup param_group)
        {
            FusedParameters.Fix(param_group, _parameter_groups);
            base.add_param_group(param_group);
            fusedStep.Look(param_group.Parameters);
        }

        /// <summary>Updates every parameter that has a gradient, without waiting for the device.</summary>
        /// <param name="closure">Computes the loss anew and returns it; null (the default) if it was computed.</param>
        /// <returns>What <paramref name="closure"/> has returned, or null.</returns>
        /// <exception cref="ObjectDisposedException">The optimizer was disposed.</exception>
        public override Tensor? step(Func<Tensor>? closure = null) => fusedStep.Step(_parameter_groups, _state, closure);

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            // Not from a finalizer: the tensors have finalizers, and the base class would touch what was never made where a
            // constructor has thrown.
            if (disposing)
            {
                fusedStep.Dispose();
                base.Dispose(disposing);
            }
        }
    }
}
