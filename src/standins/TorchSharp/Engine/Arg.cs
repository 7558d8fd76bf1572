using System.Numerics;

namespace TorchSharp.Engine;

/// <summary>
/// An operator's argument as C# code writes it. The implicit conversions make a call read like the schema
/// (<c>Run("sum.dim_IntList", this, dim, keepdim, type)</c>); <see cref="Op"/> turns it into a <see cref="Value"/>.
/// Null becomes the schema's None.
/// </summary>
internal readonly struct Arg
{
    /// <summary>What must stay alive during the call, and where lists and strings are copied from.</summary>
    public readonly object? Reference;

    public readonly Value Value;

    private Arg(Tag tag, object? reference, long integer = 0)
    {
        Reference = reference;
        Value = new Value { Tag = reference is null ? Tag.None : tag, Integer = integer };
    }

    private Arg(Value value)
    {
        Value = value;
    }

    public static Arg None => default;

    /// <summary>An optional list of tensors, such as the indices of <c>aten::index</c>: null entries are left undefined.</summary>
    public static Arg Tensors(IReadOnlyList<torch.Tensor?> tensors) => new(Tag.Tensors, tensors);

    public static implicit operator Arg(torch.Tensor? tensor) => new(Tag.Tensor, tensor);
    public static implicit operator Arg(torch.Tensor[]? tensors) => new(Tag.Tensors, tensors);
    public static implicit operator Arg(List<torch.Tensor>? tensors) => new(Tag.Tensors, tensors);
    public static implicit operator Arg(long[]? items) => new(Tag.Ints, items);
    public static implicit operator Arg(double[]? items) => new(Tag.Doubles, items);
    public static implicit operator Arg(bool[]? items) => new(Tag.Bools, items);
    public static implicit operator Arg(string? text) => new(Tag.String, text);
    public static implicit operator Arg(torch.Device? device) => new(Tag.Device, device);
    public static implicit operator Arg(torch.Generator? generator) => new(Tag.Generator, generator);
    public static implicit operator Arg(long value) => new(new Value { Tag = Tag.Int, Integer = value });
    public static implicit operator Arg(int value) => (long)value;
    public static implicit operator Arg(double value) => new(new Value { Tag = Tag.Double, Real = value });
    public static implicit operator Arg(bool value) => new(new Value { Tag = Tag.Bool, Integer = value ? 1 : 0 });
    public static implicit operator Arg(Complex value) => new(new Value { Tag = Tag.Complex, Real = value.Real, Imaginary = value.Imaginary });
    public static implicit operator Arg(Scalar? value) => value is null ? None : new(value.Value);
    public static implicit operator Arg(torch.ScalarType type) => (long)type;
    public static implicit operator Arg(torch.ScalarType? type) => type is { } t ? t : None;
    public static implicit operator Arg(long? value) => value is { } v ? v : None;
    public static implicit operator Arg(int? value) => value is { } v ? v : None;
    public static implicit operator Arg(double? value) => value is { } v ? v : None;
    public static implicit operator Arg(bool? value) => value is { } v ? v : None;
}
