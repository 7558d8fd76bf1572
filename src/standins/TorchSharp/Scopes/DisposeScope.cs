namespace TorchSharp;

/// <summary>
/// Owns the tensors created while it is the innermost open scope of its thread, and disposes them with itself. What is
/// to outlive it is moved to the outer scope or detached.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private readonly Belongings _owned;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        _owned = new Belongings(this);
        Outer = outer;
    }

    internal DisposeScope? Outer { get; set; }

    public int DisposablesCount => _owned.Count;

    public IReadOnlyList<IDisposable> DisposablesView => _owned.All;

    public bool Contains(IDisposable disposable) => _owned.Contains(disposable);

    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        Move(disposable, Outer);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) Move(disposable, Outer);
    }

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        Move(disposable, scope);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable => (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) Move(disposable, scope);
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Move(disposable, null);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable => (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) Move(disposable, null);
    }

    /// <summary>Puts something into this scope, taking it out of the scope that it is in.</summary>
    public void Attach(IDisposable disposable)
    {
        if (Contains(disposable)) return;
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope?._owned.Remove(tensor);
            _manager.TensorCounts.CountAttachment();
        }
        _owned.Add(disposable);
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var attached = disposables.ToArray();
        foreach (var disposable in attached) Attach(disposable);
        return attached;
    }

    public void DisposeEverything() => _owned.Dispose(null);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep) =>
        _owned.Dispose(inKeep.ToHashSet<IDisposable>(ReferenceEqualityComparer.Instance));

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    /// <summary>Disposes what it owns and closes the scope.</summary>
    public void Dispose()
    {
        DisposeEverything();
        _manager.Close(this);
    }

    /// <summary>Says that something was disposed elsewhere, so that the scope lets go of it.</summary>
    public void MarkAsDisposed(IDisposable disposable) => Forget(disposable);

    internal void Add(torch.Tensor tensor) => _owned.Add(tensor);

    internal void Forget(IDisposable disposable) => _owned.Remove(disposable);

    private void Move(IDisposable disposable, DisposeScope? target)
    {
        if (!_owned.Remove(disposable)) return;
        if (target is null && disposable is torch.Tensor) _manager.TensorCounts.CountDetachment();
        target?._owned.Add(disposable);
    }
}
