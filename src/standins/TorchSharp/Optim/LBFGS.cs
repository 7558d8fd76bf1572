using static TorchSharp.Engine.Op;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// L-BFGS without a line search: the curvature is estimated from the last steps. A step evaluates the closure several
/// times, on all parameters as one vector.
/// </summary>
public class LBFGS : Optimizer, ILearningRateController
{
    /// <summary>Below this a change of the gradient says too little of the curvature.</summary>
    private const double LeastCurvature = 1e-10;

    private readonly ParamGroup _group;
    private readonly long _mostIterations, _mostEvaluations, _historySize;
    private readonly double _toleranceGradient, _toleranceChange;
    private readonly List<Past> _history = [];
    private Tensor? _direction, _lastGradient;
    private double _lastLength, _scale = 1;

    internal LBFGS(IEnumerable<Parameter> parameters, double lr, long max_iter, long? max_eval, double tolerance_grad, double tolerance_change, long history_size)
        : base(IntPtr.Zero)
    {
        Check.LearningRate(lr);
        _group = new ParamGroup { Parameters = parameters.ToList(), Options = new OptimizerOptions { LearningRate = lr, InitialLearningRate = lr } };
        if (!_group.Parameters.Any()) throw new ArgumentException("optimizer got an empty parameter list");
        _parameter_groups.Add(_group);
        _mostIterations = max_iter;
        _mostEvaluations = max_eval ?? max_iter * 5 / 4;
        _toleranceGradient = tolerance_grad;
        _toleranceChange = tolerance_change;
        _historySize = history_size;
    }

    public double LearningRate { get => _group.LearningRate; set => _group.LearningRate = value; }

    public double InitialLearningRate { get => _group.InitialLearningRate; set => _group.InitialLearningRate = value; }

    public override IEnumerable<ILearningRateController> ParamGroups => base.ParamGroups;

    public override Tensor step(Func<Tensor>? closure)
    {
        ArgumentNullException.ThrowIfNull(closure);
        var first = Evaluate(closure);
        using var nothingRecorded = no_grad();
        using var scope = NewDisposeScope();
        Descend(closure, first.ToScalar().ToDouble());
        return first;
    }

    private protected override void Release()
    {
        _direction?.Dispose();
        _lastGradient?.Dispose();
        foreach (var past in _history) past.Dispose();
        _history.Clear();
    }

    private static Tensor Evaluate(Func<Tensor> closure)
    {
        using var recorded = enable_grad();
        return closure();
    }

    private void Descend(Func<Tensor> closure, double loss)
    {
        var gradient = Gradient();
        for (int iteration = 1, evaluations = 1; iteration <= _mostIterations && Largest(gradient) > _toleranceGradient; iteration++, evaluations++)
        {
            var length = LearningRate;
            if (_direction is null) length *= Math.Min(1, 1 / Number(Run("sum", Run("abs", gradient))));
            var direction = _lastGradient is null || _direction is null ? Run("neg", gradient) : Turned(gradient, _direction, _lastGradient);
            Keep(ref _direction, direction);
            Keep(ref _lastGradient, Run("clone", gradient));
            _lastLength = length;
            if (Dot(gradient, direction) > -_toleranceChange) return;
            Move(direction, length);
            // The closure isn't evaluated where the result would go to nobody.
            if (iteration == _mostIterations) return;
            var before = loss;
            using (var again = Evaluate(closure)) loss = again.ToScalar().ToDouble();
            gradient = Gradient();
            if (evaluations + 1 >= _mostEvaluations || Largest(direction) * length <= _toleranceChange || Math.Abs(loss - before) < _toleranceChange) return;
        }
    }

    /// <summary>The gradient times the estimated inverse of the curvature, by the two loops over the history.</summary>
    private Tensor Turned(Tensor gradient, Tensor lastDirection, Tensor lastGradient)
    {
        Remember(Run("sub.Tensor", gradient, lastGradient), Run("mul.Scalar", lastDirection, _lastLength));
        var direction = Run("neg", gradient);
        var shares = new double[_history.Count];
        for (var i = shares.Length - 1; i >= 0; i--)
        {
            shares[i] = Dot(_history[i].Step, direction) / _history[i].Curvature;
            RunInPlace("add_.Tensor", direction, _history[i].Change, -shares[i]);
        }
        RunInPlace("mul_.Scalar", direction, _scale);
        for (var i = 0; i < shares.Length; i++)
            RunInPlace("add_.Tensor", direction, _history[i].Step, shares[i] - Dot(_history[i].Change, direction) / _history[i].Curvature);
        return direction;
    }

    private void Remember(Tensor change, Tensor step)
    {
        var curvature = Dot(change, step);
        if (curvature <= LeastCurvature) return;
        if (_history.Count == _historySize)
        {
            _history[0].Dispose();
            _history.RemoveAt(0);
        }
        _history.Add(new Past(change.DetachFromDisposeScope(), step.DetachFromDisposeScope(), curvature));
        _scale = curvature / Dot(change, change);
    }

    private void Move(Tensor direction, double length)
    {
        var at = 0L;
        foreach (var parameter in _group.Parameters)
        {
            var count = parameter.NumberOfElements;
            var part = Run("view_as", Run("slice.Tensor", direction, 0, at, at + count), parameter);
            RunInPlace("add_.Tensor", parameter, part, length);
            at += count;
        }
    }

    /// <summary>All gradients as one vector, zeros where there is none.</summary>
    private Tensor Gradient() =>
        Run("cat", _group.Parameters.Select(parameter => Run("reshape", parameter.grad ?? Run("zeros_like", parameter), new long[] { -1 })).ToArray());

    private static void Keep(ref Tensor? field, Tensor value)
    {
        field?.Dispose();
        field = value.DetachFromDisposeScope();
    }

    private static double Dot(Tensor a, Tensor b) => Number(Run("dot", a, b));

    private static double Largest(Tensor vector) => Number(Run("max", Run("abs", vector)));

    private static double Number(Tensor scalar) => scalar.ToScalar().ToDouble();

    /// <summary>A step of the past and how the gradient changed with it.</summary>
    private sealed record Past(Tensor Change, Tensor Step, double Curvature) : IDisposable
    {
        public void Dispose()
        {
            Change.Dispose();
            Step.Dispose();
        }
    }
}
