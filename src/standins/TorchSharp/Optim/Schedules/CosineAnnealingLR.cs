namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Down half a cosine in T_max epochs, and up again in as many.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _half, _least;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _half = T_max;
                        _least = eta_min;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch == 0) return CurrentRates();
                        // At the bottom the rate there is says nothing of the top: the quotient would be 0/0.
                        if ((Epoch - 1 - _half) % (2 * _half) == 0)
                            return CurrentRates().Zip(BaseRates, (rate, top) => rate + (top - _least) * (1 - Math.Cos(Math.PI / _half)) / 2);
                        var factor = Height(Epoch) / Height(Epoch - 1);
                        return CurrentRates().Select(rate => factor * (rate - _least) + _least);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() => BaseRates.Select(top => _least + (top - _least) * Height(Epoch) / 2);

                    private double Height(int epoch) => 1 + Math.Cos(Math.PI * epoch / _half);
                }
            }
        }
    }
}
