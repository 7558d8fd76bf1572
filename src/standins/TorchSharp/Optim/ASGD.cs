using static TorchSharp.Engine.Op;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Gradient descent that also keeps the average of where it has been.</summary>
public class ASGD : OptimizerHelper
{
    public ASGD(IEnumerable<Parameter> parameters, double lr = 0.01, double lambd = 0.0001, double alpha = 0.75, double t0 = 1000000, double weight_decay = 0, bool maximize = false)
        : this((IEnumerable<ParamGroup<Options>>)[new ParamGroup { Parameters = parameters }], lr, lambd, alpha, t0, weight_decay, maximize)
    {
    }

    public ASGD(IEnumerable<ParamGroup<ASGD.Options>> parameters, double lr = 0.01, double lambd = 0.0001, double alpha = 0.75, double t0 = 1000000, double weight_decay = 0, bool maximize = false)
    {
        Check.LearningRate(lr);
        Check.WeightDecay(weight_decay);
        var options = new Options { LearningRate = lr, lambd = lambd, alpha = alpha, t0 = t0, weight_decay = weight_decay, maximize = maximize };
        Start(options, parameters, parameter => new State(parameter));
    }

    public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup<Options>>(Update, closure);

    private void Update(ParamGroup<Options> group)
    {
        var options = group.Options;
        foreach (var batch in Batches<State>(group, static state => ++state.step))
        {
            batch.Prepare(options.weight_decay!.Value, options.maximize!.Value);
            var (lr, lambd) = (options.LearningRate!.Value, options.lambd!.Value);
            // Each state has its own eta: it depends on the learning rates of the past.
            for (var i = 0; i < batch.States.Count; i++)
            {
                var (parameter, state) = (batch.Parameters[i], batch.States[i]);
                RunInPlace("mul_.Scalar", parameter, 1 - lambd * state.eta);
                RunInPlace("add_.Tensor", parameter, batch.Gradients[i], -state.eta);
                RunInPlace("add_.Tensor", state.ax, Run("sub.Tensor", parameter, state.ax), state.mu);
                state.eta = lr / Math.Pow(1 + lambd * lr * batch.Step, options.alpha!.Value);
                state.mu = 1 / Math.Max(1, batch.Step - options.t0!.Value);
            }
        }
    }

    public class Options : OptimizerOptions
    {
        public double? lambd;
        public double? alpha;
        public double? weight_decay;
        public double? t0;
        public bool? maximize;

        public Options()
        {
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref maximize);
            visitor.Field(ref lambd);
            visitor.Field(ref alpha);
            visitor.Field(ref weight_decay);
            visitor.Field(ref t0);
        }
    }

    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double lambd = 0.0001, double alpha = 0.75, double t0 = 1000000, double weight_decay = 0)
            : base(parameters, new Options { LearningRate = lr, lambd = lambd, alpha = alpha, t0 = t0, weight_decay = weight_decay })
        {
        }
    }

    public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
    {
        public long step;

        /// <summary>The length of the next step.</summary>
        public double eta;

        /// <summary>The weight of the next place in the average.</summary>
        public double mu;

        /// <summary>The average.</summary>
        public Tensor ax = null!;

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            eta = options.LearningRate ?? 0;
            mu = 1;
            Fill(ref ax);
        }

        public void Dispose() => Release();

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref step);
            visitor.Field(ref eta);
            visitor.Field(ref mu);
            visitor.Field(ref ax);
        }
    }
}
