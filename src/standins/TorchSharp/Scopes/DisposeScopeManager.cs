namespace TorchSharp;

/// <summary>The dispose scopes that are open on a thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? t_current;

    private readonly ThreadDisposeScopeStatistics _statistics = new();

    internal LifetimeStatistics TensorCounts => _statistics.TensorStatistics;

    /// <summary>What happened on this thread.</summary>
    public static ThreadDisposeScopeStatistics Statistics => Current._statistics;

    internal static DisposeScopeManager Current => t_current ??= new DisposeScopeManager();

    internal DisposeScope? Innermost { get; private set; }

    internal DisposeScope Open() => Innermost = new DisposeScope(this, Innermost);

    internal void Close(DisposeScope scope)
    {
        if (ReferenceEquals(Innermost, scope))
        {
            Innermost = scope.Outer;
            return;
        }
        for (var inner = Innermost; inner is not null; inner = inner.Outer)
            if (inner.Outer == scope) inner.Outer = scope.Outer;
    }

    /// <summary>Puts a new tensor into the innermost scope.</summary>
    internal void Register(torch.Tensor tensor)
    {
        TensorCounts.CountCreation(Innermost is not null);
        Innermost?.Add(tensor);
    }
}
