namespace TorchRef.Numerics;

/// <summary>What <see cref="Close"/> found.</summary>
public sealed record CloseResult
{
    /// <summary>Whether everything agrees.</summary>
    public required bool Agrees { get; init; }

    /// <summary>Empty where everything agrees; else the text that <c>torch.testing.assert_close</c> fails with.</summary>
    public string Message { get; init; } = "";

    /// <summary>Of a sequence or dictionary, the first item that doesn't agree, as <c>[1]['weight']</c>; empty for a single value.</summary>
    public string Item { get; init; } = "";

    /// <summary>How many elements of that item are too far apart; 0 where the values weren't compared because something else differs.</summary>
    public long Mismatched { get; init; }

    /// <summary>How many elements that item has.</summary>
    public long Elements { get; init; }

    /// <summary>The greatest absolute difference among the elements that are too far apart.</summary>
    public double GreatestAbsolute { get; init; }

    /// <summary>Where the greatest absolute difference is; empty for a scalar.</summary>
    public IReadOnlyList<long> GreatestAbsoluteIndex { get; init; } = [];

    /// <summary>The greatest relative difference among the elements that are too far apart.</summary>
    public double GreatestRelative { get; init; }

    /// <summary>Where the greatest relative difference is; empty for a scalar.</summary>
    public IReadOnlyList<long> GreatestRelativeIndex { get; init; } = [];

    /// <summary>The relative tolerance that was applied.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>The absolute tolerance that was applied.</summary>
    public double AbsoluteTolerance { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Agrees ? "close" : Message;
}
