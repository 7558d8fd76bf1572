namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Times a factor when a metric hasn't become better for some epochs.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool _lower, _relative, _tells;
                    private readonly double _factor, _threshold, _eps;
                    private readonly int _patience, _cooldown;
                    private readonly double[] _least;
                    private double _best;
                    private int _bad, _cooling;

                    public ReduceLROnPlateau(
                        Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 0.0001, string threshold_mode = "rel",
                        int cooldown = 0, IList<double>? min_lr = null, double eps = 1E-08, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (!(factor < 1)) throw new ArgumentException("Factor should be < 1.0.");
                        if (mode is not ("min" or "max")) throw new ArgumentException($"mode {mode} is unknown!");
                        if (threshold_mode is not ("rel" or "abs")) throw new ArgumentException($"threshold mode {threshold_mode} is unknown!");
                        (_lower, _relative, _tells) = (mode == "min", threshold_mode == "rel", verbose);
                        (_factor, _threshold, _eps) = (factor, threshold, eps);
                        (_patience, _cooldown) = (patience, cooldown);
                        _least = min_lr switch
                        {
                            null or { Count: 0 } => new double[Groups.Count],
                            { Count: 1 } => Groups.Select(_ => min_lr[0]).ToArray(),
                            _ => ForEachGroup(min_lr, "min_lr"),
                        };
                        _best = _lower ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    public override void step() => throw NeedsMetric();

                    public override void step(int? epoch) => throw NeedsMetric();

                    public override void step(double current, int? epoch = null)
                    {
                        Epoch = epoch ?? Epoch + 1;
                        if (IsBetter(current)) (_best, _bad) = (current, 0);
                        else _bad++;
                        if (_cooling > 0) (_cooling, _bad) = (_cooling - 1, 0);
                        if (_bad > _patience)
                        {
                            Reduce();
                            (_cooling, _bad) = (_cooldown, 0);
                        }
                        LastRates = CurrentRates();
                    }

                    private static InvalidOperationException NeedsMetric() =>
                        new("ReduceLROnPlateau must be told the metric: expected step(metric) but got a step without one");

                    private bool IsBetter(double metric)
                    {
                        var change = _relative ? _best * _threshold : _threshold;
                        // Without the case of infinity the relative change would make it not a number.
                        if (double.IsInfinity(_best)) return _lower ? metric < _best : metric > _best;
                        return _lower ? metric < _best - change : metric > _best + change;
                    }

                    private void Reduce()
                    {
                        for (var i = 0; i < Groups.Count; i++)
                        {
                            var before = Groups[i].LearningRate;
                            var rate = Math.Max(before * _factor, _least[i]);
                            if (before - rate <= _eps) continue;
                            Groups[i].LearningRate = rate;
                            if (_tells) Console.WriteLine(FormattableString.Invariant($"Epoch {Epoch}: reducing learning rate of group {i} to {rate:e4}."));
                        }
                    }
                }
            }
        }
    }
}
