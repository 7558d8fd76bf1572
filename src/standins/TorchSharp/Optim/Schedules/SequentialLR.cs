namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>One schedule after another, changing at given epochs.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedules;
                    private readonly int[] _milestones;

                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch + 1)
                    {
                        _schedules = schedulers.ToArray();
                        _milestones = milestones.ToArray();
                        if (_schedules.Any(schedule => schedule.Optimizer != optimizer))
                            throw new ArgumentException("Sequential Schedulers expects all schedulers to belong to the same optimizer");
                        if (_milestones.Length != _schedules.Length - 1)
                            throw new ArgumentException($"Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone points, but got number of schedulers {_schedules.Length} and the number of milestones to be equal to {_milestones.Length}");
                        // Each schedule has set its first rate when it was made: start over, with the first one's alone.
                        foreach (var group in Groups) group.LearningRate = group.InitialLearningRate;
                        foreach (var schedule in _schedules) schedule.Epoch--;
                        _schedules[0].step();
                        LastRates = CurrentRates();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var at = _milestones.Count(milestone => milestone <= Epoch);
                        if (at > 0 && _milestones[at - 1] == Epoch) _schedules[at].step(0);
                        else _schedules[at].step();
                        return CurrentRates();
                    }
                }

                /// <summary>Several schedules at once, one on top of another.</summary>
                public class ChainedLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedules;

                    public ChainedLR(IEnumerable<LRScheduler> schedulers) => _schedules = schedulers.ToArray();

                    public override void step()
                    {
                        foreach (var schedule in _schedules) schedule.step();
                        LastRates = _schedules[^1].get_last_lr().ToArray();
                    }
                }
            }
        }
    }
}
