using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers of a parameter from step to step.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Puts the state back to what it is before the first step.</summary>
    public abstract void Initialize(OptimizerOptions options);

    public virtual void SaveStateDict(BinaryWriter writer) => Visit(new FieldSaver(writer));

    public virtual void LoadStateDict(BinaryReader reader) => Visit(new FieldLoader(reader, _parameter.device));

    public virtual void LoadStateDict(OptimizerState source)
    {
        if (source.GetType() != GetType())
            throw new ArgumentException($"a state must be of the same optimiser: expected {GetType()} but got {source.GetType()}");
        Visit(new FieldAssigner(Fields(source), _parameter.device));
    }

    public virtual void to(Device device) => Visit(new FieldMover(device));

    /// <summary>Whether the other state is this one up to rounding.</summary>
    public virtual bool ApproximatelyEquals(OptimizerState other) =>
        other.GetType() == GetType() && Fields(this).Zip(Fields(other)).All(pair => AreClose(pair.First, pair.Second));

    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor) =>
        new FieldSaver(writer).Field(ref tensor, optional: true);

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor result, Device device) =>
        new FieldLoader(reader, device).Field(ref result, optional: true);

    /// <summary>Shows the fields to what saves, loads and copies them, in the order of the file.</summary>
    private protected virtual void Visit(FieldVisitor visitor)
    {
    }

    /// <summary>Disposes the tensors of the state.</summary>
    internal void Release()
    {
        foreach (var field in Fields(this)) (field as Tensor)?.Dispose();
    }

    /// <summary>Puts a tensor like the parameter in a field, in place of what was there. It outlives every scope.</summary>
    private protected void Fill([System.Diagnostics.CodeAnalysis.AllowNull] ref Tensor field, double value = 0)
    {
        field?.Dispose();
        field = Engine.Op.Run("full_like", _parameter, value).detach_().DetachFromDisposeScope();
    }

    private static Queue<object?> Fields(OptimizerState state)
    {
        var fields = new FieldCollector();
        state.Visit(fields);
        return fields.Values;
    }

    private static bool AreClose(object? a, object? b) => (a, b) switch
    {
        (Tensor x, Tensor y) => Engine.Op.RunScalar("allclose", x, y).Integer != 0,
        (double x, double y) => Math.Abs(x - y) <= 1e-8 + 1e-5 * Math.Abs(y),
        _ => Equals(a, b),
    };
}
