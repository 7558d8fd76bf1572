namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>A part of the rate for some epochs, then all of it.</summary>
                public class ConstantLR : LRScheduler
                {
                    private readonly double _factor;
                    private readonly int _total;

                    public ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factor = factor;
                        _total = total_iters;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(Epoch == 0 ? _factor : Epoch == _total ? 1 / _factor : 1);

                    protected override IEnumerable<double> get_closed_form_lr() => ScaledBase(Epoch >= _total ? 1 : _factor);
                }

                /// <summary>From one part of the rate to another in a straight line.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double _start, _end;
                    private readonly int _total;

                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _start = start_factor;
                        _end = end_factor;
                        _total = total_iters;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(
                        Epoch == 0 ? _start
                        : Epoch > _total ? 1
                        : 1 + (_end - _start) / (_total * _start + (Epoch - 1) * (_end - _start)));

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        ScaledBase(_start + (_end - _start) * Math.Min(_total, Epoch) / _total);
                }

                /// <summary>To zero along a power.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly double _total, _power;

                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _total = total_iters;
                        _power = power;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(
                        Epoch == 0 || Epoch > _total ? 1 : Math.Pow((1 - Epoch / _total) / (1 - (Epoch - 1) / _total), _power));

                    protected override IEnumerable<double> get_closed_form_lr() => ScaledBase(Math.Pow(1 - Math.Min(_total, Epoch) / _total, _power));
                }
            }
        }
    }
}
