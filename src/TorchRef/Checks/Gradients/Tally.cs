namespace TorchRef.Checks.Gradients;

/// <summary>Counts judgements by input, and keeps the worst entries.</summary>
internal sealed class Tally(CheckedFunction function, GradCheckOptions options, int order)
{
    private readonly long[] _entries = new long[function.Inputs.Slots.Count];
    private readonly long[] _wrong = new long[function.Inputs.Slots.Count];
    private readonly long[] _excused = new long[function.Inputs.Slots.Count];
    private readonly long[] _kinks = new long[function.Inputs.Slots.Count];
    private readonly long[] _certified = new long[function.Inputs.Slots.Count];
    private readonly long[] _unseen = new long[function.Inputs.Slots.Count];
    private readonly double[] _worst = new double[function.Inputs.Slots.Count];
    private readonly double[] _largest = new double[function.Inputs.Slots.Count];
    private readonly PriorityQueue<GradCheckEntry, (int, double)> _kept = new();

    public long Wrong => _wrong.Sum();

    public long Kinks => _kinks.Sum();

    public long Unseen => _unseen.Sum();

    public long Entries => _entries.Sum();

    /// <summary>The inputs of which some entries are excused and none that isn't 0 is shown to be right: nothing is known of them.</summary>
    public IEnumerable<string> OnlyExcused => function.Inputs.Slots.Where((_, s) => _excused[s] > 0 && _certified[s] == 0).Select(slot => slot.Name);

    /// <summary>Whether every derivative met so far is 0.</summary>
    public bool AllZero => _largest.All(value => value == 0);

    public void Add(int row, int column, double analytic, Judgement judgement)
    {
        var s = function.Inputs.SlotOf(column);
        _entries[s]++;
        if (judgement.Verdict == Verdict.Fail) _wrong[s]++;
        if (judgement.Verdict == Verdict.Kink) _kinks[s]++;
        if (judgement.Verdict == Verdict.Inconclusive) _unseen[s]++;
        if (judgement.Excused) _excused[s]++;
        if (judgement is { Verdict: Verdict.Pass, Excused: false } && Math.Abs(judgement.Numeric) > judgement.Bar) _certified[s]++;
        _worst[s] = Math.Max(_worst[s], judgement.Ratio);
        if (Math.Abs(judgement.Numeric) > judgement.Bar) _largest[s] = Math.Max(_largest[s], Math.Abs(judgement.Numeric));
        // Wrong ones first, then kinks, then by how much of what was allowed they use up.
        var priority = Rank(judgement.Verdict, Math.Abs(analytic - judgement.Numeric), judgement.Ratio);
        if (_kept.Count >= Math.Max(1, options.WorstEntries) && _kept.TryPeek(out _, out var least) && least.CompareTo(priority) >= 0) return;
        _kept.Enqueue(Entry(row, column, analytic, judgement), priority);
        if (_kept.Count > Math.Max(1, options.WorstEntries)) _kept.Dequeue();
    }

    /// <summary>The worse the larger: wrong ones by their error, then kinks, then what can't be told, then right ones by how much of what was allowed they use up.</summary>
    public static (int, double) Rank(Verdict verdict, double error, double ratio) => verdict switch
    {
        Verdict.Fail => (3, double.IsNaN(error) ? double.PositiveInfinity : error),
        Verdict.Kink => (2, error),
        Verdict.Inconclusive => (1, error),
        _ => (0, ratio),
    };

    /// <summary>Counts a projection, which has no entry to keep.</summary>
    public void Projection(TensorSlot slot, Judgement judgement)
    {
        var s = function.Inputs.SlotOf(slot.Offset);
        _entries[s]++;
        if (judgement.Verdict == Verdict.Inconclusive) _unseen[s]++;
        _worst[s] = Math.Max(_worst[s], judgement.Ratio);
        if (Math.Abs(judgement.Numeric) > judgement.Bar) _largest[s] = Math.Max(_largest[s], Math.Abs(judgement.Numeric));
    }

    /// <summary>Adds what another one counted.</summary>
    public void Take(Tally other)
    {
        for (var s = 0; s < _entries.Length; s++)
        {
            (_entries[s], _wrong[s], _excused[s]) = (_entries[s] + other._entries[s], _wrong[s] + other._wrong[s], _excused[s] + other._excused[s]);
            (_kinks[s], _unseen[s], _certified[s]) = (_kinks[s] + other._kinks[s], _unseen[s] + other._unseen[s], _certified[s] + other._certified[s]);
            (_worst[s], _largest[s]) = (Math.Max(_worst[s], other._worst[s]), Math.Max(_largest[s], other._largest[s]));
        }
        foreach (var (entry, priority) in other._kept.UnorderedItems) _kept.Enqueue(entry, priority);
        while (_kept.Count > Math.Max(1, options.WorstEntries)) _kept.Dequeue();
    }

    /// <summary>The worst entries, worst first.</summary>
    public IReadOnlyList<GradCheckEntry> Worst()
    {
        var entries = _kept.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element);
        return [.. entries];
    }

    public IReadOnlyList<InputSummary> Summaries() =>
        [.. function.Inputs.Slots.Select((slot, s) => new InputSummary(
            slot.Name, slot.Shape,
            _wrong[s] > 0 ? Verdict.Fail : _unseen[s] > 0 ? Verdict.Inconclusive : _kinks[s] > 0 ? Verdict.Kink : Verdict.Pass,
            _entries[s], _wrong[s], _excused[s], _kinks[s], _unseen[s], _worst[s], _largest[s]))];

    private GradCheckEntry Entry(int row, int column, double analytic, Judgement judgement)
    {
        var o = function.Outputs.SlotOf(row);
        var (output, input) = (function.Outputs.Slots[o], function.Inputs.Slots[function.Inputs.SlotOf(column)]);
        return new GradCheckEntry(
            o, output.IndexOf(row - output.Offset), input.Name, input.IndexOf(column - input.Offset),
            analytic, judgement.Numeric, judgement.Bar, judgement.Allowed, judgement.Verdict)
        {
            OutputName = output.Name,
            OutputPart = output.PartOf(row - output.Offset),
            InputPart = input.PartOf(column - input.Offset),
            Order = order,
            LeftSlope = judgement.Kink?.Left,
            RightSlope = judgement.Kink?.Right,
            KinkDistance = judgement.Kink?.Distance,
        };
    }
}
