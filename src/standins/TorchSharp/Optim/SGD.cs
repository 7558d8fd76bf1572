using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, plain, with momentum or with Nesterov's.</summary>
public class SGD : OptimizerHelper, IMomentum
{
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        Check.LearningRate(lr);
        Check.NotNegative(momentum, "Invalid momentum value");
        Check.WeightDecay(weight_decay);
        if (nesterov && (momentum <= 0 || dampening != 0)) throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
        var options = new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize };
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
        foreach (var batch in Batches<State>(group, static _ => 0))
        {
            batch.Prepare(options.weight_decay!.Value, options.maximize!.Value);
            var direction = options.momentum!.Value == 0 ? batch.Gradients
                : Accelerated(batch, options.momentum!.Value, options.dampening!.Value, options.nesterov!.Value);
            Lists.Add_(batch.Parameters, direction, -options.LearningRate!.Value);
        }
    }

    private static List<Tensor> Accelerated(Batch<State> batch, double momentum, double dampening, bool nesterov)
    {
        // A buffer starts as the whole first gradient: no dampening. One whose parameter has only now got a gradient too.
        var (moving, pulls) = (new List<Tensor>(), new List<Tensor>());
        foreach (var (state, gradient) in batch.States.Zip(batch.Gradients))
        {
            if (state.momentum_buffer is null)
            {
                state.momentum_buffer = gradient.clone().DetachFromDisposeScope();
                continue;
            }
            moving.Add(state.momentum_buffer);
            pulls.Add(gradient);
        }
        if (moving.Count > 0)
        {
            Lists.Multiply_(moving, momentum);
            Lists.Add_(moving, pulls, 1 - dampening);
        }
        var buffers = batch.Of(state => state.momentum_buffer);
        return nesterov ? Lists.Plus(batch.Gradients, buffers, momentum) : buffers;
    }

    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        public Options()
        {
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref momentum);
            visitor.Field(ref dampening);
            visitor.Field(ref weight_decay);
            visitor.Field(ref nesterov);
            visitor.Field(ref maximize);
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

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
        {
        }

        public double Momentum { get => Options.momentum!.Value; set => Options.momentum = value; }
    }

    public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
    {
        /// <summary>Null before the first step with momentum.</summary>
        public Tensor momentum_buffer = null!;

        public override void Initialize(OptimizerOptions options)
        {
            momentum_buffer?.Dispose();
            momentum_buffer = null!;
        }

        public void Dispose() => Release();

        private protected override void Visit(FieldVisitor visitor) => visitor.Field(ref momentum_buffer, optional: true);
    }
}
