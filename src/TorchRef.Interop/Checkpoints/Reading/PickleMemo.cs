namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>Values that a pickle has put aside by number, to use again.</summary>
/// <remarks>Writers count from 0 on, so that a list has nearly all of them; a dictionary would take four times its memory.</remarks>
internal sealed class PickleMemo(MemoryBudget budget)
{
    private readonly List<object?> _counted = [];
    private readonly Dictionary<uint, object?> _others = [];

    public int Count => _counted.Count + _others.Count;

    public void Put(uint place, object? value)
    {
        if (place < _counted.Count) _counted[(int)place] = value;
        else if (place == _counted.Count)
        {
            budget.Spend(24);
            _counted.Add(value);
        }
        else
        {
            budget.Spend(100);
            _others[place] = value;
        }
    }

    public object? Get(uint place) =>
        place < _counted.Count ? _counted[(int)place]
        : _others.TryGetValue(place, out var value) ? value
        : throw Unpickler.Damaged("a value put aside before", $"place {place}, which is empty");
}
