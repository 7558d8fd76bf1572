using static TorchSharp.Engine.Op;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Steps over the root of the gradient's averaged square, centred and with momentum if wanted.</summary>
public class RMSProp : OptimizerHelper, IMomentum
{
    public RMSProp(IEnumerable<Parameter> parameters, double lr = 0.001, double alpha = 0.99, double eps = 1E-08, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 0.001, double alpha = 0.99, double eps = 1E-08, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
    {
        Check.LearningRate(lr);
        Check.NotNegative(alpha, "Invalid alpha value");
        Check.Epsilon(eps);
        Check.WeightDecay(weight_decay);
        Check.NotNegative(momentum, "Invalid momentum value");
        var options = new Options { LearningRate = lr, alpha = alpha, eps = eps, weight_decay = weight_decay, momentum = momentum, centered = centered, maximize = maximize };
        Start(options, parameters, parameter => new State(parameter));
    }

    /// <summary>The momentum; set, it is that of all groups.</summary>
    public double Momentum
    {
        get => ((Options)_defaults).momentum!.Value;
        set
        {
            foreach (var options in AllOptions<Options>()) options.momentum = value;
        }
    }

    public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup<Options>>(Update, closure);

    private void Update(ParamGroup<Options> group)
    {
        var options = group.Options;
        foreach (var batch in Batches<State>(group, static state => ++state.step))
        {
            batch.Prepare(options.weight_decay!.Value, options.maximize!.Value);
            var squares = batch.Of(state => state.square_avg);
            Lists.AverageSquares_(squares, batch.Gradients, options.alpha!.Value);
            if (options.centered!.Value) squares = Variances(squares, batch.Of(state => state.Centre()), batch.Gradients, options.alpha!.Value);
            var denominators = Lists.SqrtPlus(squares, options.eps!.Value);
            var lr = options.LearningRate!.Value;
            if (options.momentum!.Value > 0)
            {
                var moving = batch.Of(state => state.Moving());
                Lists.Multiply_(moving, options.momentum!.Value);
                Lists.AddQuotient_(moving, batch.Gradients, denominators);
                Lists.Add_(batch.Parameters, moving, -lr);
            }
            else
            {
                Lists.AddQuotient_(batch.Parameters, batch.Gradients, denominators, -lr);
            }
        }
    }

    /// <summary>The averaged squares less the square of the average.</summary>
    private static List<Tensor> Variances(List<Tensor> squares, List<Tensor> averages, List<Tensor> gradients, double rate)
    {
        Lists.Average_(averages, gradients, rate);
        return [.. RunList("_foreach_addcmul.Scalar", squares, averages, averages, -1.0)];
    }

    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? alpha;
        public double? eps;
        public double? weight_decay;
        public bool? centered;
        public bool? maximize;

        public Options()
        {
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref maximize);
            visitor.Field(ref momentum);
            visitor.Field(ref alpha);
            visitor.Field(ref eps);
            visitor.Field(ref weight_decay);
            visitor.Field(ref centered);
        }
    }

    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double eps = 1E-08, double alpha = 0.99, double weight_decay = 0, double momentum = 0, bool centered = false)
            : base(parameters, new Options { LearningRate = lr, eps = eps, alpha = alpha, weight_decay = weight_decay, momentum = momentum, centered = centered })
        {
        }

        public double Momentum { get => Options.momentum!.Value; set => Options.momentum = value; }
    }

    public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
    {
        public long step;
        public Tensor square_avg = null!;

        /// <summary>Null without momentum.</summary>
        public Tensor momentum_buffer = null!;

        /// <summary>Null unless centred.</summary>
        public Tensor grad_avg = null!;

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            Fill(ref square_avg);
            momentum_buffer?.Dispose();
            momentum_buffer = null!;
            grad_avg?.Dispose();
            grad_avg = null!;
            if (options is Options { momentum: > 0 }) Moving();
            if (options is Options { centered: true }) Centre();
        }

        public void Dispose() => Release();

        internal Tensor Moving()
        {
            if (momentum_buffer is null) Fill(ref momentum_buffer);
            return momentum_buffer!;
        }

        internal Tensor Centre()
        {
            if (grad_avg is null) Fill(ref grad_avg);
            return grad_avg!;
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref step);
            visitor.Field(ref square_avg);
            visitor.Field(ref momentum_buffer, optional: true);
            visitor.Field(ref grad_avg, optional: true);
        }
    }
}
