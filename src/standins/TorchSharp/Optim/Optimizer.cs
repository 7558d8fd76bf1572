using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimisers and learning-rate schedules.</summary>
    public static partial class optim
    {
        /// <summary>What moves parameters against their gradients.</summary>
        public abstract partial class Optimizer : IDisposable
        {
            protected IList<ParamGroup> _parameter_groups = [];

            /// <param name="handle">An optimiser of native code, of which there are none here: always zero.</param>
            protected Optimizer(IntPtr handle)
            {
                if (handle != IntPtr.Zero) throw new NotSupportedException($"optimisers are managed code: expected no handle but got {handle}");
            }

            /// <summary>The groups, as schedules see them.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            /// <summary>Takes the gradients away from the parameters, as PyTorch does: what backward doesn't reach stays without one.</summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in parameters()) parameter.grad = null;
            }

            public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

            public virtual void add_param_group(ParamGroup param_group) =>
                throw new NotSupportedException($"{GetType().Name} must support groups to take another: expected one that does but it has a single one");

            /// <summary>Moves each parameter that has a gradient.</summary>
            /// <param name="closure">Computes the loss and its gradients anew; its result is returned, or null without it.</param>
            public abstract Tensor step(Func<Tensor>? closure = null);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (disposing) Release();
            }

            /// <summary>Disposes what the optimiser remembers.</summary>
            private protected virtual void Release()
            {
            }

            /// <summary>An optimiser's options, a set for each group, and its state, one for each parameter.</summary>
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                public List<OptimizerOptions> Options { get; } = [];

                public List<OptimizerState> State { get; } = [];

                /// <summary>For each group the places of its parameters in <see cref="State"/>.</summary>
                public List<List<int>> StateIndexRef { get; } = [];
            }
        }

        /// <summary>Something whose learning rate a schedule can set.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            double InitialLearningRate { get; set; }
        }

        /// <summary>Something whose momentum a schedule can set.</summary>
        public interface IMomentum
        {
            double Momentum { get; set; }
        }

        /// <summary>Something whose averaging rates a schedule can set.</summary>
        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }
    }
}
