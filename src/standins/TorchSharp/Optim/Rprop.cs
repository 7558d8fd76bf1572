using static TorchSharp.Engine.Op;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Steps whose length grows while a gradient keeps its sign, and shrinks when it changes it.</summary>
public class Rprop : OptimizerHelper
{
    public Rprop(IEnumerable<Parameter> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1E-06, double max_step = 50, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, etaminus, etaplus, min_step, max_step, maximize)
    {
    }

    public Rprop(IEnumerable<ParamGroup> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1E-06, double max_step = 50, bool maximize = false)
    {
        Check.LearningRate(lr);
        if (!(etaminus > 0 && etaminus < 1 && etaplus > 1)) throw new ArgumentException(FormattableString.Invariant($"Invalid eta values: {etaminus}, {etaplus}"));
        var options = new Options { LearningRate = lr, etaminus = etaminus, etaplus = etaplus, min_step = min_step, max_step = max_step, maximize = maximize };
        Start(options, parameters, parameter => new State(parameter));
    }

    public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup<Options>>(Update, closure);

    private void Update(ParamGroup<Options> group)
    {
        var options = group.Options;
        foreach (var batch in Batches<State>(group, static state => ++state.step))
        {
            batch.Prepare(weightDecay: 0, options.maximize!.Value);
            for (var i = 0; i < batch.States.Count; i++) Move(batch.Parameters[i], batch.Gradients[i], batch.States[i], options);
        }
    }

    private static void Move(Tensor parameter, Tensor gradient, State state, Options options)
    {
        // A gradient that changed its sign counts as zero: the step back is left out, and the next one starts afresh.
        var agreement = RunInPlace("sign_", Run("mul.Tensor", gradient, state.prev));
        var turned = Run("lt.Scalar", agreement, 0);
        var kept = Run("masked_fill.Scalar", gradient, turned, 0);
        var factors = RunInPlace("masked_fill_.Scalar", Run("ones_like", agreement), Run("gt.Scalar", agreement, 0), options.etaplus!.Value);
        RunInPlace("masked_fill_.Scalar", factors, turned, options.etaminus!.Value);
        RunInPlace("mul_.Tensor", state.step_size, factors);
        RunInPlace("clamp_", state.step_size, options.min_step!.Value, options.max_step!.Value);
        RunInPlace("addcmul_", parameter, Run("sign", kept), state.step_size, -1);
        state.prev.copy_(kept);
    }

    public class Options : OptimizerOptions
    {
        public double? etaminus;
        public double? etaplus;
        public double? min_step;
        public double? max_step;
        public bool? maximize;

        public Options()
        {
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref maximize);
            visitor.Field(ref etaminus);
            visitor.Field(ref etaplus);
            visitor.Field(ref min_step);
            visitor.Field(ref max_step);
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

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1E-06, double max_step = 50, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, etaminus = etaminus, etaplus = etaplus, min_step = min_step, max_step = max_step, maximize = maximize })
        {
        }
    }

    public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
    {
        public long step;
        public Tensor prev = null!;
        public Tensor step_size = null!;

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            Fill(ref prev);
            Fill(ref step_size, options.LearningRate ?? 0);
        }

        public void Dispose() => Release();

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref step);
            visitor.Field(ref prev);
            visitor.Field(ref step_size);
        }
    }
}
