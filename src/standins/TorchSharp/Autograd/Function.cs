namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A differentiable function written in C#, forward and backward.</summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            private static readonly T s_instance = new();
            private static readonly Func<AutogradContext, object[], List<Tensor>> s_forward = s_instance.Forward;
            private static readonly Func<AutogradContext, List<Tensor>, List<Tensor?>> s_backward = s_instance.Backward;

            /// <summary>What error messages call it.</summary>
            public abstract string Name { get; }

            internal abstract List<Tensor> Forward(AutogradContext context, object[] vars);

            internal abstract List<Tensor?> Backward(AutogradContext context, List<Tensor> gradients);

            protected static List<Tensor> apply_internal(params object[] vars) =>
                FunctionCall.Apply(s_instance.Name, s_forward, s_backward, vars);
        }

        /// <summary>A custom function with one output.</summary>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Runs the function and, where an input requires it, records it in the graph.</summary>
            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>Returns one gradient for each argument of <see cref="forward"/>; null where it has none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> Forward(AutogradContext context, object[] vars) => [forward(context, vars)];

            internal sealed override List<Tensor?> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients[0])!;
        }

        /// <summary>A custom function with several outputs.</summary>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>Returns one gradient for each argument of <see cref="forward"/>; null where it has none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> Forward(AutogradContext context, object[] vars) => forward(context, vars);

            internal sealed override List<Tensor?> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients)!;
        }
    }
}
