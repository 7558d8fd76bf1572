using static TorchSharp.Engine.Op;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Adam with the greatest recent gradient in the place of the averaged square.</summary>
public class Adamax : OptimizerHelper, IBetas
{
    public Adamax(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay)
    {
    }

    public Adamax(IEnumerable<ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0)
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
            batch.Prepare(options.weight_decay!.Value);
            var (averages, greatest) = (batch.Of(state => state.exp_avg), batch.Of(state => state.exp_inf));
            Lists.Average_(averages, batch.Gradients, options.beta1!.Value);
            List<Tensor> sizes = [.. RunList("_foreach_abs", batch.Gradients)];
            Lists.Add_(sizes, options.eps!.Value);
            Lists.Multiply_(greatest, options.beta2!.Value);
            for (var i = 0; i < sizes.Count; i++) RunVoid("maximum.out", greatest[i], sizes[i], greatest[i]);
            var correction = 1 - Math.Pow(options.beta1!.Value, batch.Step);
            Lists.AddQuotient_(batch.Parameters, averages, greatest, -options.LearningRate!.Value / correction);
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
        public Tensor exp_inf = null!;

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            Fill(ref exp_avg);
            Fill(ref exp_inf);
        }

        public void Dispose() => Release();

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref step);
            visitor.Field(ref exp_avg);
            visitor.Field(ref exp_inf);
        }
    }
}
