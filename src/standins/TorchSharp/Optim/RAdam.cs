using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Adam that waits with dividing by the averaged square until enough gradients were averaged.</summary>
public class RAdam : OptimizerHelper, IBetas
{
    public RAdam(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay)
    {
    }

    public RAdam(IEnumerable<ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0)
    {
        Check.LearningRate(lr);
        Check.Epsilon(eps);
        Check.Betas(beta1, beta2);
        Check.WeightDecay(weight_decay);
        var options = new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay };
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
            var (beta1, beta2) = (options.beta1!.Value, options.beta2!.Value);
            batch.Prepare(options.weight_decay!.Value);
            var (averages, squares) = (batch.Of(state => state.exp_avg), batch.Of(state => state.exp_avg_sq));
            Lists.Average_(averages, batch.Gradients, beta1);
            Lists.AverageSquares_(squares, batch.Gradients, beta2);
            var rate = options.LearningRate!.Value / (1 - Math.Pow(beta1, batch.Step));
            var correction = 1 - Math.Pow(beta2, batch.Step);
            // The length of the average, at last and now: below 5 the variance of the quotient isn't bounded yet.
            var longest = 2 / (1 - beta2) - 1;
            var length = longest - 2 * batch.Step * Math.Pow(beta2, batch.Step) / correction;
            if (length <= 5)
            {
                Lists.Add_(batch.Parameters, averages, -rate);
                continue;
            }
            var rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            var denominators = Lists.SqrtPlus(squares, options.eps!.Value);
            Lists.AddQuotient_(batch.Parameters, averages, denominators, -rate * rectification * Math.Sqrt(correction));
        }
    }

    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? eps;
        public double? weight_decay;

        public Options()
        {
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref beta1);
            visitor.Field(ref beta2);
            visitor.Field(ref eps);
            visitor.Field(ref weight_decay);
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

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0)
            : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay })
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

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            Fill(ref exp_avg);
            Fill(ref exp_avg_sq);
        }

        public void Dispose() => Release();

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref step);
            visitor.Field(ref exp_avg);
            visitor.Field(ref exp_avg_sq);
        }
    }
}
