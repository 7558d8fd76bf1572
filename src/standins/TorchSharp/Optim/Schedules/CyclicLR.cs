namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Up and down between two rates, in straight lines; the momentum goes the other way.</summary>
                public class CyclicLR : LRScheduler
                {
                    private double _total, _risingPart;
                    private double[] _greatest = [], _leastMomenta = [], _greatestMomenta = [];
                    private Func<double, double> _scale = _ => 1;
                    private ScaleMode _scaleMode;
                    private bool _movesMomentum;

                    public CyclicLR(
                        Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1,
                        Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8, double max_momentum = 0.9,
                        int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        Start(All(base_lr), All(max_lr), step_size_up, step_size_down, cycle_momentum, All(base_momentum), All(max_momentum));
                        Scale(mode, gamma, scale_fn, scale_mode);
                    }

                    public CyclicLR(
                        Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1,
                        Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null,
                        int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        Start(base_lr, max_lr, step_size_up, step_size_down, cycle_momentum, base_momentum ?? All(0.8), max_momentum ?? All(0.9));
                        Scale(mode, gamma, scale_fn, scale_mode);
                    }

                    /// <summary>How the height changes: not, halved each cycle, or by a power of gamma.</summary>
                    public enum Mode
                    {
                        Triangular,
                        Triangular2,
                        ExpRange,
                    }

                    /// <summary>What the scaling function is given: the cycle's number or the step's.</summary>
                    public enum ScaleMode
                    {
                        Cycle,
                        Iterations,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var cycle = Math.Floor(1 + Epoch / _total);
                        var x = 1 + Epoch / _total - cycle;
                        var height = x <= _risingPart ? x / _risingPart : (x - 1) / (_risingPart - 1);
                        height *= _scale(_scaleMode == ScaleMode.Cycle ? cycle : Epoch);
                        for (var i = 0; _movesMomentum && i < Groups.Count; i++)
                            SetMomentum(i, _greatestMomenta[i] - (_greatestMomenta[i] - _leastMomenta[i]) * height);
                        return BaseRates.Zip(_greatest, (least, greatest) => least + (greatest - least) * height);
                    }

                    private void Start(
                        IEnumerable<double> least, IEnumerable<double> greatest, int up, int down, bool movesMomentum, IEnumerable<double> leastMomenta, IEnumerable<double> greatestMomenta)
                    {
                        if (movesMomentum && Optimizer is not IMomentum)
                            throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                        _total = up + (down == -1 ? up : down);
                        _risingPart = up / _total;
                        BaseRates = ForEachGroup(least, "base_lr");
                        _greatest = ForEachGroup(greatest, "max_lr");
                        _movesMomentum = movesMomentum;
                        if (!movesMomentum) return;
                        _leastMomenta = ForEachGroup(leastMomenta, "base_momentum");
                        _greatestMomenta = ForEachGroup(greatestMomenta, "max_momentum");
                    }

                    private void Scale(Mode mode, double gamma, Func<double, double>? scale, ScaleMode scaleMode)
                    {
                        (_scale, _scaleMode) = (scale, mode) switch
                        {
                            ({ } own, _) => (own, scaleMode),
                            (_, Mode.Triangular2) => (cycle => 1 / Math.Pow(2, cycle - 1), ScaleMode.Cycle),
                            (_, Mode.ExpRange) => (step => Math.Pow(gamma, step), ScaleMode.Iterations),
                            _ => (_ => 1.0, ScaleMode.Cycle),
                        };
                        step();
                    }

                    private IEnumerable<double> All(double value) => Groups.Select(_ => value);

                    private void SetMomentum(int group, double value)
                    {
                        if (Groups[group] is IMomentum controlled) controlled.Momentum = value;
                    }
                }
            }
        }
    }
}
