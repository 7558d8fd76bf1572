namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Up to a rate and down to almost none, once; the momentum, or beta1, goes the other way.</summary>
                public class OneCycleLR : LRScheduler
                {
                    private double[] _initial = [], _greatest = [], _least = [], _leastMomenta = [], _greatestMomenta = [];
                    private Phase[] _phases = [];
                    private AnnealStrategy _strategy;
                    private bool _movesMomentum;
                    private int _total;

                    public OneCycleLR(
                        Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95,
                        double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        Momenta(cycle_momentum, All(base_momentum), All(max_momentum));
                        Start(All(max_lr), Total(total_steps, epochs, steps_per_epoch), pct_start, anneal_strategy, div_factor, final_div_factor, three_phase);
                    }

                    public OneCycleLR(
                        Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null,
                        double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        Momenta(cycle_momentum, base_momentum ?? All(0.85), max_momentum ?? All(0.95));
                        Start(max_lr, Total(total_steps, epochs, steps_per_epoch), pct_start, anneal_strategy, div_factor, final_div_factor, three_phase);
                    }

                    /// <summary>Along half a cosine or a straight line.</summary>
                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch > _total)
                            throw new InvalidOperationException($"Tried to step {Epoch + 1} times. The specified number of total steps is {_total}");
                        var at = 0;
                        while (at < _phases.Length - 1 && Epoch > _phases[at].End) at++;
                        var phase = _phases[at];
                        var start = at == 0 ? 0 : _phases[at - 1].End;
                        var part = (Epoch - start) / (phase.End - start);
                        for (var i = 0; _movesMomentum && i < Groups.Count; i++)
                            SetMomentum(Groups[i], Between(phase.MomentumFrom[i], phase.MomentumTo[i], part));
                        return phase.From.Zip(phase.To, (from, to) => Between(from, to, part));
                    }

                    private static int Total(int steps, int epochs, int stepsPerEpoch)
                    {
                        if (steps == -1 && epochs == -1 && stepsPerEpoch == -1)
                            throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
                        return steps != -1 ? Positive(steps, "total_steps") : Positive(epochs, "epochs") * Positive(stepsPerEpoch, "steps_per_epoch");
                    }

                    private static int Positive(int value, string name) =>
                        value > 0 ? value : throw new ArgumentException($"Expected positive integer {name}, but got {value}");

                    private void Momenta(bool moves, IEnumerable<double> least, IEnumerable<double> greatest)
                    {
                        if (moves && Optimizer is not (IMomentum or IBetas))
                            throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                        _movesMomentum = moves;
                        _leastMomenta = moves ? ForEachGroup(least, "base_momentum") : [];
                        _greatestMomenta = moves ? ForEachGroup(greatest, "max_momentum") : [];
                    }

                    private void Start(IEnumerable<double> greatest, int total, double rising, AnnealStrategy strategy, double divisor, double lastDivisor, bool threePhases)
                    {
                        if (!(rising >= 0 && rising <= 1))
                            throw new ArgumentException(FormattableString.Invariant($"Expected float between 0 and 1 for pct_start, but got {rising}"));
                        _total = total;
                        _strategy = strategy;
                        _greatest = ForEachGroup(greatest, "max_lr");
                        _initial = Array.ConvertAll(_greatest, rate => rate / divisor);
                        _least = Array.ConvertAll(_initial, rate => rate / lastDivisor);
                        var up = new Phase(rising * total - 1, _initial, _greatest, _greatestMomenta, _leastMomenta);
                        _phases = threePhases
                            ?
                            [
                                up,
                                new Phase(2 * rising * total - 2, _greatest, _initial, _leastMomenta, _greatestMomenta),
                                new Phase(total - 1, _initial, _least, _greatestMomenta, _greatestMomenta),
                            ]
                            : [up, new Phase(total - 1, _greatest, _least, _leastMomenta, _greatestMomenta)];
                        step();
                    }

                    private double Between(double from, double to, double part) => _strategy == AnnealStrategy.Cos
                        ? to + (from - to) / 2 * (Math.Cos(Math.PI * part) + 1)
                        : (to - from) * part + from;

                    private IEnumerable<double> All(double value) => Groups.Select(_ => value);

                    private static void SetMomentum(ILearningRateController group, double value)
                    {
                        if (group is IBetas betas) betas.Betas = (value, betas.Betas.Item2);
                        else if (group is IMomentum controlled) controlled.Momentum = value;
                    }

                    /// <summary>A stretch up to a step: the rates and momenta at its ends.</summary>
                    private sealed record Phase(double End, double[] From, double[] To, double[] MomentumFrom, double[] MomentumTo);
                }
            }
        }
    }
}
