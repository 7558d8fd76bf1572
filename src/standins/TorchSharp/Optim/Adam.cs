using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Adam: steps of the averaged gradient over the root of its averaged square. Decay is added to the gradient.</summary>
public class Adam : OptimizerHelper, IBetas
{
    public Adam(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public Adam(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        Check.LearningRate(lr);
        Check.Epsilon(eps);
        Check.Betas(beta1, beta2);
        Check.WeightDecay(weight_decay);
        var options = new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize };
        Start(options, parameters, parameter => new State(parameter));
    }

    /// <summary>The averaging rates; set, they are those of all groups.</summary>
    public (double, double) Betas
    {
        get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
        set
        {
            foreach (var options in AllOptions<Options>()) (options.beta1, options.beta2) = value;
        }
    }

    public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup<Options>>(Update, closure);

    private void Update(ParamGroup<Options> group)
    {
        var options = group.Options;
        foreach (var batch in Batches<State>(group, static state => ++state.step))
        {
            batch.Prepare(options.weight_decay!.Value, options.maximize!.Value);
            AdamRule.Apply(
                batch, options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value, options.eps!.Value,
                batch.Of(state => state.exp_avg), batch.Of(state => state.exp_avg_sq),
                options.amsgrad!.Value ? batch.Of(state => state.Greatest()) : null);
        }
    }

    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? eps;
        public double? weight_decay;
        public bool? amsgrad;
        public bool? maximize;

        public Options()
        {
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref beta1);
            visitor.Field(ref beta2);
            visitor.Field(ref eps);
            visitor.Field(ref weight_decay);
            visitor.Field(ref amsgrad);
            visitor.Field(ref maximize);
        }
    }

    public class ParamGroup : ParamGroup<Options>, IBetas
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
        {
        }

        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }

    public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
    {
        public long step;
        public Tensor exp_avg = null!;
        public Tensor exp_avg_sq = null!;

        /// <summary>Null without amsgrad.</summary>
        public Tensor max_exp_avg_sq = null!;

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            Fill(ref exp_avg);
            Fill(ref exp_avg_sq);
            max_exp_avg_sq?.Dispose();
            max_exp_avg_sq = null!;
            if (options is Options { amsgrad: true }) Greatest();
        }

        public void Dispose() => Release();

        /// <summary>The greatest average of squares; made when amsgrad was switched on later.</summary>
        internal Tensor Greatest()
        {
            if (max_exp_avg_sq is null) Fill(ref max_exp_avg_sq);
            return max_exp_avg_sq!;
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref step);
            visitor.Field(ref exp_avg);
            visitor.Field(ref exp_avg_sq);
            visitor.Field(ref max_exp_avg_sq, optional: true);
        }
    }
}
