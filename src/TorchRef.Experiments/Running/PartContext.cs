using System.Diagnostics;

namespace TorchRef.Experiments.Running;

/// <summary>What a part of an experiment works with: where its numbers go, when to stop, and what it may remember.</summary>
public sealed class PartContext
{
    /// <summary>Saving takes one part in so many of the time at most.</summary>
    private const int SavesAtMost = 20;

    private readonly Action<double, string?> _report;
    private readonly Action<byte[]> _save;
    private readonly TimeSpan _saveEvery;
    private long _lastSave = Stopwatch.GetTimestamp();
    private TimeSpan _pause;

    internal PartContext(Records records, byte[]? checkpoint, Action<double, string?> report, Action<byte[]> save, TimeSpan saveEvery, CancellationToken stop)
    {
        (Records, Checkpoint, Stop) = (records, checkpoint, stop);
        (_report, _save, _saveEvery, _pause) = (report, save, saveEvery, saveEvery);
    }

    /// <summary>Where the numbers go. When the part goes on from a checkpoint, those that it had written by then are there.</summary>
    public Records Records { get; }

    /// <summary>What an interrupted run of this part gave to <see cref="Save"/> last; null at a fresh start.</summary>
    public byte[]? Checkpoint { get; }

    /// <summary>Asks the part to stop.</summary>
    public CancellationToken Stop { get; }

    /// <summary>
    /// Whether enough time has gone by to be worth a <see cref="Save"/>, and to make up for what the last one took: many networks
    /// are many bytes. When a part saves must not change its numbers.
    /// </summary>
    public bool IsTimeToSave => Stopwatch.GetElapsedTime(_lastSave) >= _pause;

    /// <summary>Tells how far the part has come; a good place to stop, so call it often.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="doing">What it is at, such as <c>epoch 12 of 20</c>; null, the default, to say nothing new.</param>
    /// <exception cref="OperationCanceledException">The part is to stop.</exception>
    public void Report(double share, string? doing = null)
    {
        _report(Math.Clamp(share, 0, 1), doing);
        Stop.ThrowIfCancellationRequested();
    }

    /// <summary>Keeps the records and whatever the part needs to go on from here after a kill.</summary>
    /// <param name="checkpoint">Such as weights, velocities and the state of the generators; not changed afterwards.</param>
    public void Save(byte[] checkpoint)
    {
        long began = Stopwatch.GetTimestamp();
        _save(checkpoint);
        _lastSave = Stopwatch.GetTimestamp();
        TimeSpan took = Stopwatch.GetElapsedTime(began, _lastSave);
        // Asked to save always, it saves always.
        _pause = _saveEvery == TimeSpan.Zero || took * SavesAtMost < _saveEvery ? _saveEvery : took * SavesAtMost;
    }
}
