using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Adam with Nesterov's momentum.</summary>
public class NAdam : OptimizerHelper, IBetas
{
    public NAdam(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, double momentum_decay = 0.004)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, momentum_decay)
    {
    }

    public NAdam(IEnumerable<ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, double momentum_decay = 0.004)
    {
        Check.LearningRate(lr);
        Check.Epsilon(eps);
        Check.Betas(beta1, beta2);
        Check.WeightDecay(weight_decay);
        Check.NotNegative(momentum_decay, "Invalid momentum_decay value");
        var options = new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, momentum_decay = momentum_decay };
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
            batch.Prepare(options.weight_decay!.Value);
            var (averages, squares) = (batch.Of(state => state.exp_avg), batch.Of(state => state.exp_avg_sq));
            Lists.Average_(averages, batch.Gradients, options.beta1!.Value);
            Lists.AverageSquares_(squares, batch.Gradients, options.beta2!.Value);
            var denominators = Lists.SqrtPlus(squares, options.eps!.Value, 1 - Math.Pow(options.beta2!.Value, batch.Step));
            var (now, next) = (Momentum(options, batch.Step), Momentum(options, batch.Step + 1));
            // States with as many steps have had the same momenta, so that one product holds for the batch.
            var product = batch.States[0].mu_product * now;
            foreach (var state in batch.States) state.mu_product = product;
            var lr = options.LearningRate!.Value;
            Lists.AddQuotient_(batch.Parameters, batch.Gradients, denominators, -lr * (1 - now) / (1 - product));
            Lists.AddQuotient_(batch.Parameters, averages, denominators, -lr * next / (1 - product * next));
        }
    }

    /// <summary>The momentum of a step, which grows from half of beta1 towards beta1.</summary>
    private static double Momentum(Options options, long step) =>
        options.beta1!.Value * (1 - 0.5 * Math.Pow(0.96, step * options.momentum_decay!.Value));

    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? eps;
        public double? weight_decay;
        public double? momentum_decay;

        public Options()
        {
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref beta1);
            visitor.Field(ref beta2);
            visitor.Field(ref eps);
            visitor.Field(ref weight_decay);
            visitor.Field(ref momentum_decay);
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

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, double momentum_decay = 0.004)
            : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, momentum_decay = momentum_decay })
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

        /// <summary>The product of the momenta of all steps so far.</summary>
        public double mu_product;
        public Tensor exp_avg = null!;
        public Tensor exp_avg_sq = null!;

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            mu_product = 1;
            Fill(ref exp_avg);
            Fill(ref exp_avg_sq);
        }

        public void Dispose() => Release();

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref step);
            visitor.Field(ref mu_product);
            visitor.Field(ref exp_avg);
            visitor.Field(ref exp_avg_sq);
        }
    }
}
