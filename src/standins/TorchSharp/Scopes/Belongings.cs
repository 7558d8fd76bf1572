namespace TorchSharp;

/// <summary>
/// What a scope owns. A tensor knows its scope and its place in there, so that entering and leaving cost a few stores;
/// in a hash set they cost a fifth of a small operator. Other things are rare.
/// </summary>
internal sealed class Belongings(DisposeScope scope)
{
    private readonly List<torch.Tensor> _tensors = [];
    private HashSet<IDisposable>? _others;

    public int Count => _tensors.Count + (_others?.Count ?? 0);

    public IDisposable[] All => [.. _tensors, .. _others ?? []];

    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor ? tensor.OwningDisposeScope == scope : _others?.Contains(disposable) == true;

    /// <summary>Takes a tensor in that no scope owns.</summary>
    public void Add(torch.Tensor tensor)
    {
        tensor.OwningDisposeScope = scope;
        tensor.PlaceInScope = _tensors.Count;
        _tensors.Add(tensor);
    }

    public void Add(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor) Add(tensor);
        else (_others ??= new HashSet<IDisposable>(ReferenceEqualityComparer.Instance)).Add(disposable);
    }

    public bool Remove(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor) return _others?.Remove(disposable) == true;
        if (tensor.OwningDisposeScope != scope) return false;
        tensor.OwningDisposeScope = null;
        // The last one takes the place that becomes free.
        var last = _tensors[^1];
        _tensors[last.PlaceInScope = tensor.PlaceInScope] = last;
        _tensors.RemoveAt(_tensors.Count - 1);
        return true;
    }

    /// <summary>Disposes everything but <paramref name="kept"/>.</summary>
    public void Dispose(IReadOnlySet<IDisposable>? kept)
    {
        if (_others is not null)
            foreach (var disposable in _others.ToArray())
                if (kept?.Contains(disposable) != true && _others.Remove(disposable)) disposable.Dispose();
        // From the end: a disposed tensor leaves the scope, and then nothing has to move.
        for (var i = _tensors.Count - 1; i >= 0; i--)
        {
            var tensor = _tensors[i];
            if (kept?.Contains(tensor) == true) continue;
            tensor.Dispose();
            Remove(tensor);                                             // one that was invalid already hasn't left by itself
        }
    }
}
