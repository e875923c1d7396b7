using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

public static partial class Fused
{
    /// <summary>Adam, like <c>torch.optim.Adam</c>.</summary>
    /// <inheritdoc cref="Fused" path="/remarks"/>
    public sealed class Adam : TorchSharp.Modules.Adam, IFusedOptimizer
    {
        private readonly FusedStep fusedStep = new(AdamRule.Instance);

        /// <summary>Makes the optimizer.</summary>
        /// <param name="parameters">What to train; read once, here.</param>
        /// <param name="lr">The step size, at least 0.</param>
        /// <param name="beta1">
        /// How much of the running mean of the gradients is kept in a step, at least 0 and less than 1.
        /// </param>
        /// <param name="beta2">
        /// How much of the running mean of their squares is kept in a step, at least 0 and less than 1.
        /// </param>
        /// <param name="eps">What is added to the root of the mean square, at least 0.</param>
        /// <param name="weight_decay">The L2 penalty: how much of a weight is added to its gradient, at least 0.</param>
        /// <param name="amsgrad">Whether to divide by the largest mean square so far, not by the present one.</param>
        /// <param name="maximize">Whether to climb instead of descend.</param>
        /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
        /// <exception cref="ArgumentException">A number is out of its range, or a parameter was given twice.</exception>
        [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
        public Adam(
            IEnumerable<Parameter> parameters,
            double lr = 1e-3,
            double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8,
            double weight_decay = 0,
            bool amsgrad = false,
            bool maximize = false)
            : base(NotNull(parameters), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        /// <summary>Makes the optimizer.</summary>
        /// <param name="parameters">Groups of parameters; what a group does not say itself it takes from the arguments.</param>
        /// <param name="lr">The step size, at least 0.</param>
        /// <param name="beta1">
        /// How much of the running mean of the gradients is kept in a step, at least 0 and less than 1.
        /// </param>
        /// <param name="beta2">
        /// How much of the running mean of their squares is kept in a step, at least 0 and less than 1.
        /// </param>
        /// <param name="eps">What is added to the root of the mean square, at least 0.</param>
        /// <param name="weight_decay">The L2 penalty: how much of a weight is added to its gradient, at least 0.</param>
        /// <param name="amsgrad">Whether to divide by the largest mean square so far, not by the present one.</param>
        /// <param name="maximize">Whether to climb instead of descend.</param>
        /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
        /// <exception cref="ArgumentException">A number is out of its range, or a parameter was given twice.</exception>
        [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
        public Adam(
            IEnumerable<ParamGroup> parameters,
            double lr = 1e-3,
            double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8,
            double weight_decay = 0,
            bool amsgrad = false,
            bool maximize = false)
            : base(NotNull(parameters), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
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
