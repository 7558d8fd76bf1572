using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Steps that shrink with the sum of the squares of all gradients so far.</summary>
public class Adagrad : OptimizerHelper
{
    public Adagrad(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1E-10)
        : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
    {
    }

    public Adagrad(IEnumerable<ParamGroup> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1E-10)
    {
        Check.LearningRate(lr);
        Check.NotNegative(lr_decay, "Invalid lr_decay value");
        Check.WeightDecay(weight_decay);
        Check.NotNegative(initial_accumulator_value, "Invalid initial_accumulator_value value");
        Check.Epsilon(eps);
        var options = new Options { LearningRate = lr, lr_decay = lr_decay, weight_decay = weight_decay, initial_accumulator_value = initial_accumulator_value, eps = eps };
        Start(options, parameters, parameter => new State(parameter));
    }

    public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup<Options>>(Update, closure);

    private void Update(ParamGroup<Options> group)
    {
        var options = group.Options;
        foreach (var batch in Batches<State>(group, static state => ++state.step))
        {
            batch.Prepare(options.weight_decay!.Value);
            var sums = batch.Of(state => state.sum);
            Lists.AddProduct_(sums, batch.Gradients, batch.Gradients);
            var rate = options.LearningRate!.Value / (1 + (batch.Step - 1) * options.lr_decay!.Value);
            Lists.AddQuotient_(batch.Parameters, batch.Gradients, Lists.SqrtPlus(sums, options.eps!.Value), -rate);
        }
    }

    public class Options : OptimizerOptions
    {
        public double? lr_decay;
        public double? initial_accumulator_value;
        public double? eps;
        public double? weight_decay;

        public Options()
        {
        }

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref lr_decay);
            visitor.Field(ref initial_accumulator_value);
            visitor.Field(ref eps);
            visitor.Field(ref weight_decay);
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

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1E-10)
            : base(parameters, new Options { LearningRate = lr, lr_decay = lr_decay, weight_decay = weight_decay, initial_accumulator_value = initial_accumulator_value, eps = eps })
        {
        }
    }

    public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
    {
        public long step;
        public Tensor sum = null!;

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            Fill(ref sum, (options as Options)?.initial_accumulator_value ?? 0);
        }

        public void Dispose() => Release();

        private protected override void Visit(FieldVisitor visitor)
        {
            visitor.Field(ref step);
            visitor.Field(ref sum);
        }
    }
}
