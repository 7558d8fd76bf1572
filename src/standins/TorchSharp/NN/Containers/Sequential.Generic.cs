using System.Globalization;
using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

// Chains whose modules take and give what they like: a derived class writes forward and calls them. They differ in the
// number of arguments alone; C# has no type for that.

/// <summary>A chain of modules that is called with one argument.</summary>
public abstract class Sequential<T, TResult> : torch.nn.Module<T, TResult>
{
    protected Sequential(params (string name, torch.nn.Module submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    protected Sequential(params torch.nn.Module[] modules)
        : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(module);
    }

    public int Count => _internal_submodules.Count;

    [IndexerName("SequentialItems")]
    public torch.nn.Module this[int index] => _internal_submodules[index].Item2;

    [IndexerName("SequentialItems")]
    public Sequential<T, TResult> this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential<T, TResult> this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T, TResult> append(string name, torch.nn.Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T, TResult> append(torch.nn.Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, torch.nn.Module sm) => register_module(name, sm);

    protected internal void Add(torch.nn.Module module) => Add(Count.ToString(CultureInfo.InvariantCulture), module);

    /// <summary>A part of the chain; a derived class says how one is made.</summary>
    protected virtual Sequential<T, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"a sequence of several inputs must say itself how it is cut: expected {GetType().Name} to override Slice but it does not");
}

/// <summary>A chain of modules that is called with two arguments.</summary>
public abstract class Sequential<T1, T2, TResult> : torch.nn.Module<T1, T2, TResult>
{
    protected Sequential(params (string name, torch.nn.Module submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    protected Sequential(params torch.nn.Module[] modules)
        : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(module);
    }

    public int Count => _internal_submodules.Count;

    [IndexerName("SequentialItems")]
    public torch.nn.Module this[int index] => _internal_submodules[index].Item2;

    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, TResult> this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, TResult> this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T1, T2, TResult> append(string name, torch.nn.Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T1, T2, TResult> append(torch.nn.Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, torch.nn.Module sm) => register_module(name, sm);

    protected internal void Add(torch.nn.Module module) => Add(Count.ToString(CultureInfo.InvariantCulture), module);

    /// <summary>A part of the chain; a derived class says how one is made.</summary>
    protected virtual Sequential<T1, T2, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"a sequence of several inputs must say itself how it is cut: expected {GetType().Name} to override Slice but it does not");
}

/// <summary>A chain of modules that is called with three arguments.</summary>
public abstract class Sequential<T1, T2, T3, TResult> : torch.nn.Module<T1, T2, T3, TResult>
{
    protected Sequential(params (string name, torch.nn.Module submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    protected Sequential(params torch.nn.Module[] modules)
        : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(module);
    }

    public int Count => _internal_submodules.Count;

    [IndexerName("SequentialItems")]
    public torch.nn.Module this[int index] => _internal_submodules[index].Item2;

    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, T3, TResult> this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, T3, TResult> this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T1, T2, T3, TResult> append(string name, torch.nn.Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T1, T2, T3, TResult> append(torch.nn.Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, torch.nn.Module sm) => register_module(name, sm);

    protected internal void Add(torch.nn.Module module) => Add(Count.ToString(CultureInfo.InvariantCulture), module);

    /// <summary>A part of the chain; a derived class says how one is made.</summary>
    protected virtual Sequential<T1, T2, T3, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"a sequence of several inputs must say itself how it is cut: expected {GetType().Name} to override Slice but it does not");
}

/// <summary>A chain of modules that is called with four arguments.</summary>
public abstract class Sequential<T1, T2, T3, T4, TResult> : torch.nn.Module<T1, T2, T3, T4, TResult>
{
    protected Sequential(params (string name, torch.nn.Module submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    protected Sequential(params torch.nn.Module[] modules)
        : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(module);
    }

    public int Count => _internal_submodules.Count;

    [IndexerName("SequentialItems")]
    public torch.nn.Module this[int index] => _internal_submodules[index].Item2;

    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, T3, T4, TResult> this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, T3, T4, TResult> this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T1, T2, T3, T4, TResult> append(string name, torch.nn.Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T1, T2, T3, T4, TResult> append(torch.nn.Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, torch.nn.Module sm) => register_module(name, sm);

    protected internal void Add(torch.nn.Module module) => Add(Count.ToString(CultureInfo.InvariantCulture), module);

    /// <summary>A part of the chain; a derived class says how one is made.</summary>
    protected virtual Sequential<T1, T2, T3, T4, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"a sequence of several inputs must say itself how it is cut: expected {GetType().Name} to override Slice but it does not");
}

/// <summary>A chain of modules that is called with five arguments.</summary>
public abstract class Sequential<T1, T2, T3, T4, T5, TResult> : torch.nn.Module<T1, T2, T3, T4, T5, TResult>
{
    protected Sequential(params (string name, torch.nn.Module submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    protected Sequential(params torch.nn.Module[] modules)
        : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(module);
    }

    public int Count => _internal_submodules.Count;

    [IndexerName("SequentialItems")]
    public torch.nn.Module this[int index] => _internal_submodules[index].Item2;

    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, T3, T4, T5, TResult> this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, T3, T4, T5, TResult> this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T1, T2, T3, T4, T5, TResult> append(string name, torch.nn.Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T1, T2, T3, T4, T5, TResult> append(torch.nn.Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, torch.nn.Module sm) => register_module(name, sm);

    protected internal void Add(torch.nn.Module module) => Add(Count.ToString(CultureInfo.InvariantCulture), module);

    /// <summary>A part of the chain; a derived class says how one is made.</summary>
    protected virtual Sequential<T1, T2, T3, T4, T5, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"a sequence of several inputs must say itself how it is cut: expected {GetType().Name} to override Slice but it does not");
}

/// <summary>A chain of modules that is called with six arguments.</summary>
public abstract class Sequential<T1, T2, T3, T4, T5, T6, TResult> : torch.nn.Module<T1, T2, T3, T4, T5, T6, TResult>
{
    protected Sequential(params (string name, torch.nn.Module submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    protected Sequential(params torch.nn.Module[] modules)
        : base(nameof(Sequential))
    {
        foreach (var module in modules) Add(module);
    }

    public int Count => _internal_submodules.Count;

    [IndexerName("SequentialItems")]
    public torch.nn.Module this[int index] => _internal_submodules[index].Item2;

    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, T3, T4, T5, T6, TResult> this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    [IndexerName("SequentialItems")]
    public Sequential<T1, T2, T3, T4, T5, T6, TResult> this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    public Sequential<T1, T2, T3, T4, T5, T6, TResult> append(string name, torch.nn.Module module)
    {
        Add(name, module);
        return this;
    }

    public Sequential<T1, T2, T3, T4, T5, T6, TResult> append(torch.nn.Module module)
    {
        Add(module);
        return this;
    }

    protected internal void Add(string name, torch.nn.Module sm) => register_module(name, sm);

    protected internal void Add(torch.nn.Module module) => Add(Count.ToString(CultureInfo.InvariantCulture), module);

    /// <summary>A part of the chain; a derived class says how one is made.</summary>
    protected virtual Sequential<T1, T2, T3, T4, T5, T6, TResult> Slice(int start, int end) =>
        throw new NotSupportedException($"a sequence of several inputs must say itself how it is cut: expected {GetType().Name} to override Slice but it does not");
}
