using static TorchSharp.Engine.Op;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Steps as long as the recent ones were, over the recent size of the gradient.</summary>
public class Adadelta : OptimizerHelper
{
    public Adadelta(IEnumerable<Parameter> parameters, double lr, double rho = 0.9, double eps = 1E-06, double weight_decay = 0, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, rho, eps, weight_decay, maximize)
    {
    }

    public Adadelta(IEnumerable<ParamGroup> parameters, double lr = 1, double rho = 0.9, double eps = 1E-06, double weight_decay = 0, bool maximize = false)
    {
        Check.LearningRate(lr);
        Check.That(rho is >= 0 and <= 1, "Invalid rho value", rho);
        Check.Epsilon(eps);
        Check.WeightDecay(weight_decay);
        var options = new Options { LearningRate = lr, rho = rho, eps = eps, weight_decay = weight_decay, maximize = maximize };
        Start(options, parameters, parameter => new State(parameter));
    }

    public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup<Options>>(Update, closure);

    private void Update(ParamGroup<Options> group)
    {
        var options = group.Options;
        foreach (var batch in Batches<State>(group, static state => ++state.step))
        {
            batch.Prepare(options.weight_decay!.Value, options.maximize!.Value);
            var (squares, moves) = (batch.Of(state => state.square_avg), batch.Of(state => state.acc_delta));
            Lists.AverageSquares_(squares, batch.Gradients, options.rho!.Value);
            var deltas = RootsOver(moves, squares, options.eps!.Value);
            RunVoid("_foreach_mul_.List", deltas, batch.Gradients);
            Lists.AverageSquares_(moves, deltas, options.rho!.Value);
            Lists.Add_(batch.Parameters, deltas, -options.LearningRate!.Value);
        }
    }

    /// <summary>√(a + epsilon) / √(b + epsilon)</summary>
    private static List<Tensor> RootsOver(List<Tensor> a, List<Tensor> b, double epsilon)
    {
        List<Tensor> above = [.. RunList("_foreach_add.Scalar", a, epsilon)];
        List<Tensor> below = [.. RunList("_foreach_add.Scalar", b, epsilon)];
        Lists.Sqrt_(above);
        Lists.Sqrt_(below);
        RunVoid("_foreach_div_.List", above, below);
        return above;
    }

    public class Options : OptimizerOptions
    {
        public double? rho;
        public double? eps;
        public double? weight_decay;
        public bool? maximize;

        public Options()
        {
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref rho);
            visitor.Field(ref eps);
            visitor.Field(ref weight_decay);
            visitor.Field(ref maximize);
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

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1, double rho = 0.9, double eps = 1E-06, double weight_decay = 0, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, rho = rho, eps = eps, weight_decay = weight_decay, maximize = maximize })
        {
        }
    }

    public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
    {
        public long step;
        public Tensor square_avg = null!;
        public Tensor acc_delta = null!;

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            Fill(ref square_avg);
            Fill(ref acc_delta);
        }

        public void Dispose() => Release();

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref step);
            visitor.Field(ref square_avg);
            visitor.Field(ref acc_delta);
        }
    }
}
