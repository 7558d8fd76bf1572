using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Training or evaluation, gradients, and a function for every module.
        public partial class Module
        {
            private bool _training = true;

            public virtual bool training => _training;

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var child in children()) child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Calls a function with each module, the innermost first, and with this one last.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in children()) child.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Takes the gradients away, or sets them to 0.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }
                    using var guard = no_grad();
                    Op.RunInPlace("detach_", gradient);
                    Op.RunInPlace("zero_", gradient);
                }
            }
        }
    }
}
