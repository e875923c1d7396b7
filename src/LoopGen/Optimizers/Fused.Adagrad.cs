using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoopGen;

public static partial class Fused
{
    /// <summary>Gradients divided by the root of the sum of all their squares, like <c>torch.optim.Adagrad</c>.</summary>
    /// <inheritdoc cref="Fused" path="/remarks"/>
    public sealed class Adagrad : TorchSharp.Modules.Adagrad, IFusedOptimizer
    {
        private readonly FusedStep fusedStep = new(AdagradRule.Instance);

        /// <summary>Makes the optimizer.</summary>
        /// <param name="parameters">What to train; read once, here.</param>
        /// <param name="lr">The step size, at least 0.</param>
        /// <param name="lr_decay">
        /// By how much the step size falls: after n steps it is lr / (1 + n lr_decay). At least 0.
        /// </param>
        /// <param name="weight_decay">The L2 penalty: how much of a weight is added to its gradient, at least 0.</param>
        /// <param name="initial_accumulator_value">Where the sums of squares begin, at least 0.</param>
        /// <param name="eps">What is added to the root, at least 0.</param>
        /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
        /// <exception cref="ArgumentException">A number is out of its range, or a parameter was given twice.</exception>
        [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
        public Adagrad(
            IEnumerable<Parameter> parameters,
            double lr = 1e-2,
            double lr_decay = 0,
            double weight_decay = 0,
            double initial_accumulator_value = 0,
            double eps = 1e-10)
            : base(NotNull(parameters), lr, lr_decay, weight_decay, initial_accumulator_value, eps)
        {
        }

        /// <summary>Makes the optimizer.</summary>
        /// <param name="parameters">Groups of parameters; what a group does not say itself it takes from the arguments.</param>
        /// <param name="lr">The step size, at least 0.</param>
        /// <param name="lr_decay">
        /// By how much the step size falls: after n steps it is lr / (1 + n lr_decay). At least 0.
        /// </param>
        /// <param name="weight_decay">The L2 penalty: how much of a weight is added to its gradient, at least 0.</param>
        /// <param name="initial_accumulator_value">Where the sums of squares begin, at least 0.</param>
        /// <param name="eps">What is added to the root, at least 0.</param>
        /// <exception cref="ArgumentNullException"><paramref name="parameters"/> is null.</exception>
        /// <exception cref="ArgumentException">A number is out of its range, or a parameter was given twice.</exception>
        [SuppressMessage("ApiDesign", "RS0026", Justification = Unambiguous)]
        public Adagrad(
            IEnumerable<ParamGroup> parameters,
            double lr = 1e-2,
            double lr_decay = 0,
            double weight_decay = 0,
            double initial_accumulator_value = 0,
            double eps = 1e-10)
            : base(NotNull(parameters), lr, lr_decay, weight_decay, initial_accumulator_value, eps)
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
            AdagradRule.Initialize(param_group, _state);
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
