namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Sets the learning rates of an optimiser's groups, epoch by epoch. Most schedules change what the rate is now,
            /// so that several can be at work; a step to a given epoch sets it from the start again, where a formula is known.
            /// </summary>
            public abstract class LRScheduler
            {
                protected int _step_count;
                private readonly bool _verbose;

                protected LRScheduler()
                {
                }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    Optimizer = optimizer ?? throw new ArgumentNullException(nameof(optimizer));
                    Epoch = last_epoch;
                    _verbose = verbose;
                    Groups = optimizer.ParamGroups.ToList();
                    BaseRates = Groups.Select(group => group.InitialLearningRate).ToArray();
                    LastRates = CurrentRates();
                }

                internal Optimizer? Optimizer { get; }

                internal int Epoch { get; set; }

                private protected IReadOnlyList<ILearningRateController> Groups { get; } = [];

                /// <summary>The rates that the schedule starts from.</summary>
                private protected double[] BaseRates { get; set; } = [];

                private protected double[] LastRates { get; set; } = [];

                /// <summary>Goes on to the next epoch.</summary>
                public virtual void step() => step(null);

                /// <summary>Goes to an epoch, or on to the next.</summary>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    Epoch = epoch ?? Epoch + 1;
                    // Once, and to the end before anything is set: a rate may follow from the one there is.
                    var rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToArray();
                    for (var i = 0; i < Groups.Count; i++)
                    {
                        Groups[i].LearningRate = rates[i];
                        if (_verbose && LastRates[i] != rates[i]) Console.WriteLine(FormattableString.Invariant($"Adjusting learning rate of group {i} to {rates[i]:e4}."));
                    }
                    LastRates = rates;
                }

                /// <summary>Goes on, told of a metric, which most schedules don't heed.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                public IEnumerable<double> get_last_lr() => LastRates;

                protected virtual IEnumerable<double> get_lr() => CurrentRates();

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private protected double[] CurrentRates() => Groups.Select(group => group.LearningRate).ToArray();

                private protected double[] Scaled(double factor) => Groups.Select(group => group.LearningRate * factor).ToArray();

                private protected double[] ScaledBase(double factor) => Array.ConvertAll(BaseRates, rate => rate * factor);

                /// <summary>A value for each group, of one for all or of as many as there are groups.</summary>
                private protected double[] ForEachGroup(IEnumerable<double> values, string name)
                {
                    var given = values.ToArray();
                    return given.Length == Groups.Count ? given
                        : throw new ArgumentException($"{name} must have a value for each group: expected {Groups.Count} but got {given.Length}");
                }
            }
        }
    }
}
