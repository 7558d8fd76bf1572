namespace TorchSharp;

/// <summary>How many objects of a kind one thread created and disposed, inside of dispose scopes and outside.</summary>
public class LifetimeStatistics
{
    public long CreatedOutsideScopeCount { get; private set; }

    public long CreatedInScopeCount { get; private set; }

    public long DisposedOutsideScopeCount { get; private set; }

    public long DisposedInScopeCount { get; private set; }

    public long DetachedFromScopeCount { get; private set; }

    public long AttachedToScopeCount { get; private set; }

    /// <summary>Created less disposed, both by this thread.</summary>
    public long ThreadTotalLiveCount => CreatedOutsideScopeCount + CreatedInScopeCount - DisposedOutsideScopeCount - DisposedInScopeCount;

    public void Reset() => CreatedOutsideScopeCount = CreatedInScopeCount = DisposedOutsideScopeCount = DisposedInScopeCount
        = DetachedFromScopeCount = AttachedToScopeCount = 0;

    public override string ToString() =>
        $"created outside/in scope {CreatedOutsideScopeCount}/{CreatedInScopeCount}, disposed outside/in scope {DisposedOutsideScopeCount}/{DisposedInScopeCount}, "
        + $"detached {DetachedFromScopeCount}, attached {AttachedToScopeCount}, alive {ThreadTotalLiveCount}";

    internal void CountCreation(bool inScope)
    {
        if (inScope) CreatedInScopeCount++;
        else CreatedOutsideScopeCount++;
    }

    internal void CountDisposal(bool inScope)
    {
        if (inScope) DisposedInScopeCount++;
        else DisposedOutsideScopeCount++;
    }

    internal void CountDetachment() => DetachedFromScopeCount++;

    internal void CountAttachment() => AttachedToScopeCount++;
}
