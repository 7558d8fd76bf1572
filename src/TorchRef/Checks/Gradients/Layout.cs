namespace TorchRef.Checks.Gradients;

/// <summary>Several tensors laid end to end in one vector.</summary>
internal sealed class Layout
{
    public Layout(IReadOnlyList<TensorSlot> slots)
    {
        Slots = slots;
        Total = slots.Count == 0 ? 0 : slots[^1].End;
        _slotOf = new int[Total];
        for (var s = 0; s < slots.Count; s++) Array.Fill(_slotOf, s, slots[s].Offset, slots[s].Count);
    }

    private readonly int[] _slotOf;

    public IReadOnlyList<TensorSlot> Slots { get; }

    public int Total { get; }

    public int SlotOf(int flat) => _slotOf[flat];

    public bool SameAs(Layout other) =>
        Slots.Count == other.Slots.Count && Slots.Zip(other.Slots).All(pair =>
            pair.First.IsComplex == pair.Second.IsComplex && pair.First.Shape.AsSpan().SequenceEqual(pair.Second.Shape));
}
